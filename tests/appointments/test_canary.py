"""An unmistakable patient goes through every state and every fault, and leaves no trace outside."""

import logging
from io import StringIO

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.appointments import moves, outbox, spam
from clinic_site.appointments.keys import token_of
from clinic_site.appointments.models import AppointmentRequest, OutboxMail, SenderCount
from content.models import ClinicSettings
from tests.appointments import breaking
from tests.appointments.test_retention import TRACES, database_text, live_through_everything
from tests.appointments.trail import Lines, Trail
from tests.appointments.typing import ADDRESS, opened, typed

CANARY = {
    "is_for_other": "other",
    "name": "Xanthippe Canarybird",
    "requester_name": "Zebulon Canarykeeper",
    "relationship": "carer",
    "birth_month": "11",
    "birth_day": "13",
    "birth_year": "1907",
    "phone": "305-555-0193 x90417",
    "email": "canary.bird.zq@example.com",
    "interpreter_language": "Canarytongue",
    "access_needs": "canaryramp zq",
    "note": "canarynote zq",
}
SIGNS = [*TRACES, "305-555-0193", "555-0193"]
# Only there may a patient be, and in the test's own memory: in the request, and in the words it is
# found by, which a purge takes with it.
HOME = ("appointments_appointmentrequest:", "appointments_searchterm:")
PRODUCTION = (site_settings.BASE_DIR / "clinic_site/settings/production.py").read_text()


def signs_in(texts):
    return [text for text in map(str, texts) if any(sign in text.casefold() for sign in SIGNS)]


def form(**changes):
    return typed(**opened() | CANARY | {"step": "send"} | changes)


