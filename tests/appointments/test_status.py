"""The private page: a receipt that says how things stand, and nothing about anybody's health."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.appointments.keys import grant_access, token_of
from clinic_site.appointments.models import AppointmentRequest, Event, OutboxMail, Reason
from clinic_site.appointments.states import OPEN, State
from tests.appointments.test_moves import put
from tests.appointments.test_retention import CANARY
from tests.appointments.typing import ADDRESS, opened, typed

HEADINGS = {
    State.QUARANTINED: "We have your request",
    State.NEW: "We have your request",
    State.IN_REVIEW: "We have your request",
    State.AWAITING_PATIENT: "Please call us",
    State.WAITLISTED: "You are on our waiting list",
    State.SCHEDULED: "Your appointment is booked",
    State.SPAM: "This request is closed",
    State.DECLINED: "We cannot offer you an appointment",
    State.DUPLICATE: "We have two requests from you",
    State.UNREACHABLE: "This request is closed",
    State.WITHDRAWN: "Your request is canceled",
    State.CANCELLED: "Your appointment is canceled",
}
NOT_BOOKED = OPEN - {State.SCHEDULED} | {State.QUARANTINED}
SECRETS = [
    *("Canary", "Xanthippe", "Zebulon", "canary", "555-0193", "5550193", "90417", "1907"),
    *("DESKROOMNOTE", "Sinister"),
]
# The page in the other language stands at the same address.
OWN_ADDRESS = re.compile(r'href="/es/appointments/status/[^"]*"')
every_state = pytest.mark.parametrize("state", State)


def address_of(request, name="status", language="en"):
    address = reverse(f"appointments:{name}", args=[grant_access(request)])
    return address.replace("/en/", f"/{language}/")


def page(client, request, **options):
    return client.get(address_of(request, **options)).content.decode()


def everything():
    """All that a request, its audit and its mails say."""
    models = (AppointmentRequest, Event, OutboxMail)
    return [list(model.objects.order_by("pk").values()) for model in models]


@every_state
def test_each_state_is_told_in_the_patients_words(client, new_request, state):
    request = put(new_request(), state)

    text = page(client, request)

    assert f">{HEADINGS[state]}</h1>" in text
    assert ("It is not booked yet" in text) == (state in NOT_BOOKED)
    assert ("appointment is booked" in text) == (state == State.SCHEDULED)
    assert request.reference in text
    assert 'href="tel:+13055550142"' in text
    assert 'href="tel:911"' in text


def test_whoever_has_a_visit_reads_until_when_the_page_lasts(client, new_request):
    """A booked visit is never closed: it is purged by its own day."""
    assert "90 days after your visit" in page(client, put(new_request(), State.SCHEDULED))


@every_state
def test_each_state_has_its_page_in_spanish(client, new_request, state):
    text = page(client, put(new_request(), state), language="es")

    assert '<html lang="es">' in text
    assert 'href="tel:+13055550142"' in text


@pytest.mark.parametrize("state", [State.QUARANTINED, State.NEW, State.IN_REVIEW])
def test_a_broken_promise_says_so_by_itself(client, new_request, state):
    request = put(new_request(), state)
    assert "We are late" not in page(client, request)
    AppointmentRequest.objects.update(due_on=timezone.localdate() - timedelta(days=1))

    text = page(client, request)

    cover = text[text.index("<h1") : text.index("</h1>") + 900]
    assert "We are late" in cover
    assert "It is not booked yet" in cover
    assert 'href="tel:+13055550142"' in cover


def test_a_broken_promise_is_told_in_spanish_whole(client, new_request):
    request = new_request()
    AppointmentRequest.objects.update(due_on=timezone.localdate() - timedelta(days=1))

    text = page(client, request, language="es")

    assert "Por favor, llámenos ahora. Todavía no tiene cita." in text


@pytest.mark.parametrize(
    "state", sorted(set(State) - {State.QUARANTINED, State.NEW, State.IN_REVIEW})
)
def test_where_nothing_is_promised_nothing_is_late(client, new_request, state):
    request = put(new_request(), state)
    AppointmentRequest.objects.update(due_on=timezone.localdate() - timedelta(days=9))

    assert "We are late" not in page(client, request)


def test_every_link_that_opens_nothing_gets_the_same_answer(client, new_request):
    request, purged = new_request(), new_request()
    token, gone = grant_access(request), grant_access(purged)
    purged.delete()
    strange = ["x", token[:-1], token + "0", token.upper(), token[::-1], "0" * 64, "9" * 3000]
    wrong = [*strange, gone, request.reference, request.key, "%00", "é", "'--"]

    answers = [client.get(f"/en/appointments/status/{text}/") for text in wrong]

    assert {answer.status_code for answer in answers} == {404}
    assert len({OWN_ADDRESS.sub("", answer.content.decode()) for answer in answers}) == 1
    assert 'href="tel:+13055550142"' in answers[0].content.decode()


@pytest.mark.parametrize("name", ["status", "calendar", "cancel", "another_time"])
@every_state
def test_reading_changes_nothing(client, new_request, state, name):
    request = put(new_request(), state)
    address = address_of(request, name)
    before = everything()

    for read in (client.get, client.get, client.get, client.head):
        assert read(address).status_code in (200, 404, 405)

    assert everything() == before


@every_state
def test_nobody_reads_details_off_the_page(client, new_request, clerk, state):
    reason = Reason.objects.create(code="c", label_en="Sinister sign", label_es="Sinister sign")
    request = put(new_request(**CANARY, reason=reason), state)
    AppointmentRequest.objects.update(assigned_to=clerk, decline_reason="other")

    pages = [page(client, request, language=code) for code in ("en", "es")]
    # The figures of the address itself are random, and may be those of a year.
    pages = [text.replace(grant_access(request), "") for text in pages]

    assert [secret for secret in SECRETS if any(secret in text for text in pages)] == []
    assert clerk.username not in pages[0]


@every_state
def test_nothing_keeps_or_finds_the_page(client, new_request, state):
    request = put(new_request(), state)

    for answer in [client.get(address_of(request)), client.post(address_of(request, "cancel"))]:
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


@every_state
def test_the_calendar_file_is_there_only_for_a_booked_visit(client, new_request, state):
    request = put(new_request(), state)

    answer = client.get(address_of(request, "calendar"))

    assert answer.status_code == (200 if state == State.SCHEDULED else 404)
    assert (".ics" in page(client, request)) == (state == State.SCHEDULED)


@pytest.mark.parametrize("name", ["cancel", "another_time"])
def test_without_its_token_an_action_is_refused_with_the_phone_number(new_request, name):
    request = new_request()
    before = everything()

    answer = Client(enforce_csrf_checks=True).post(address_of(request, name))

    assert answer.status_code == 403
    assert 'href="tel:+13055550142"' in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize("step", ["check", "send", "change"])
def test_a_token_that_ran_out_brings_every_answer_back(db, step):
    form = opened() | {"note": "One\ntwo", "windows": ["tue_am", "fri_pm"], "step": step}
    late = Client(enforce_csrf_checks=True)
    late.cookies["csrftoken"] = "a" * 32

    answer = late.post(ADDRESS, typed(**form, csrfmiddlewaretoken="ab" * 16 + "cd" * 16))

    shown = {field.name: field.value() for field in answer.context["form"]}
    assert answer.status_code == 403
    assert 'href="tel:+13055550142"' in answer.content.decode()
    assert not AppointmentRequest.objects.exists()
    assert {name: shown[name] for name in typed(**form) if name in shown} == {
        name: value for name, value in typed(**form).items() if name in shown
    }
    token = str(answer.context["csrf_token"])
    again = late.post(ADDRESS, typed(**form | {"step": "send"}, csrfmiddlewaretoken=token))
    assert again.status_code == 303


def test_a_new_secret_leaves_old_links_good(client, new_request, settings):
    request = new_request()
    old, address = token_of(request), address_of(request)

    settings.SECRET_KEY = "another"

    assert token_of(request) != old
    assert client.get(address).status_code == 200
