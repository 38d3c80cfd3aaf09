"""What stands out on a request, in words and with an icon: never by color alone."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic_site.appointments.states import OPEN, State

SPAM_SIGNS = {
    "trap": _("the field that people never see was filled in"),
    "stamp": _("the form was not opened on our site"),
    "too_fast": _("it was sent within seconds"),
    "link": _("the name holds a web address"),
    "many_from_address": _("many requests from one address"),
    "many_for_contact": _("many requests for one phone or email"),
}


class Flag(NamedTuple):
    icon: str
    text: Any
    is_urgent: bool = False


def days_late(request, day):
    """How many days ago the next step fell due; 0 if it did not."""
    if request.due_on is None or request.state not in OPEN | {State.QUARANTINED}:
        return 0
    return max((day - request.due_on).days, 0)


def flags(request, day):
    """Everything that stands out on `day`, what is most pressing first."""
    late = days_late(request, day)
    overdue = ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", late)
    found = [
        (request.sounds_urgent, Flag("warning", _("May be an emergency"), True)),
        (late, Flag("time", overdue % {"days": late}, True)),
        (request.mail_failed, Flag("mail", _("Mail failed: phone them"), True)),
        (request.asks_another_time, Flag("calendar-alt", _("Asks for another time"))),
    ]
    return [flag for holds, flag in found if holds]


def spam_signs(request):
    """Why a request was quarantined, in words."""
    return [SPAM_SIGNS.get(code, code) for code in request.spam_signs]
