"""The way of a request as its patient sees it: what is done, what is now, what comes next."""

from typing import NamedTuple

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic_site.appointments.clinic import local
from clinic_site.appointments.states import UNSCHEDULED, State
from clinic_site.appointments.status_words import day
from clinic_site.appointments.words import Outcome

DONE, NOW, NEXT = "done", "now", "next"
TRIED = {
    Outcome.SPOKE: gettext_lazy("We spoke with you."),
    Outcome.LEFT_MESSAGE: gettext_lazy("We left a voice message."),
    Outcome.NO_ANSWER: gettext_lazy("Nobody answered."),
    Outcome.WRONG_NUMBER: gettext_lazy("The number did not reach you."),
    Outcome.WROTE: gettext_lazy("We wrote to you."),
}


class Step(NamedTuple):
    """One step: its state (done, now or next), its name and a line about it."""

    state: str
    name: str
    text: str


def steps(request):
    """The steps of a request that is still open; none once it is closed, or the visit over."""
    if request.is_over or request.state not in UNSCHEDULED | {State.SCHEDULED, State.QUARANTINED}:
        return []
    attempt = request.attempts.first()
    booked = request.state == State.SCHEDULED
    arrived = local(request.created_at)
    received = f"{day(arrived)}, {time_format(arrived, 'TIME_FORMAT')}"
    return [
        Step(DONE, _("Received"), received),
        contact_step(request, attempt, booked),
        booked_step(booked),
    ]


def contact_step(request, attempt, booked):
    if attempt is None:
        if booked:
            return Step(DONE, _("We contacted you"), "")
        return Step(NOW, _("We contact you"), _("We read your request first."))
    when = f"{day(local(attempt.at))}. {TRIED[attempt.outcome]}"
    return Step(DONE if booked else NOW, _("We contacted you"), when)


def booked_step(booked):
    if booked:
        return Step(NOW, _("Booked"), "")
    return Step(NEXT, _("Booked"), _("Your date and time will show here."))
