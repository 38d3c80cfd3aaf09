"""The states of a request, and every legal move between them.

The table is the one of the appointments brief. Whatever is not in it is refused.
"""

from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HANDLE = "appointments.handle_requests"
LEAD = "appointments.lead_requests"
EXPORT = "appointments.export_requests"
REPORT = "appointments.see_report"


class State(TextChoices):
    """Where a request stands, in the words of the front desk."""

    QUARANTINED = "quarantined", _("Quarantined")
    # Wagtail says “New”, too, of things that Spanish gives another gender.
    NEW = "new", pgettext_lazy("appointment request", "New")
    IN_REVIEW = "in_review", _("In review")
    AWAITING_PATIENT = "awaiting_patient", _("Waiting for the patient")
    WAITLISTED = "waitlisted", _("On the waiting list")
    SCHEDULED = "scheduled", _("Booked")
    SPAM = "spam", _("Spam")
    DECLINED = "declined", _("Declined")
    DUPLICATE = "duplicate", _("Duplicate")
    UNREACHABLE = "unreachable", _("Could not be reached")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Canceled")


UNSCHEDULED = frozenset({State.NEW, State.IN_REVIEW, State.AWAITING_PATIENT, State.WAITLISTED})
OPEN = UNSCHEDULED | {State.SCHEDULED}
CLOSED = frozenset(
    {
        State.SPAM,
        State.DECLINED,
        State.DUPLICATE,
        State.UNREACHABLE,
        State.WITHDRAWN,
        State.CANCELLED,
    }
)
# The clinic has promised to answer, and has not yet.
PROMISED = frozenset({State.NEW, State.IN_REVIEW})
WORKED_ON = frozenset({State.NEW, State.IN_REVIEW, State.AWAITING_PATIENT})


class Move(NamedTuple):
    """One kind of move: from which states, to which one, and who may make it.

    `to` is None where the state stays. `permission` is None where only the patient or the system
    moves; `patient` says whether the patient may, on the private page.
    """

    name: str
    label: Any
    starts: frozenset
    to: State | None
    permission: str | None = HANDLE
    patient: bool = False


MOVES = {
    move.name: move
    for move in [
        Move("accept", _("Not spam"), frozenset({State.QUARANTINED}), State.NEW),
        Move("mark_spam", _("Mark as spam"), frozenset({State.QUARANTINED}), State.SPAM),
        Move("claim", _("Claim"), frozenset({State.NEW}), State.IN_REVIEW),
        Move("take_over", _("Take over"), OPEN - {State.NEW}, None),
        Move("release", _("Release"), frozenset({State.IN_REVIEW}), State.NEW),
        Move("reach", _("Log an attempt"), WORKED_ON, State.IN_REVIEW),
        Move("miss", _("Log an attempt"), WORKED_ON, State.AWAITING_PATIENT),
        Move(
            "reply",
            _("The patient replied"),
            frozenset({State.AWAITING_PATIENT}),
            State.IN_REVIEW,
            patient=True,
        ),
        Move(
            "schedule",
            _("Book"),
            frozenset({State.IN_REVIEW, State.AWAITING_PATIENT, State.WAITLISTED}),
            State.SCHEDULED,
        ),
        Move("reschedule", _("Change the time"), frozenset({State.SCHEDULED}), State.SCHEDULED),
        Move("decline", _("Decline"), WORKED_ON, State.DECLINED, LEAD),
        Move("waitlist", _("Put on the waiting list"), WORKED_ON, State.WAITLISTED),
        Move("mark_duplicate", _("Mark as a duplicate"), WORKED_ON, State.DUPLICATE),
        Move(
            "give_up",
            _("Could not be reached"),
            frozenset({State.AWAITING_PATIENT}),
            State.UNREACHABLE,
        ),
        Move("withdraw", _("Withdraw"), UNSCHEDULED, State.WITHDRAWN, patient=True),
        Move(
            "withdraw_quarantined",
            _("Withdraw"),
            frozenset({State.QUARANTINED}),
            State.WITHDRAWN,
            None,
            patient=True,
        ),
        Move(
            "cancel",
            _("Cancel the visit"),
            frozenset({State.SCHEDULED}),
            State.CANCELLED,
            patient=True,
        ),
        Move(
            "unschedule",
            _("Back to review"),
            frozenset({State.SCHEDULED}),
            State.IN_REVIEW,
            patient=True,
        ),
        Move(
            "ask_again",
            _("Asks for another time"),
            frozenset({State.QUARANTINED, State.NEW, State.IN_REVIEW, State.WAITLISTED}),
            None,
            None,
            patient=True,
        ),
        Move("reopen", _("Reopen"), CLOSED, State.IN_REVIEW, LEAD),
        Move("phoned", _("I phoned them"), frozenset(State), None),
    ]
}


def moves_from(state, user):
    """The moves that this member of staff may make from a state."""
    return [
        move
        for move in MOVES.values()
        if state in move.starts and move.permission and user.has_perm(move.permission)
    ]
