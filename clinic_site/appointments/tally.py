"""Requests as numbers: how many came each week, about what, and how fast somebody answered.

The report counts living requests with it, and a purge what it removes, so that both agree.
"""

from datetime import timedelta

from django.db.models import Count, DateField, DurationField, ExpressionWrapper, F, Q, Sum, Value
from django.db.models.functions import Coalesce, TruncDate, TruncWeek
from django.utils import timezone

from clinic_site.appointments.clinic import zone
from clinic_site.appointments.models import KeptCount
from clinic_site.appointments.states import State

NUMBERS = ["received", "answers_due", "contacted", "on_time", "minutes_to_contact", "spam"]
IS_SPAM = Q(state=State.SPAM)
CONTACTED = ~IS_SPAM & Q(first_contact_at__isnull=False)
ON_TIME = CONTACTED & Q(contacted_on__lte=F("promised_on"))
# Contacted, or left without a word beyond the promised day; not if it was closed before that.
ANSWERS_DUE = ~IS_SPAM & (Q(first_contact_at__isnull=False) | Q(promised_on__lt=F("waited_to")))
WAIT = ExpressionWrapper(F("first_contact_at") - F("created_at"), output_field=DurationField())


def tally(requests):
    """One row for each week, reason and language, in one query."""
    here, now = zone(), Value(timezone.now())
    rows = (
        requests.order_by()
        .annotate(
            week=TruncWeek("created_at", tzinfo=here, output_field=DateField()),
            contacted_on=TruncDate("first_contact_at", tzinfo=here),
            waited_to=TruncDate(Coalesce("closed_at", now), tzinfo=here),
        )
        .values("week", "reason_id", "language")
        .annotate(
            received=Count("pk", filter=~IS_SPAM),
            answers_due=Count("pk", filter=ANSWERS_DUE),
            contacted=Count("pk", filter=CONTACTED),
            on_time=Count("pk", filter=ON_TIME),
            wait=Sum(WAIT, filter=CONTACTED),
            spam=Count("pk", filter=IS_SPAM),
        )
    )
    return [row | {"minutes_to_contact": minutes(row.pop("wait"))} for row in rows]


def minutes(duration):
    return (duration or timedelta(0)) // timedelta(minutes=1)


def keep(requests):
    """Add the numbers of requests that are about to go to those already kept."""
    for row in tally(requests):
        key = {name: row[name] for name in ("week", "reason_id", "language")}
        kept, _made = KeptCount.objects.get_or_create(**key)
        more = {name: F(name) + row[name] for name in NUMBERS}
        KeptCount.objects.filter(pk=kept.pk).update(**more)