@pytest.fixture
def trail():
    """Logs from DEBUG on, those of Django, granian and ourselves among them."""
    trail, root = Trail(), logging.getLogger()
    handler, level = Lines(trail.lines), root.level
    trail.handler = handler
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    levels = {name: logging.getLogger(name).level for name in ("django", "_granian")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield trail
    root.removeHandler(handler)
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
def patient(db):
    """A browser whose faults come back as pages."""
    return Client(raise_request_exception=False)


def leaked(trail):
    """Where the canary is, besides in its own request."""
    rows = [line for line in database_text() if not line.startswith(HOME)]
    cached = [repr(vars(cache)) for cache in caches.all()]
    mails = [f"{m.subject}\n{m.body}\n{m.extra_headers}\n{m.attachments}" for m in mail.outbox]
    return signs_in([*trail.texts(), *rows, *cached, *mails])


@pytest.mark.slow
def test_a_patient_in_every_state_leaves_no_trace(patient, trail, clerk, lead):
    sent = trail.note(patient.post(ADDRESS, form()))
    request = AppointmentRequest.objects.get()

    live_through_everything(request, clerk, lead)
    trail.note(patient.get(sent.url))
    patient.force_login(lead)
    for name in ("inbox", "request"):
        args = [request.pk] if name == "request" else []
        trail.note(patient.get(reverse(f"appointments_desk:{name}", args=args)))
    trail.note(patient.post(reverse("appointments_desk:find"), {"words": CANARY["name"]}))

    assert trail.statuses == {200, 303}
    assert len(mail.outbox) >= 2
    assert {recipient for m in mail.outbox for recipient in m.to} == {CANARY["email"]}
    assert leaked(trail) == []


@pytest.mark.slow
@pytest.mark.parametrize("state", ["waitlist", "mark_spam", "mark_duplicate", "withdraw"])
def test_the_other_ends_leave_no_trace(patient, trail, clerk, new_request, state):
    changes = {"website": "x"} if state == "mark_spam" else {}
    sent = trail.note(patient.post(ADDRESS, form(**changes)))
    request = AppointmentRequest.objects.get()

    if state == "withdraw":
        trail.note(patient.post(f"{sent.url}cancel/"))
    elif state == "mark_duplicate":
        moves.mark_duplicate(request.pk, clerk, 0, new_request())
    else:
        moves.make_move(state, request.pk, clerk)
    trail.note(patient.get(sent.url))

    assert leaked(trail) == []


@pytest.mark.slow
def test_mistakes_and_refusals_leave_no_trace(patient, trail):
    first = opened()
    sendings = [
        form(step="check"),
        form(step="change"),
        form(consent=""),
        form(email="canary.bird.zq@example.com, zebulon@example.com"),
        form(note="canarynote zq: I can't breathe"),
        form(**first),
        form(**first, windows=["fri_pm"]),
        {f"canary{number}": "Xanthippe" for number in range(5000)},
        form(note="canarynote zq " * 300_000),
    ]
    for data in sendings:
        trail.note(patient.post(ADDRESS, data))
    broken = b"--x\r\nContent-Disposition: form-data; name=Xanthippe Canarybird"
    trail.note(patient.generic("POST", ADDRESS, broken, "multipart/form-data; boundary="))
    trail.note(Client(enforce_csrf_checks=True).post(ADDRESS, form()))
    trail.note(patient.get(f"{ADDRESS}status/nothing/"))
    SenderCount.objects.update(sent=spam.FLOOD)
    trail.note(patient.post(ADDRESS, form()))

    assert trail.statuses == {200, 303, 400, 403, 404, 409, 413, 422, 429}
    assert leaked(trail) == []


def test_a_fault_of_ours_leaves_no_trace(patient, trail):
    ClinicSettings.objects.update(time_zone="Nowhere/Nothing")

    trail.note(patient.post(ADDRESS, form()))

    assert trail.statuses == {500}
    assert "Traceback" in "".join(trail.lines) or "ZoneInfoNotFoundError" in "".join(trail.lines)
    assert leaked(trail) == []


def test_a_row_that_the_database_refuses_leaves_no_trace(patient, trail):
    breaking.refuse_rows("name", CANARY["name"])

    trail.note(patient.post(ADDRESS, form()))

    assert trail.statuses == {500}
    assert signs_in(trail.texts()) == []


def test_a_change_that_the_database_refuses_leaves_no_trace(patient, trail):
    breaking.refuse_rows("state", "withdrawn")
    sent = trail.note(patient.post(ADDRESS, form()))

    trail.note(patient.post(f"{sent.url}cancel/"))

    assert trail.statuses == {303, 500}
    assert "IntegrityError" in "".join(trail.lines)
    assert leaked(trail) == []


def test_an_absent_database_leaves_no_trace(patient, trail):
    breaking.lose_the_database()

    trail.note(patient.post(ADDRESS, form()))

    assert trail.statuses == {503}
    assert signs_in(trail.texts()) == []


def test_a_mail_server_that_quotes_the_address_leaves_no_trace(patient, trail, settings):
    settings.EMAIL_BACKEND = "tests.appointments.refusing_mail.EmailBackend"
    trail.note(patient.post(ADDRESS, form()))

    call_command("send_mail_queue", stdout=StringIO())
    OutboxMail.objects.update(attempts=outbox.TRIES, next_try_at=timezone.now())
    call_command("send_mail_queue", stdout=StringIO())

    assert AppointmentRequest.objects.get().mail_failed
    assert "SMTPRecipientsRefused" in "".join(trail.lines)
    assert leaked(trail) == []


def test_no_log_line_opens_a_private_page(patient, trail):
    sent = trail.note(patient.post(ADDRESS, form()))
    token = token_of(AppointmentRequest.objects.get())

    for answer in (
        patient.get(f"{sent.url}appointment.ics"),
        patient.put(sent.url),
        Client(enforce_csrf_checks=True).post(f"{sent.url}cancel/"),
    ):
        assert answer.status_code in (403, 404, 405)

    assert [line for line in trail.lines if "/appointments/status/*/" in line]
    assert not [line for line in trail.lines if token in line]


def test_an_ordinary_log_would_tell(patient, trail):
    """The twin: with Python's own formatter, a refused row puts the patient into the log."""
    trail.handler.setFormatter(logging.Formatter())
    breaking.refuse_rows("state", "withdrawn")
    sent = patient.post(ADDRESS, form())

    patient.post(f"{sent.url}cancel/")

    token = token_of(AppointmentRequest.objects.get())
    assert [line for line in trail.lines if token in line]
    if breaking.connection.vendor == "postgresql":
        assert signs_in(trail.lines)


def test_production_writes_its_log_with_the_private_formatter():
    assert PRODUCTION.count('"()": "clinic_site.logs.PrivateJsonFormatter"') == 1
    assert PRODUCTION.count('"formatter": ') == PRODUCTION.count('"formatter": "line"') == 1
