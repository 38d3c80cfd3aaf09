"""What happened to a request, for the people who work on it."""

from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from clinic_site.appointments.audit import PATIENT, SYSTEM
from clinic_site.appointments.models import Event
from clinic_site.appointments.models.history import EventKind
from clinic_site.appointments.states import MOVES, State

# An attempt has a line of its own, with its outcome.
UNSAID_MOVES = ("reach", "miss")
UNSAID_KINDS = (EventKind.VIEWED, EventKind.LISTED)


class Line(NamedTuple):
    at: Any
    what: Any
    by: Any


def timeline(asked):
    """Everything that was done, the latest first."""
    events = Event.objects.filter(request_id=asked.pk)
    told = events.exclude(kind__in=UNSAID_KINDS).exclude(move__in=UNSAID_MOVES)
    lines = [Line(event.at, say(event), name_of(event.by)) for event in told]
    lines += [
        Line(attempt.at, attempt.get_outcome_display(), attempt.by or _("a former colleague"))
        for attempt in asked.attempts.select_related("by")
    ]
    return sorted(lines, key=attrgetter("at"), reverse=True)


def say(event):
    """One event in words; where a move changed the state, the new one is named."""
    move = MOVES.get(event.move)
    if move is None:
        return event.get_kind_display()
    if event.from_state == event.to_state:
        return move.label
    return _("%(move)s: now “%(state)s”") % {
        "move": move.label,
        "state": State(event.to_state).label,
    }


def name_of(actor):
    return {PATIENT: _("the patient"), SYSTEM: _("the system")}.get(actor, actor)


def viewers(asked):
    """Who opened the request, how often, and when last."""
    views = Event.objects.filter(request_id=asked.pk, kind=EventKind.VIEWED).order_by()
    return views.values("by").annotate(times=Count("pk"), last=Max("at")).order_by("-last")
