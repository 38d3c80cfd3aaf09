"""The call sheet: one request on one screen, and everything the desk can do about it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from wagtail.users.models import UserProfile

from clinic_site.appointments import moves
from clinic_site.appointments.clinic import today, working_day_after
from clinic_site.appointments.desk.actions import ATTEMPT, ATTEMPTS, FORMS
from clinic_site.appointments.desk.forms import MoveForm
from clinic_site.appointments.models import AppointmentRequest, Event
from clinic_site.appointments.states import State, moves_from
from tests.appointments.desk import now, send, sheet
from tests.appointments.test_moves import put


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def later(db):
    """A day that a next step may fall on, as forms send it."""
    return working_day_after(today()).isoformat()


def offered(answer):
    return {action.name for part in ("first", "rest") for action in answer.context[part]}


def test_one_screen_says_what_a_call_needs(desk, new_request):
    request = new_request(
        is_for_other=True,
        requester_name="Ana Helper",
        relationship="child",
        phone_extension="12",
        best_time="morning",
        may_leave_message=False,
        needs_interpreter=True,
        interpreter_language="Quechua",
        birth_date=date(1958, 3, 2),
        been_before=True,
        last_injection=date(2026, 8, 1),
        access_needs="Wheelchair",
        note="<script>after nine</script>",
        sounds_urgent=True,
    )

    page = desk.get(sheet(request)).content.decode()

    for words in [
        'href="tel:+13055550188;ext=12"',
        "305-555-0188",
        "Leave no message",
        "Morning",
        "Quechua",
        "Ana Helper",
        "Daughter or son",
        "March 2, 1958",
        "last shots in August 2026",
        "Tuesday morning",
        "Wheelchair",
        "&lt;script&gt;after nine",
        "dial 911",
    ]:
        assert words in page, words


def test_staff_who_read_spanish_read_days_the_spanish_way(desk, new_request, clerk):
    UserProfile.objects.create(user=clerk, preferred_language="es")
    request = new_request(
        birth_date=date(1958, 3, 2), been_before=True, last_injection=date(2026, 8, 1)
    )
    AppointmentRequest.objects.filter(pk=request.pk).update(
        created_at=datetime(2026, 11, 23, 15, tzinfo=UTC), due_on=date(2026, 11, 24)
    )

    page = desk.get(sheet(request)).content.decode()

    for words in [
        "2 de marzo de 1958",
        "agosto de 2026",
        "lunes 23 de noviembre",
        "martes 24 de noviembre",
    ]:
        assert words in page, words


def test_whom_phone_calls_are_hard_for_is_not_called(desk, new_request):
    page = desk.get(sheet(new_request(channel="no_calls"))).content.decode()

    assert "Do not call: phone calls are hard for them. Write." in page
    assert "leave a message" not in page


def test_a_quarantined_request_says_why(desk, new_request):
    page = desk.get(sheet(new_request(spam_signs=["trap", "unheard of"]))).content.decode()

    assert "the field that people never see was filled in; unheard of" in page


@pytest.mark.parametrize(("days", "age"), [(0, 28), (1, 27)])
def test_nobody_is_older_before_their_birthday(desk, new_request, days, age):
    birthday = today() + timedelta(days=days)
    request = new_request(birth_date=birthday.replace(year=birthday.year - 28))

    assert desk.get(sheet(request)).context["age"] == age


def test_a_request_that_was_accepted_says_it_no_longer(desk, new_request):
    request = new_request(spam_signs=["trap"])

    send(desk, request, "accept")

    assert now(request).state == State.NEW
    assert "Held back because:" not in desk.get(sheet(request)).content.decode()


def test_each_opening_is_in_the_audit_once(desk, new_request, clerk):
    request = new_request()

    desk.get(sheet(request))

    event = Event.objects.get(request_id=request.pk, kind="viewed")
    assert event.by == clerk.username


def test_an_attempt_is_told_once_also_after_whoever_made_it_has_left(desk, new_request, lead):
    request = new_request()
    moves.log_attempt(request.pk, lead, 0, "no_answer")
    lead.delete()

    lines = desk.get(sheet(request)).context["timeline"]

    assert [line.by for line in lines if line.what == "No answer"] == ["a former colleague"]
    assert len(lines) == 2


def test_title_and_address_hold_the_reference_alone(desk, new_request):
    request = new_request(name="Very Private")

    answer = desk.get(sheet(request))

    title = answer.content.decode().split("<title>")[1].split("</title>")[0]
    assert request.reference in title
    assert "Private" not in title + sheet(request) + str(answer.headers)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("group", ["Front desk", "Front desk leads"])
def test_only_what_is_possible_is_offered(client, new_request, member, state, group):
    user, request = member(group), put(new_request(), state)
    client.force_login(user)
    possible = {m.name for m in moves_from(state, user)} - {"phoned"}

    found = offered(client.get(sheet(request)))

    attempts = {ATTEMPT} if possible & set(ATTEMPTS) else set()
    assert found == possible - set(ATTEMPTS) | attempts


def test_claiming_takes_one_press(desk, new_request, clerk):
    request = new_request()

    answer = send(desk, request, "claim")

    assert answer.headers["Location"] == sheet(request)
    assert (now(request).state, now(request).assigned_to) == (State.IN_REVIEW, clerk)
    assert "take_over" not in offered(desk.get(sheet(request)))


def test_an_attempt_is_logged_in_one_action(desk, new_request):
    request, day = new_request(), today() + timedelta(days=4)

    send(desk, request, "attempt", outcome="left_message", next_try_on=day.isoformat())

    assert (now(request).state, now(request).due_on) == (State.AWAITING_PATIENT, day)
    assert "Left a voice message" in desk.get(sheet(request)).content.decode()


# Giving up needs attempts, and has tests of its own.
PLAIN = [name for name, form in FORMS.items() if form is MoveForm and name != "give_up"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_move_needs_only_its_button(client, new_request, lead, name):
    client.force_login(lead)
    request = put(new_request(), next(iter(moves.MOVES[name].starts)))

    answer = send(client, request, name)

    assert answer.status_code == 302
    assert now(request).version == request.version + 1


def test_a_stale_move_is_refused_with_what_was_typed(desk, new_request, lead, later):
    request = new_request()
    moves.claim(request.pk, lead, 0)

    answer = send(desk, request, "attempt", outcome="no_answer", next_try_on=later)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this request since you opened it." in page
    assert "It is now “In review”." in page
    assert f'value="{later}"' in page
    assert not request.attempts.exists()


def test_what_was_typed_is_shown_where_its_form_is_gone(desk, new_request, lead, later):
    request = new_request()
    moves.decline(request.pk, lead, 0, "age")

    answer = send(desk, request, "attempt", outcome="no_answer", next_try_on=later)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You had filled in:" in page
    assert "No answer" in page
    assert later in page


def test_sending_again_after_a_look_succeeds(desk, new_request, lead):
    request = new_request()
    moves.claim(request.pk, lead, 0)
    refused = send(desk, request, "attempt", outcome="spoke")

    again = send(desk, request, "attempt", **refused.context["bound"].data)

    assert again.status_code == 302


@pytest.mark.parametrize("move", ["cancel", "reopen", "decline", "accept"])
def test_an_impossible_move_is_refused_and_changes_nothing(desk, new_request, move):
    request = new_request()

    answer = send(desk, request, move, reason="age")

    assert answer.status_code == 409
    assert "It is now “New”." in answer.content.decode()
    assert now(request).version == request.version


@pytest.mark.parametrize("move", ["patient_cancels", "ask_again", "reach", "make_move", "nothing"])
def test_nothing_else_is_a_move(desk, new_request, move):
    request = new_request()

    assert send(desk, request, move).status_code in (302, 404)
    assert now(request).version == request.version
