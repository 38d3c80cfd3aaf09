"""Taking a request in: exactly once, whatever the network and the fingers do."""

import json

from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic_site.appointments.audit import PATIENT, record
from clinic_site.appointments.clinic import answer_day
from clinic_site.appointments.folding import folded
from clinic_site.appointments.keys import (
    fingerprint,
    grant_access,
    grant_first_access,
    new_reference,
    same,
)
from clinic_site.appointments.models import AppointmentRequest, SearchTerm
from clinic_site.appointments.models.history import EventKind
from clinic_site.appointments.models.outbox import MailKind
from clinic_site.appointments.moves import tell
from clinic_site.appointments.search_terms import rows_for
from clinic_site.appointments.spam import count
from clinic_site.appointments.states import State

REFERENCE_TRIES = 5
NAME_CHARACTERS = 120


class OtherContentError(Exception):
    """This form was sent before, with other answers. `request` is what came of it."""

    def __init__(self, request):
        super().__init__("The key of this form belongs to a request with other answers.")
        self.request = request


def receive(key, answers, spam_signs=(), sounds_urgent=False, senders=()):
    """Store the request once and return it.

    `answers` are the model's own fields. The same key with the same answers returns what is
    already stored, also when 50 arrive at once: the database holds the key unique. The same key
    with other answers raises `OtherContentError`. Mail is queued, and the request counted for its
    `senders`, in the same transaction.
    """
    content_hash = fingerprint(json.dumps(answers, default=str, sort_keys=True), "content")
    before = reopen(key, content_hash)
    if before:
        return before
    request = answers | first_state(answers, list(spam_signs)) | {"sounds_urgent": sounds_urgent}
    for _try in range(REFERENCE_TRIES):
        try:
            return store(request | {"key": key, "content_hash": content_hash}, senders)
        except IntegrityError:
            # Somebody else stored the same form just now, or the reference is taken.
            before = reopen(key, content_hash)
            if before:
                return before
    raise RuntimeError("No free reference was found.")


def reopen(key, content_hash):
    """The request that this form became, or None. The form's own token opens its private page."""
    request = AppointmentRequest.objects.filter(key=key).first()
    if request and not same(request.content_hash, content_hash):
        raise OtherContentError(request)
    if request:
        grant_access(request)
    return request


def was_sent(key):
    """Has this form become a request? Then sending it again costs nothing and shows its receipt."""
    return AppointmentRequest.objects.filter(key=key).exists()


def first_state(answers, spam_signs):
    """What a request begins with, worked out before the database is held up for it."""
    now = timezone.now()
    promised_on = answer_day(now)
    return {
        "created_at": now,
        "changed_at": now,
        "search_name": folded(answers["name"])[:NAME_CHARACTERS],
        "promised_on": promised_on,
        "due_on": promised_on,
        "state": State.QUARANTINED if spam_signs else State.NEW,
        "spam_signs": spam_signs,
    }


@transaction.atomic
def store(fields, senders):
    request = AppointmentRequest.objects.create(reference=new_reference(), **fields)
    SearchTerm.objects.bulk_create(rows_for([request]))
    grant_first_access(request)
    count(senders)
    record(EventKind.RECEIVED, PATIENT, request, to_state=request.state)
    if request.state == State.NEW:
        tell(request, MailKind.RECEIVED)
    return request
