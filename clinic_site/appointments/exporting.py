"""Which requests an export holds, and what stands in each column."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic_site.appointments.clinic import day_begins, day_ends, zone
from clinic_site.appointments.fhir import write_bundle
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.spreadsheets import write_csv, write_xlsx
from clinic_site.appointments.states import CLOSED, UNSCHEDULED, State
from clinic_site.appointments.words import WINDOWS

CHUNK = 500
STATE_GROUPS = {
    "open": UNSCHEDULED,
    "booked": {State.SCHEDULED},
    "closed": CLOSED - {State.SPAM},
    "spam": {State.QUARANTINED, State.SPAM},
    "all": set(State),
}
# A request's own fields, in the order a person reads them.
FIELDS = [
    "reference",
    "created_at",
    "state",
    "name",
    "birth_date",
    "is_for_other",
    "requester_name",
    "relationship",
    "phone",
    "phone_extension",
    "email",
    "channel",
    "may_leave_message",
    "best_time",
    "language",
    "needs_interpreter",
    "interpreter_language",
    "been_before",
    "last_injection",
    "reason",
    "windows",
    "access_needs",
    "note",
    "consent_version",
    "sounds_urgent",
    "promised_on",
    "due_on",
    "first_contact_at",
    "assigned_to",
    "asks_another_time",
    "mail_failed",
    "starts_at",
    "ends_at",
    "place",
    "clinician",
    "decline_reason",
    "duplicate_of",
    "closed_at",
]


class Format(NamedTuple):
    """A kind of file: how it is called, what it is to a browser, and what writes it."""

    label: Any
    content_type: str
    ending: str
    write: Any


def chosen(group, received_from=None, received_to=None):
    """Requests of a group of states that came in on these days, the last one included."""
    requests = AppointmentRequest.objects.filter(state__in=STATE_GROUPS[group])
    if received_from:
        requests = requests.filter(created_at__gte=day_begins(received_from))
    if received_to:
        requests = requests.filter(created_at__lt=day_ends(received_to))
    related = requests.select_related("reason", "assigned_to", "duplicate_of")
    return related.order_by("pk").iterator(chunk_size=CHUNK)


def rows(requests):
    """The headings, then one row of texts for each request."""
    by_name = {field.name: field for field in AppointmentRequest._meta.fields}
    fields = [by_name[name] for name in FIELDS]
    here = zone()
    # Looked up once: asking each request for its words takes minutes where there are many.
    words = {field.name: words_of(field) for field in fields}
    yield [str(field.verbose_name) for field in fields]
    for request in requests:
        yield [shown(getattr(request, name), words[name], here) for name in FIELDS]


def words_of(field):
    """The reader's words for each value that has some."""
    if isinstance(field, BooleanField):
        return {True: _("Yes"), False: _("No")}
    choices = WINDOWS.items() if field.name == "windows" else field.flatchoices
    return {value: str(label) for value, label in choices}


def shown(value, words, here):
    """A value as text, in the clinic's time and the reader's words."""
    if isinstance(value, list):
        return "; ".join(words.get(code, code) for code in value)
    if isinstance(value, datetime):
        return value.astimezone(here).isoformat(" ", "minutes")
    if value is None:
        return ""
    return words.get(value) or str(value)


def headed(write):
    """Writes a table of requests; returns how many, which the headings are not."""
    return lambda file, requests: write(file, rows(requests)) - 1


FORMATS = {
    "xlsx": Format(
        gettext_lazy("Excel (XLSX)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        headed(write_xlsx),
    ),
    "csv": Format(gettext_lazy("CSV"), "text/csv; charset=utf-8", "csv", headed(write_csv)),
    "fhir": Format(gettext_lazy("FHIR R4"), "application/fhir+json", "json", write_bundle),
}
