"""Every legal move, every other one refused, and what each leaves behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from clinic_site.appointments import moves
from clinic_site.appointments.models import Event, OutboxMail
from clinic_site.appointments.models.history import AppendOnlyError
from clinic_site.appointments.moves import MoveRefusedError, make_move
from clinic_site.appointments.states import CLOSED, MOVES, State

# Far away: on the patient’s page a visit that is over is another matter.
VISIT = {
    "starts_at": datetime(2090, 1, 10, 15, 0, tzinfo=UTC),
    "ends_at": datetime(2090, 1, 10, 15, 30, tzinfo=UTC),
    "place": "Room for tests",
}
every_move = pytest.mark.parametrize("name", MOVES)


def put(request, state):
    """Bring a request into a state without the moves that lead there."""
    request.state = state
    request.closed_at = timezone.now() if state in CLOSED else None
    if state == State.SCHEDULED:
        request.starts_at, request.ends_at = VISIT["starts_at"], VISIT["ends_at"]
    request.save()
    return request


def changes_for(name):
    return VISIT if name in ("schedule", "reschedule") else {}


@every_move
def test_a_move_is_possible_only_from_its_own_states(new_request, lead, name):
    request, move = new_request(), MOVES[name]
    by = lead if move.permission else moves.PATIENT

    for state in State:
        version = put(request, state).version
        if state in move.starts:
            moved = make_move(name, request.pk, by, version, **changes_for(name))
            assert (moved.state, moved.version) == (move.to or state, version + 1)
        else:
            with pytest.raises(MoveRefusedError):
                make_move(name, request.pk, by, version, **changes_for(name))
        request.refresh_from_db()
        assert request.state == ((move.to or state) if state in move.starts else state)


@every_move
def test_each_move_is_in_the_audit_once(new_request, lead, name):
    move = MOVES[name]
    request = put(new_request(), next(iter(move.starts)))
    by = lead if move.permission else moves.PATIENT

    make_move(name, request.pk, by, **changes_for(name))

    event = Event.objects.filter(request_id=request.pk, kind="moved").get()
    assert (event.move, event.to_state) == (name, move.to or request.state)
    assert event.by == ("patient" if by == moves.PATIENT else lead.username)


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if not move.patient])
def test_a_patient_cannot_make_the_desks_moves(new_request, name):
    request = put(new_request(), next(iter(MOVES[name].starts)))

    with pytest.raises(MoveRefusedError):
        make_move(name, request.pk, moves.PATIENT)


def test_the_desk_cannot_decline_and_the_lead_can(new_request, clerk, lead):
    request = new_request()

    with pytest.raises(MoveRefusedError):
        moves.decline(request.pk, clerk, 0, "not_offered")

    assert moves.decline(request.pk, lead, 0, "not_offered").state == State.DECLINED


def test_a_stale_move_is_refused_and_shows_how_things_stand(new_request, clerk, lead):
    request = new_request()
    moves.claim(request.pk, clerk, 0)

    with pytest.raises(MoveRefusedError) as refused:
        moves.claim(request.pk, lead, 0)

    assert refused.value.request.assigned_to == clerk


def test_a_refused_move_leaves_no_mail_and_no_event(new_request, clerk):
    request = new_request()
    before = OutboxMail.objects.count(), Event.objects.count()

    with pytest.raises(MoveRefusedError):
        moves.schedule(request.pk, clerk, 0, **VISIT)

    assert (OutboxMail.objects.count(), Event.objects.count()) == before


def test_a_patient_is_unreachable_only_after_three_tries_on_two_days(new_request, clerk):
    request = new_request()
    for version in range(3):
        moves.log_attempt(request.pk, clerk, version, "no_answer")

    with pytest.raises(MoveRefusedError):
        moves.give_up(request.pk, clerk, 3)
    request.attempts.filter(pk=request.attempts.last().pk).update(
        at=timezone.now() - timedelta(days=1)
    )

    assert moves.give_up(request.pk, clerk, 3).state == State.UNREACHABLE


def test_an_evening_in_miami_is_one_day_of_tries(new_request, clerk):
    request = new_request()
    for version in range(3):
        moves.log_attempt(request.pk, clerk, version, "no_answer")
    noon = datetime(2026, 1, 10, 17, 0, tzinfo=UTC)
    # In London it is tomorrow by then.
    evening = datetime(2026, 1, 11, 1, 0, tzinfo=UTC)
    request.attempts.update(at=evening)
    request.attempts.filter(pk=request.attempts.last().pk).update(at=noon)

    with pytest.raises(MoveRefusedError):
        moves.give_up(request.pk, clerk, 3)


def test_an_attempt_claims_the_request_and_plans_the_next(new_request, clerk):
    request = new_request()

    moved = moves.log_attempt(request.pk, clerk, 0, "left_message")

    assert moved.state == State.AWAITING_PATIENT
    assert moved.assigned_to == clerk
    assert moved.due_on > timezone.localdate()
    assert moved.first_contact_at
    assert [mail.kind for mail in moved.mails.all()] == ["received", "not_reached"]


def test_speaking_with_the_patient_sends_no_mail(new_request, clerk):
    moved = moves.log_attempt(new_request().pk, clerk, 0, "spoke")

    assert moved.state == State.IN_REVIEW
    assert [mail.kind for mail in moved.mails.all()] == ["received"]


def test_whoever_was_written_to_is_not_told_that_nobody_reached_them(new_request, clerk):
    moved = moves.log_attempt(new_request().pk, clerk, 0, "wrote")

    assert moved.state == State.AWAITING_PATIENT
    assert [mail.kind for mail in moved.mails.all()] == ["received"]


@pytest.mark.parametrize(("outcome", "is_left"), [("left_message", True), ("spoke", False)])
def test_a_wish_for_another_time_stays_until_it_was_heard(new_request, clerk, outcome, is_left):
    asked = moves.patient_asks_again(new_request())

    moved = moves.log_attempt(asked.pk, clerk, asked.version, outcome)

    assert moved.asks_another_time == is_left


def test_a_reopened_request_is_nobodys_duplicate_and_asks_for_nothing(new_request, lead):
    asked = moves.patient_asks_again(new_request())
    closed = moves.mark_duplicate(asked.pk, lead, asked.version, new_request(name="Other"))

    again = moves.reopen(closed.pk, lead, closed.version)

    assert again.duplicate_of is None
    assert not again.asks_another_time


def test_booking_fulfils_the_wish_for_another_time(new_request, clerk):
    asked = moves.patient_asks_again(put(new_request(), State.IN_REVIEW))

    booked = moves.schedule(asked.pk, clerk, asked.version, **VISIT)

    assert not booked.asks_another_time


def test_a_patient_who_gave_no_email_is_sent_none(new_request, clerk):
    moved = moves.log_attempt(new_request(email="").pk, clerk, 0, "no_answer")

    assert not moved.mails.exists()


def test_asking_for_another_time_gives_the_booked_one_up(new_request, clerk):
    request = put(new_request(), State.IN_REVIEW)
    booked = moves.schedule(request.pk, clerk, 0, **VISIT)

    asked = moves.patient_asks_again(booked)

    assert asked.state == State.IN_REVIEW
    assert asked.asks_another_time
    assert asked.starts_at is None
    assert asked.due_on >= timezone.localdate()
    assert asked.sequence == 1


def test_two_visits_at_one_time_are_pointed_out(new_request, clerk):
    first = moves.schedule(put(new_request(), State.IN_REVIEW).pk, clerk, 0, **VISIT)

    assert list(moves.overlapping(**VISIT)) == [first]
    assert not moves.overlapping(**VISIT, besides=first.pk)
    assert not moves.overlapping(
        VISIT["ends_at"], VISIT["ends_at"] + timedelta(hours=1), place="Room for tests"
    )


def test_quarantined_requests_send_mail_only_once_accepted(new_request, clerk):
    request = new_request(spam_signs=["trap"])
    assert request.state == State.QUARANTINED
    assert not request.mails.exists()

    make_move("accept", request.pk, clerk, 0)

    assert [mail.kind for mail in request.mails.all()] == ["received"]


def test_nobody_changes_or_deletes_an_audit_event(new_request):
    event = Event.objects.get(request_id=new_request().pk)

    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        Event.objects.filter(pk=event.pk).update(detail="x")
    for sql in ("UPDATE appointments_event SET detail = 'x'", "DELETE FROM appointments_event"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
