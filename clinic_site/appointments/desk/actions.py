"""What a member of staff can do with a request now, and what comes first."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from clinic_site.appointments.desk.forms import AttemptForm, DeclineForm, DuplicateForm, MoveForm
from clinic_site.appointments.desk.visits import VisitForm
from clinic_site.appointments.states import CLOSED, MOVES, State, moves_from

# Logging an attempt is one form; its outcome says which of the two moves it makes.
ATTEMPT = "attempt"
ATTEMPTS = ("reach", "miss")
FORMS = {
    name: MoveForm for name, move in MOVES.items() if move.permission and name not in ATTEMPTS
} | {
    ATTEMPT: AttemptForm,
    "schedule": VisitForm,
    "reschedule": VisitForm,
    "decline": DeclineForm,
    "mark_duplicate": DuplicateForm,
}
# One press is enough for what is easily taken back; the others are opened first.
AT_ONCE = {"phoned", "claim", "take_over", "release", "accept", "mark_spam", "reply", "reopen"}
# What mostly comes next, by state.
FIRST: dict[State, tuple[str, ...]] = {
    State.QUARANTINED: ("accept", "mark_spam"),
    State.NEW: ("claim", ATTEMPT),
    State.IN_REVIEW: ("take_over", ATTEMPT, "schedule"),
    State.AWAITING_PATIENT: ("take_over", "reply", ATTEMPT, "schedule"),
    State.WAITLISTED: ("take_over", "schedule"),
    State.SCHEDULED: ("reschedule",),
} | dict.fromkeys(CLOSED, ("reopen",))
# Whose fields are there to be filled in without opening them first.
OPENED: dict[State, tuple[str, ...]] = dict.fromkeys(State, (ATTEMPT,)) | {
    State.IN_REVIEW: (ATTEMPT, "schedule"),
    State.WAITLISTED: ("schedule",),
}
WHAT_FOLLOWS = {
    "decline": _("The request is closed, and the patient is told that we cannot help here."),
    "waitlist": _("It stays open without a date. Book it when a time is free."),
    "mark_duplicate": _("This request is closed; the other one goes on."),
    "give_up": _("After three tries on two days or more. The request is closed."),
    "withdraw": _("The patient no longer wants it. The request is closed, and they are told."),
    "cancel": _("The time is given up, the request is closed, and the patient is told."),
    "unschedule": _("The time is given up and the patient is told; the request is open again."),
    "schedule": _("The patient is told the time and place."),
    "reschedule": _("The patient is told what changed."),
}


class Action(NamedTuple):
    """One thing to do, with its form."""

    name: str
    label: Any
    form: MoveForm
    is_open: bool

    @property
    def is_at_once(self):
        return self.name in AT_ONCE

    @property
    def follows(self):
        return WHAT_FOLLOWS.get(self.name, "")


def names_for(asked, user):
    """The names of everything this person may do with the request now."""
    possible = [ATTEMPT if m.name in ATTEMPTS else m.name for m in moves_from(asked.state, user)]
    pointless = {
        "phoned": not asked.mail_failed,
        "take_over": asked.assigned_to_id == user.pk,
    }
    return [name for name in dict.fromkeys(possible) if not pointless.get(name)]


def actions_for(asked, user, bound=None):
    """What comes first, and the rest. `bound` is the form that was just sent, if any."""
    possible = names_for(asked, user)
    first = [name for name in ("phoned", *FIRST[asked.state]) if name in possible]
    rest = [name for name in possible if name not in first]
    return [
        [action(name, asked, bound, name in first) for name in names] for names in (first, rest)
    ]


def action(name, asked, bound, is_first):
    is_bound = bound is not None and bound.move == name
    form = bound if is_bound else FORMS[name](name, asked)
    label = _("Log an attempt") if name == ATTEMPT else MOVES[name].label
    return Action(name, label, form, is_bound or (is_first and name in OPENED[asked.state]))
