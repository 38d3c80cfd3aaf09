"""Where a request stands, in the patient's words, and nothing about health."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic_site.appointments.clinic import local
from clinic_site.appointments.states import State
from clinic_site.appointments.words import Outcome

BEFORE_CONTACT = {State.NEW, State.IN_REVIEW, State.QUARANTINED}


class Words(NamedTuple):
    """What the top of the private page says."""

    heading: str
    lead: str
    # Shown large, as the one thing to do; "call" is a button with the number.
    action: str = ""


def day(date):
    """A date with its weekday: Tuesday, November 24."""
    return date_format(date, _("l, F j"))


def words_for(request):
    """Heading and first sentence of the private page."""
    if request.state in BEFORE_CONTACT:
        return late_words(request) if request.is_late else waiting_words(request)
    if request.is_over:
        return over_words(request)
    return WORDS[request.state](request)


def over_words(request):
    when = date_format(local(request.starts_at), "DATE_FORMAT")
    return Words(
        _("Your appointment was on %(day)s") % {"day": when},
        _("Do you need another one? Send a new request, or call us."),
    )


def waiting_words(request):
    promise = _("It is not booked yet. You should hear from us by %(day)s.") % {
        "day": day(request.due_on)
    }
    if request.asks_another_time:
        return Words(_("You asked for another time"), promise)
    if request.first_contact_at:
        return Words(_("We are finding a time for you"), promise)
    return Words(_("We have your request"), promise)


def late_words(request):
    lead = _("You should have heard from us by %(day)s. We are sorry. Please call us now.") % {
        "day": day(request.due_on)
    }
    still = _("It is not booked yet.")
    return Words(_("We are late"), f"{lead} {still}", "call")


def missed_words(request):
    attempt = request.attempts.first()
    left = attempt and attempt.outcome == Outcome.LEFT_MESSAGE
    wrote = attempt and attempt.outcome == Outcome.WROTE
    if wrote:
        return Words(
            _("We wrote to you"), _("Please answer our email, or call us, to choose a time.")
        )
    said = _("We called you and left a message.") if left else _("We could not reach you.")
    ask = _("Please call us to choose a time. It is not booked yet.")
    return Words(_("Please call us"), f"{said} {ask}", "call")


def closed_words(text):
    return lambda request: Words(_("This request is closed"), text(), "call")


WORDS = {
    State.AWAITING_PATIENT: missed_words,
    State.WAITLISTED: lambda request: Words(
        _("You are on our waiting list"),
        _("It is not booked yet. We contact you when a time opens."),
    ),
    State.SCHEDULED: lambda request: Words(
        _("Your appointment is booked"), _("We look forward to seeing you.")
    ),
    State.DECLINED: lambda request: Words(
        _("We cannot offer you an appointment"),
        _("Please call us. We tell you why, and where you can turn."),
        "call",
    ),
    State.DUPLICATE: lambda request: Words(
        _("We have two requests from you"),
        _("We answer the other one. You do not have to do anything."),
    ),
    State.UNREACHABLE: closed_words(
        lambda: _("We tried several times and could not reach you. Please call us.")
    ),
    State.SPAM: closed_words(lambda: _("Please call us if you still need an appointment.")),
    State.WITHDRAWN: lambda request: Words(
        _("Your request is canceled"),
        _("We will not call you about it. You can always send a new one."),
    ),
    State.CANCELLED: lambda request: Words(
        _("Your appointment is canceled"), _("You can always ask for a new one.")
    ),
}
