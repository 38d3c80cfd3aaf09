"""Moves that need more than a button: duplicates, failed mail, declining, the next try."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils.formats import date_format

from clinic_site.appointments.clinic import today, working_day_after
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.states import State
from tests.appointments.desk import now, send, sheet
from tests.appointments.test_moves import put


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def test_requests_of_one_person_point_to_each_other(desk, new_request):
    one, other = new_request(), new_request(name="Another Name", email="")
    new_request(name="Stranger", phone="+13055550199", email="stranger@example.com")

    answer = desk.get(sheet(one))

    assert list(answer.context["duplicates"]) == [other]
    assert f'href="{sheet(other)}"' in answer.content.decode()


def test_a_duplicate_is_named_by_reference(desk, new_request):
    one, other = new_request(), new_request()

    send(desk, other, "mark_duplicate", reference=f" {one.reference.lower()} ")

    assert (now(other).state, now(other).duplicate_of) == (State.DUPLICATE, one)
    assert now(one).state == State.NEW


@pytest.mark.parametrize("reference", ["TNG-0000-00", "", "1", "\0"])
def test_a_duplicate_of_nothing_is_refused(desk, new_request, reference):
    request = new_request()

    answer = send(desk, request, "mark_duplicate", reference=reference)

    assert answer.context["bound"].errors["reference"]
    assert now(request).state == State.NEW


def test_a_request_is_not_a_duplicate_of_itself(desk, new_request):
    request = new_request()

    answer = send(desk, request, "mark_duplicate", reference=request.reference)

    assert answer.status_code == 409
    assert now(request).state == State.NEW


@pytest.mark.parametrize(
    "state", ["withdrawn", "declined", "duplicate", "cancelled", "quarantined"]
)
def test_no_request_is_closed_as_a_duplicate_of_one_that_nobody_works_on(desk, new_request, state):
    request, ended = new_request(), put(new_request(), state)

    answer = send(desk, request, "mark_duplicate", reference=ended.reference)

    assert answer.status_code == 409
    assert f"Nobody works on {ended.reference} any more." in answer.content.decode()
    assert now(request).state == State.NEW


def test_a_duplicate_of_somebody_elses_request_needs_a_tick(desk, new_request):
    request = new_request()
    other = new_request(name="Stranger", phone="+13055550199", email="stranger@example.com")

    answer = send(desk, request, "mark_duplicate", reference=other.reference)

    form = answer.context["bound"]
    assert f"{other.reference} has another name" in answer.content.decode()
    assert "Do it anyway" in answer.content.decode()
    assert now(request).state == State.NEW

    said = form.data["warned"]
    send(desk, request, "mark_duplicate", reference=other.reference, warned=said, anyway="on")

    assert now(request).duplicate_of == other


def test_whoever_was_signed_out_while_writing_comes_back_to_the_sheet(desk, new_request):
    request = new_request()
    address = f"{sheet(request)}claim/"
    desk.logout()
    login = desk.post(address, {"version": 0}).url
    assert login.endswith(f"?next={address}")
    desk.force_login(get_user_model().objects.get(groups__name="Front desk"))

    answer = desk.get(address, follow=True)

    assert answer.redirect_chain == [(sheet(request), 302)]
    assert (
        "Nothing was changed. If you were signed out meanwhile, do it once more."
        in answer.content.decode()
    )
    assert now(request).state == State.NEW


def test_whoever_phones_ends_the_task_of_failed_mail(desk, new_request):
    request = new_request()
    AppointmentRequest.objects.update(mail_failed=True)
    offered = desk.get(sheet(request)).context["first"]

    send(desk, request, "phoned")

    assert offered[0].name == "phoned"
    assert not now(request).mail_failed
    assert "I phoned them" in desk.get(sheet(request)).content.decode()


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40])
def test_a_move_without_its_version_changes_nothing(desk, new_request, version):
    request = new_request()

    answer = send(desk, request, "claim", version=version)

    assert answer.status_code in (200, 409)
    assert now(request).state == State.NEW


def test_there_is_no_request_of_an_impossible_number(desk):
    assert desk.get("/admin/appointments/request/" + "9" * 30 + "/", follow=True).status_code == 404


def test_a_lead_declines_with_a_coded_reason(client, new_request, lead):
    client.force_login(lead)
    request = new_request()

    refused = send(client, request, "decline", reason="because I say so")
    send(client, request, "decline", reason="needs_referral")

    assert refused.status_code == 200
    assert (now(request).state, now(request).decline_reason) == ("declined", "needs_referral")


def test_the_next_try_is_not_in_the_past(desk, new_request):
    request = new_request()

    answer = send(desk, request, "attempt", outcome="no_answer", next_try_on="2020-01-01")

    assert "This day has passed." in answer.content.decode()
    assert now(request).state == State.NEW


def test_a_slip_in_the_year_puts_no_request_out_of_sight(desk, new_request):
    request, day = new_request(), today().replace(year=2090)

    answer = send(desk, request, "attempt", outcome="no_answer", next_try_on=day.isoformat())

    assert "more than six months away. Check the year" in answer.content.decode()
    assert now(request).state == State.NEW


def test_the_next_try_is_on_a_day_when_the_clinic_opens(desk, new_request):
    request, day = new_request(), today() + timedelta(days=7 - today().isoweekday())
    monday = date_format(working_day_after(day), "l, F j")

    answer = send(desk, request, "attempt", outcome="no_answer", next_try_on=day.isoformat())

    said = f"The clinic is closed that day. The next day it opens is {monday}."
    assert said in answer.content.decode()
    assert now(request).state == State.NEW
