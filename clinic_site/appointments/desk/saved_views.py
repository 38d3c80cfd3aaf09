"""The saved views of the inbox: which requests each shows, in which order, and how many they are."""

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Case, F, IntegerField, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments.clinic import today
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.models.requests import FLAGGED
from clinic_site.appointments.states import CLOSED, OPEN, UNSCHEDULED, State

# Oldest promise first; what nobody waits for comes last.
BY_PROMISE = (F("due_on").asc(nulls_last=True), "pk")
HELD = State.QUARANTINED
# Nobody reads a number this large; counting a million rows takes half a second.
MOST_COUNTED = 1000


class SavedView(NamedTuple):
    """One tab of the inbox."""

    slug: str
    label: Any
    nothing: Any


VIEWS = {
    view.slug: view
    for view in [
        SavedView("new", State.NEW.label, _("No new requests. Well done.")),
        SavedView("mine", _("Mine"), _("You have claimed no request.")),
        SavedView("overdue", _("Overdue"), _("Nothing is overdue. Well done.")),
        SavedView("waiting", _("Waiting for the patient"), _("No patient owes us an answer.")),
        SavedView("waitlist", _("Waiting list"), _("Nobody is on the waiting list.")),
        SavedView("flagged", _("Flagged"), _("Nothing is flagged.")),
        SavedView("quarantined", _("Quarantined"), _("Nothing looks like spam.")),
        SavedView("booked", _("Booked"), _("No visit is booked.")),
        SavedView("open", _("All open"), _("No request is open.")),
        SavedView("closed", _("Closed"), _("No request is closed.")),
    ]
}


def conditions(user):
    """What a request must be to stand in each view."""
    return {
        "new": Q(state=State.NEW),
        "mine": Q(assigned_to=user, state__in=UNSCHEDULED),
        "overdue": Q(due_on__lt=today(), state__in=OPEN | {HELD}),
        "waiting": Q(state=State.AWAITING_PATIENT),
        "waitlist": Q(state=State.WAITLISTED),
        "flagged": FLAGGED,
        "quarantined": Q(state=HELD),
        "booked": Q(state=State.SCHEDULED),
        "open": Q(state__in=OPEN),
        "closed": Q(state__in=CLOSED),
    }


def ordering(slug):
    if slug == "booked":
        # Visits to come, the next one first; then those that were.
        return (Case(When(ends_at__lt=timezone.now(), then=1), default=0), "starts_at", "pk")
    if slug == "closed":
        return ("-closed_at", "-pk")
    return BY_PROMISE


class CappedCount(Subquery):
    """How many rows a query has, counted no further than `MOST_COUNTED`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, condition):
        rows = AppointmentRequest.objects.filter(condition).order_by()
        super().__init__(rows.values("pk")[:MOST_COUNTED])


def count_each(user, **conditions):
    """How many requests meet each condition, in one query that a million of them do not slow."""
    numbers = {name: CappedCount(condition) for name, condition in conditions.items()}
    return get_user_model().objects.filter(pk=user.pk).values(**numbers).get()


def counts(user):
    """How many requests stand in each view."""
    return count_each(user, **conditions(user))


def to_do_count(user):
    """How many requests wait for anybody at the desk: new, overdue, or with mail that failed."""
    views = conditions(user)
    wanted = views["new"] | views["overdue"] | Q(mail_failed=True)
    return count_each(user, wanted=wanted)["wanted"]


def say(number):
    """The number as people read it; of very many, that they are many."""
    return f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number)
