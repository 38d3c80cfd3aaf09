"""Sending what waits in the outbox: at least once, one worker at a time, never in silence.

A worker takes a lease on one mail and commits it, sends with no transaction open, then writes what
came of it. If it dies in between, the lease runs out and another one sends the same mail again,
with the same Message-ID.
"""

import logging
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from clinic_site.appointments.audit import SYSTEM, record
from clinic_site.appointments.mails import compose, is_current
from clinic_site.appointments.models import AppointmentRequest, OutboxMail
from clinic_site.appointments.models.history import EventKind

logger = logging.getLogger(__name__)
# Longer than a mail server can keep us: a dozen answers of EMAIL_TIMEOUT each.
LEASE = timedelta(minutes=3)
# Minutes before each further try: over four hours in all, and soon after a short fault.
WAITS = (1, 2, *[5] * 48)
TRIES = len(WAITS) + 1


def send_due(is_stopping=lambda: False):
    """Send every mail that is due, and count what became of them."""
    done: Counter = Counter()
    while not is_stopping() and (mail := lease_next()):
        done[deliver(mail)] += 1
    return done


@transaction.atomic
def lease_next():
    """Take the next mail that is due and nobody else has, or None.

    On SQLite the settings make each transaction wait for the other writers before it reads.
    """
    now = timezone.now()
    mail = OutboxMail.objects.due(now).select_for_update(skip_locked=True).first()
    if mail:
        mail.leased_until = now + LEASE
        # Counted before it is tried: a mail that kills its worker must not be tried for ever.
        mail.attempts += 1
        mail.save(update_fields=["leased_until", "attempts"])
    return mail


def deliver(mail):
    """Send a leased mail if it is still true; say what became of it."""
    try:
        if mail.attempts > TRIES:
            return give_up(mail, mail.last_error or "WorkerDied")
        if not is_current(mail):
            return drop(mail)
        compose(mail).send()
    except Exception as error:
        # Whatever is wrong with one mail must not hold up the others.
        return try_again_or_give_up(mail, type(error).__name__)
    return mark_sent(mail)


def held(mail):
    """The mail's row, if the lease is still ours."""
    return OutboxMail.objects.filter(pk=mail.pk, leased_until=mail.leased_until)


def drop(mail):
    held(mail).update(dropped_at=timezone.now(), leased_until=None)
    return "dropped"


@transaction.atomic
def mark_sent(mail):
    # Also if the lease ran out meanwhile: it has been sent, and the next worker may yet see it.
    waiting = OutboxMail.objects.waiting().filter(pk=mail.pk)
    if waiting.update(sent_at=timezone.now(), leased_until=None, last_error=""):
        record(EventKind.MAIL_SENT, SYSTEM, mail.request, detail=mail.kind)
    return "sent"


def try_again_or_give_up(mail, error):
    logger.warning("Mail %s was not sent (try %s): %s", mail.pk, mail.attempts, error)
    if mail.attempts >= TRIES:
        return give_up(mail, error)
    wait = timedelta(minutes=WAITS[mail.attempts - 1])
    held(mail).update(next_try_at=timezone.now() + wait, leased_until=None, last_error=error[:80])
    return "to try again"


@transaction.atomic
def give_up(mail, error):
    """Turn a mail that cannot be sent into a task for the desk: phone them."""
    # The request before the mail, in the order in which moves and purges lock them.
    request = AppointmentRequest.objects.select_for_update().filter(pk=mail.request_id)
    list(request)
    failed = held(mail).update(failed_at=timezone.now(), leased_until=None, last_error=error[:80])
    if failed:
        request.update(mail_failed=True)
        record(EventKind.MAIL_FAILED, SYSTEM, mail.request, detail=mail.kind)
    return "failed"
