"""What patients do on the private page: once, and never behind the desk's back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from clinic_site.appointments import moves
from clinic_site.appointments.models import AppointmentRequest, Event, OutboxMail
from clinic_site.appointments.states import State
from content.models import ClinicSettings
from tests.appointments.test_moves import VISIT, put
from tests.appointments.test_status import address_of, page

# The start of a visit in UTC, and what the patient reads: before and after each change of clocks.
CLOCKS = [
    (datetime(2090, 11, 5, 5, 30, tzinfo=UTC), "Nov. 5, 2090", "1:30 a.m.", "EDT"),
    (datetime(2090, 11, 5, 6, 30, tzinfo=UTC), "Nov. 5, 2090", "1:30 a.m.", "EST"),
    (datetime(2090, 11, 6, 14, 30, tzinfo=UTC), "Nov. 6, 2090", "9:30 a.m.", "EST"),
    (datetime(2091, 3, 11, 6, 30, tzinfo=UTC), "March 11, 2091", "1:30 a.m.", "EST"),
    (datetime(2091, 3, 11, 7, 30, tzinfo=UTC), "March 11, 2091", "3:30 a.m.", "EDT"),
    (datetime(2091, 3, 12, 13, 30, tzinfo=UTC), "March 12, 2091", "9:30 a.m.", "EDT"),
    (datetime(2091, 1, 1, 3, 0, tzinfo=UTC), "Dec. 31, 2090", "10 p.m.", "EST"),
]


def state_of(request):
    return AppointmentRequest.objects.get(pk=request.pk).state


@pytest.mark.parametrize(
    ("state", "after", "mail"),
    [
        (State.NEW, State.WITHDRAWN, ["withdrawn"]),
        # Who is held was told nothing yet: the address may not be the sender's.
        (State.QUARANTINED, State.WITHDRAWN, []),
        (State.IN_REVIEW, State.WITHDRAWN, ["withdrawn"]),
        (State.AWAITING_PATIENT, State.WITHDRAWN, ["withdrawn"]),
        (State.WAITLISTED, State.WITHDRAWN, ["withdrawn"]),
        (State.SCHEDULED, State.CANCELLED, ["cancelled"]),
        (State.DECLINED, State.DECLINED, []),
        (State.SPAM, State.SPAM, []),
        (State.DUPLICATE, State.DUPLICATE, []),
        (State.UNREACHABLE, State.UNREACHABLE, []),
    ],
)
def test_canceling_twice_cancels_once(client, new_request, state, after, mail):
    request = put(new_request(), state)
    OutboxMail.objects.all().delete()

    answers = [client.post(address_of(request, "cancel")) for _time in range(2)]

    assert {answer.url for answer in answers} == {address_of(request)}
    assert state_of(request) == after
    assert Event.objects.filter(request_id=request.pk, kind="moved").count() == (state != after)
    assert list(request.mails.values_list("kind", flat=True)) == mail


def test_asking_for_another_time_twice_asks_once(client, new_request):
    request = put(new_request(), State.SCHEDULED)

    for _time in range(2):
        client.post(address_of(request, "another_time"))

    assert state_of(request) == State.IN_REVIEW
    assert Event.objects.filter(request_id=request.pk, kind="moved").count() == 1
    text = page(client, request)
    assert "You asked for another time" in text
    assert "I need another time" not in text


@pytest.mark.parametrize("state", [State.NEW, State.WAITLISTED, State.QUARANTINED])
def test_asking_for_another_time_leaves_a_mark_for_the_desk(client, new_request, state):
    request = put(new_request(), state)

    client.post(address_of(request, "another_time"))

    request.refresh_from_db()
    assert (request.state, request.asks_another_time) == (state, True)


def after_reading(action):
    """Do something right after the patient's view has read the request, before it acts."""

    def wrapper(execute, sql, *rest):
        result = execute(sql, *rest)
        if "appointments_accesstoken" in sql and pending:
            pending.pop()()
        return result

    pending = [action]
    return connection.execute_wrapper(wrapper)


@pytest.mark.parametrize("name", ["cancel", "another_time"])
def test_who_acts_while_the_desk_books_sees_how_things_stand(client, new_request, clerk, name):
    request = put(new_request(), State.IN_REVIEW)
    address = address_of(request, name)

    with after_reading(lambda: moves.schedule(request.pk, clerk, 0, **VISIT)):
        answer = client.post(address)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This was not possible" in text
    assert "Your appointment is booked" in text
    assert 'href="tel:+13055550142"' in text
    assert state_of(request) == State.SCHEDULED


def test_who_cancels_a_visit_that_the_desk_just_canceled_sees_so(client, new_request, clerk):
    request = put(new_request(), State.SCHEDULED)
    address = address_of(request, "cancel")

    with after_reading(lambda: moves.make_move("cancel", request.pk, clerk, 0)):
        answer = client.post(address)

    assert answer.status_code == 409
    assert "Your appointment is canceled" in answer.content.decode()


@pytest.mark.parametrize("state", [State.SPAM, State.DUPLICATE, State.UNREACHABLE, State.DECLINED])
def test_who_acts_too_late_never_reads_the_desks_words(client, new_request, state):
    request = put(new_request(), State.IN_REVIEW)
    address = address_of(request, "another_time")
    put(request, state)

    answer = client.post(address)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Your request changed while this page was open." in text
    assert f"“{state.label}”" not in text


def test_a_wish_for_another_time_is_heard_once_the_desk_has_spoken_with_the_patient(
    client, new_request, clerk
):
    request = new_request()
    client.post(address_of(request, "another_time"))

    request = moves.log_attempt(request.pk, clerk, None, "spoke")

    assert not request.asks_another_time
    assert "I need another time" in page(client, request)


def test_who_missed_our_call_can_always_answer_on_the_page(client, new_request, clerk):
    request = new_request()
    client.post(address_of(request, "another_time"))
    moves.log_attempt(request.pk, clerk, None, "no_answer")
    assert "I need another time" in page(client, request)

    client.post(address_of(request, "another_time"))

    request.refresh_from_db()
    assert (request.state, request.asks_another_time) == (State.IN_REVIEW, True)


def test_a_request_that_is_reopened_asks_for_nothing_by_itself(client, new_request, lead):
    request = new_request()
    for action in ("another_time", "cancel"):
        client.post(address_of(request, action))

    moves.reopen(request.pk, lead, None)

    assert "You asked for another time" not in page(client, request)


@pytest.mark.parametrize(("starts_at", "day", "time", "zone"), CLOCKS)
def test_a_visit_is_told_in_clinic_time_across_the_change_of_clocks(
    client, new_request, clerk, starts_at, day, time, zone
):
    request = put(new_request(), State.IN_REVIEW)
    visit = VISIT | {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=30)}
    moves.schedule(request.pk, clerk, 0, **visit)

    text = page(client, request)

    assert day in text
    assert f"<strong>{time}</strong>" in text
    assert f"time ({zone})" in text


def test_the_clinics_zone_decides_not_the_servers(client, new_request, clerk):
    ClinicSettings.objects.update(time_zone="America/Los_Angeles")
    request = put(new_request(), State.IN_REVIEW)
    moves.schedule(request.pk, clerk, 0, **VISIT)

    text = page(client, request)

    assert "<strong>7 a.m.</strong>" in text
    assert "time (PST)" in text
