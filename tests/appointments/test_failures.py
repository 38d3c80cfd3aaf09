"""Whatever fails, the page has the phone number, and a form that was sent comes back as typed."""

from urllib.parse import urlencode

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from clinic_site.appointments.models import AppointmentRequest, Event, OutboxMail
from content.models import ClinicSettings
from tests.appointments.typing import ADDRESS, hidden, opened, send, typed

PHONE = 'href="tel:+13055550142"'
URLENCODED = "application/x-www-form-urlencoded"
TWENTY_MEGABYTES = 20 * 2**20
FULL = {
    "note": "One <b>two</b>\n\"three\" 'four' {{ 7*7 }}",
    "access_needs": "<script>alert(1)</script>",
    "windows": ["tue_am", "fri_pm"],
    "birth_month": "2",
    "birth_day": "29",
    "birth_year": "1956",
}
both = pytest.mark.parametrize("checks_tokens", [False, True])


def answer_to(body, content_type=URLENCODED, checks_tokens=False):
    """What the site says to bytes that no browser sends."""
    sender = Client(raise_request_exception=False, enforce_csrf_checks=checks_tokens)
    return sender.generic("POST", ADDRESS, body, content_type)


def nothing_is_stored():
    return not any(model.objects.exists() for model in (AppointmentRequest, OutboxMail, Event))


def kept_in(answer):
    """The names and values of a failure page's form."""
    fields: dict = {}
    for name, value in answer.context["kept"]:
        fields.setdefault(name, []).append(value)
    return fields


UNREADABLE = {
    "no boundary": (b"name=x", "multipart/form-data"),
    "cut off": (b"--x\r\nContent-Disposition: form-data; name", "multipart/form-data; boundary="),
    "long boundary": (b"x", f"multipart/form-data; boundary={'x' * 300}"),
    "too many fields": (urlencode([(f"f{n}", n) for n in range(5000)]).encode(), URLENCODED),
    "other encoding": ("name=José".encode("utf-16"), f"{URLENCODED}; charset=utf-16"),
}


@both
@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_a_400(db, kind, checks_tokens):
    answer = answer_to(*UNREADABLE[kind], checks_tokens)

    assert answer.status_code == 400
    assert PHONE in answer.content.decode()
    assert nothing_is_stored()


@both
def test_twenty_megabytes_are_too_much(db, checks_tokens):
    answer = answer_to(b"note=" + b"x" * TWENTY_MEGABYTES, checks_tokens=checks_tokens)

    assert answer.status_code == 413
    assert PHONE in answer.content.decode()
    assert nothing_is_stored()


def test_an_unknown_address_has_the_phone_number(client, db):
    answer = client.get("/en/appointments/nothing/here/")

    assert answer.status_code == 404
    assert PHONE in answer.content.decode()


def test_a_form_sent_with_other_answers_changes_nothing(client, db):
    first = opened()
    receipt = send(client, **first).url
    before = AppointmentRequest.objects.values().get()

    answer = send(client, **first, **FULL | {"name": "Other Person"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert PHONE in text
    assert f'href="{receipt}"' in text
    assert AppointmentRequest.objects.values().get() == before
    assert client.get(receipt).status_code == 200


def test_what_was_changed_can_be_sent_as_a_new_request(client, db):
    first = opened()
    send(client, **first)
    conflict = send(client, **first, **FULL | {"name": "Other Person"})

    checked = client.post(ADDRESS, hidden(conflict) | {"step": "check"})
    sent = client.post(ADDRESS, hidden(checked) | {"step": "send"})

    assert sent.status_code == 303
    names = AppointmentRequest.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Test Person", "Other Person"]
    assert AppointmentRequest.objects.last().note == FULL["note"]


@pytest.fixture
def broken_clinic(db):
    """The clinic's time zone is one that nobody knows: every date fails. Returns the repair."""
    before = ClinicSettings.objects.values_list("time_zone", flat=True).get()
    ClinicSettings.objects.update(time_zone="Nowhere/Nothing")
    return lambda: ClinicSettings.objects.update(time_zone=before)


@pytest.mark.parametrize("step", ["check", "send"])
def test_after_a_fault_of_ours_nothing_typed_is_lost(broken_clinic, step):
    client = Client(raise_request_exception=False)
    form = typed(**opened(), **FULL, step=step)

    answer = client.post(ADDRESS, form | {"csrfmiddlewaretoken": "its own"})

    text = answer.content.decode()
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert PHONE in text
    assert "<script>alert" not in text
    assert "<b>two" not in text
    assert kept_in(answer) == {
        name: value if isinstance(value, list) else [value] for name, value in form.items()
    }
    assert nothing_is_stored()
    broken_clinic()
    assert client.post(ADDRESS, kept_in(answer) | {"step": "send"}).status_code == 303
    assert AppointmentRequest.objects.get().note == FULL["note"]


def test_what_staff_typed_is_not_written_out(broken_clinic, clerk):
    client = Client(raise_request_exception=False)
    client.force_login(clerk)

    answer = client.post(reverse("appointments_desk:find"), {"words": "Ana Diaz"})

    assert answer.status_code == 500
    assert "Ana Diaz" not in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_while_the_database_is_away_readers_are_asked_to_try_again(client, settings, error):
    settings.ROOT_URLCONF = "tests.failing_urls"

    answer = client.get(f"/away/{error.__name__}/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert PHONE in answer.content.decode()


def test_pages_for_reading_keep_nothing_and_have_the_phone_number(broken_clinic, new_request):
    address = f"{ADDRESS}status/{'0' * 64}/"

    assert Client().get(address).status_code == 404
    assert PHONE in Client().get(address).content.decode()


@pytest.mark.parametrize("status_path", ["cancel/", "another-time/"])
def test_a_fault_while_acting_has_the_phone_number(client, db, status_path):
    receipt = send(client).url
    ClinicSettings.objects.update(time_zone="Nowhere/Nothing")

    answer = Client(raise_request_exception=False).post(f"{receipt}{status_path}")

    assert answer.status_code == 500
    assert PHONE in answer.content.decode()
    assert AppointmentRequest.objects.get().state == "new"
