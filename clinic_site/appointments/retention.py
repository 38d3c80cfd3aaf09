"""Removing people past their keep time, from every table; their numbers stay."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clinic_site.appointments.audit import SYSTEM, record
from clinic_site.appointments.models import AppointmentRequest, OutboxMail, SenderCount
from clinic_site.appointments.models.history import EventKind
from clinic_site.appointments.states import CLOSED, State
from clinic_site.appointments.tally import keep

# Few enough that nobody waits long for the rows or the database.
BATCH = 200
SENDERS_KEPT = timedelta(days=1)


def keep_until(kind):
    """What happened before this moment is kept no longer."""
    return timezone.now() - timedelta(days=settings.APPOINTMENTS_KEEP_DAYS[kind])


def expired_requests():
    """Closed requests and past visits whose keep time is over. An open request never is."""
    return AppointmentRequest.objects.filter(
        Q(state=State.SPAM, closed_at__lt=keep_until("spam"))
        | Q(state__in=CLOSED - {State.SPAM}, closed_at__lt=keep_until("closed"))
        | Q(state=State.SCHEDULED, ends_at__lt=keep_until("booked"))
    )


def expired_mails():
    """Mails that are done with, of requests that live on and of the desk's digests."""
    end = keep_until("mail")
    return OutboxMail.objects.filter(
        Q(sent_at__lt=end) | Q(dropped_at__lt=end) | Q(failed_at__lt=end)
    )


def expired_senders():
    return SenderCount.objects.filter(hour__lt=timezone.now() - SENDERS_KEPT)


def purge():
    """Remove all that is past its time; return how many of each."""
    purged = 0
    while count := purge_batch(expired_requests()):
        purged += count
    return {
        "requests": purged,
        "mails": delete_in_batches(expired_mails()),
        "sender counts": delete_in_batches(expired_senders()),
    }


def what_would_go():
    return {
        "requests": expired_requests().count(),
        "mails": expired_mails().count(),
        "sender counts": expired_senders().count(),
    }


def purge_one(reference):
    """Remove one request before its time, because the patient asked; return how many that was."""
    return purge_batch(AppointmentRequest.objects.filter(reference=reference))


@transaction.atomic
def purge_batch(requests):
    """Remove some of these requests with all that hangs on them, and count them in the audit."""
    locked = requests.select_for_update(skip_locked=True).order_by("pk")
    keys = list(locked.values_list("pk", flat=True)[:BATCH])
    if keys:
        requests = AppointmentRequest.objects.filter(pk__in=keys)
        keep(requests)
        requests.delete()
        record(EventKind.PURGED, SYSTEM, detail=str(len(keys)))
    return len(keys)


def delete_in_batches(rows):
    deleted = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        deleted += rows.model.objects.filter(pk__in=keys).delete()[0]
    return deleted
