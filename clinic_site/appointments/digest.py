"""What the desk's daily mail counts."""

from django.db.models import Count, Q

from clinic_site.appointments.clinic import today
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.states import OPEN, UNSCHEDULED, State


def counts():
    """How many requests wait for what, in one query."""
    open_or_held = Q(state__in=OPEN | {State.QUARANTINED})
    unanswered = Q(state__in=UNSCHEDULED | {State.QUARANTINED})
    return AppointmentRequest.objects.aggregate(
        new=Count("pk", filter=Q(state=State.NEW)),
        overdue=Count("pk", filter=open_or_held & Q(due_on__lt=today())),
        flagged=Count("pk", filter=unanswered & Q(sounds_urgent=True)),
        mail_failed=Count("pk", filter=Q(mail_failed=True)),
        quarantined=Count("pk", filter=Q(state=State.QUARANTINED)),
    )
