"""What travels with the form from step to step, in the page itself: no session, no time limit."""

from typing import NamedTuple

from django.utils.translation import get_language
from wagtail.models import Page

from clinic_site.appointments import keys, spam
from clinic_site.appointments.forms import AppointmentRequestForm
from clinic_site.appointments.models import Reason

# The step that goes on in another language.
TRANSLATE = "translate"
FIELDS = [*AppointmentRequestForm.base_fields]


class Sheet(NamedTuple):
    """One form that somebody opened.

    `key` makes it one request however often it is sent; `opened` is a signed time; `page` is the
    page it was opened from; `heeded` says that its reader has seen the emergency page.
    """

    key: str
    opened: str
    page: str = ""
    heeded: str = ""

    @classmethod
    def new(cls, page=""):
        key = keys.new_key()
        return cls(key, spam.stamp(key), page)

    @classmethod
    def sent(cls, data):
        """The sheet that came with a form; a key that is not ours is replaced."""
        key = data.get("key", "")
        sheet = cls(*(data.get(name, "")[:200] for name in cls._fields))
        return sheet if keys.is_key(key) else sheet.renewed()

    def renewed(self):
        """The same sheet as another form, to be sent as a request of its own."""
        fresh = self.new()
        return self._replace(key=fresh.key, opened=fresh.opened)

    @property
    def origin(self):
        """The live page the form was opened from, or None."""
        # Longer numbers are no page's; SQLite refuses them.
        if not (self.page.isascii() and self.page.isdigit() and len(self.page) < 10):
            return None
        return Page.objects.live().public().filter(pk=self.page).first()

    def pairs(self):
        return [(name, value) for name, value in zip(self._fields, self, strict=True) if value]


def typed(data):
    """The names and values of the answers that were sent, as they were typed."""
    return [(name, value) for name in FIELDS for value in data.getlist(name)]


def kept(data, sheet):
    """Everything to be sent with the next step."""
    return [*typed(data), *sheet.pairs()]


def filled_in(data):
    """The form with what was typed, not yet looked at for mistakes."""
    values = {name: data.getlist(name) for name in FIELDS if name in data}
    initial = {name: given if name == "windows" else given[-1] for name, given in values.items()}
    if data.get("step") == TRANSLATE:
        # Whoever reads on in Spanish wants to be called in Spanish, unless they say so otherwise.
        initial["language"] = get_language()
    return AppointmentRequestForm(initial={**dict.fromkeys(FIELDS), **initial})


def opened_from(page):
    """An empty form, with the reason chosen that the page suggests."""
    reason = Reason.objects.about(page) if page else None
    return AppointmentRequestForm(initial={"reason": reason.code} if reason else {})
