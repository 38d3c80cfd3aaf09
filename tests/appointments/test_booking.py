"""Booking a visit: in the clinic's time, with a warning where it may be a mistake."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from wagtail.users.models import UserProfile

from clinic_site.appointments import moves
from clinic_site.appointments.clinic import today, working_day_after, zone
from clinic_site.appointments.states import State
from tests.appointments.desk import now, send, sheet
from tests.appointments.test_moves import put

TEN = time(10, 0)


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def reviewed(new_request):
    return put(new_request(), State.IN_REVIEW)


def open_day():
    return working_day_after(today(), 3)


def book(desk, request, move="schedule", **changes):
    data = {
        "version": now(request).version,
        "day": open_day().isoformat(),
        "at": "10:00",
        "minutes": "30",
        "place": "Room for tests",
        "clinician": "Dr. Test",
        **changes,
    }
    return send(desk, request, move, **data)


def sunday(year, month, number):
    """The first, second … Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7, weeks=number - 1)


def booked_elsewhere(new_request, clerk, at=TEN):
    """Another request's visit with the same clinician on the same day."""
    starts_at = datetime.combine(open_day(), at, zone())
    visit = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=30)}
    other = put(new_request(), State.IN_REVIEW)
    return moves.schedule(other.pk, clerk, 0, place="Room 9", clinician="Dr. Test", **visit)


def test_a_visit_is_booked_in_the_clinics_time(desk, reviewed):
    answer = book(desk, reviewed, place="  Room  for\ttests ")

    visit = now(reviewed)
    assert answer.status_code == 302
    assert visit.state == State.SCHEDULED
    assert visit.starts_at == datetime.combine(open_day(), TEN, zone())
    assert visit.ends_at - visit.starts_at == timedelta(minutes=30)
    assert (visit.place, visit.clinician) == ("Room for tests", "Dr. Test")


def test_the_clinics_time_counts_whatever_zone_a_member_of_staff_set(desk, clerk, reviewed):
    UserProfile.objects.create(user=clerk, current_time_zone="Asia/Tokyo")

    book(desk, reviewed)

    assert now(reviewed).starts_at == datetime.combine(open_day(), TEN, zone())
    page = desk.get(sheet(reviewed)).content.decode()
    assert "10 a.m. to 10:30 a.m." in page
    assert "America/New_York" in page


def test_an_overlap_is_shown_and_nothing_typed_is_lost(desk, reviewed, new_request, clerk):
    other = booked_elsewhere(new_request, clerk)

    answer = book(desk, reviewed, minutes="45")

    page = answer.content.decode()
    assert f"{other.reference} is booked then: 10 a.m. to 10:30 a.m., Dr. Test." in page
    assert "Do it anyway" in page
    assert 'value="45"' in page
    assert now(reviewed).state == State.IN_REVIEW


@pytest.mark.parametrize("typed", [{"clinician": "dr. test"}, {"clinician": "", "place": "ROOM 9"}])
def test_an_overlap_is_seen_however_a_name_is_written(desk, reviewed, new_request, clerk, typed):
    other = booked_elsewhere(new_request, clerk)

    answer = book(desk, reviewed, **typed)

    assert f"{other.reference} is booked then" in answer.content.decode()


def test_a_tick_books_in_spite_of_an_overlap(desk, reviewed, new_request, clerk):
    booked_elsewhere(new_request, clerk)
    warned = book(desk, reviewed).context["bound"].data["warned"]

    book(desk, reviewed, warned=warned, anyway="on")

    assert now(reviewed).state == State.SCHEDULED


def test_a_tick_counts_only_for_the_warning_it_answered(desk, reviewed, new_request, clerk):
    booked_elsewhere(new_request, clerk)
    warned = book(desk, reviewed).context["bound"].data["warned"]
    booked_elsewhere(new_request, clerk, time(11, 0))

    answer = book(desk, reviewed, at="11:00", warned=warned, anyway="on")

    assert len(answer.context["bound"].warnings) == 1
    assert not answer.context["bound"].data["anyway"]
    assert now(reviewed).state == State.IN_REVIEW


def test_a_visit_may_follow_another_at_once(desk, reviewed, new_request, clerk):
    booked_elsewhere(new_request, clerk, time(9, 30))

    assert book(desk, reviewed).status_code == 302


def test_changing_a_visit_does_not_overlap_with_itself(desk, reviewed):
    book(desk, reviewed)

    book(desk, reviewed, "reschedule", at="10:15", place="Room 4")

    assert (now(reviewed).place, now(reviewed).sequence) == ("Room 4", 1)


def test_a_change_that_changes_nothing_is_refused_and_nobody_is_told(desk, reviewed):
    book(desk, reviewed)

    answer = book(desk, reviewed, "reschedule")

    assert answer.status_code == 409
    assert "Nothing is different." in answer.content.decode()
    assert [mail.kind for mail in reviewed.mails.all()].count("changed") == 0


def test_another_clinician_is_for_the_desk_alone(desk, reviewed):
    book(desk, reviewed)

    book(desk, reviewed, "reschedule", clinician="Dr. Other")

    visit = now(reviewed)
    assert (visit.clinician, visit.sequence) == ("Dr. Other", 0)
    assert [mail.kind for mail in reviewed.mails.all()] == ["received", "booked"]


def test_the_patient_is_told_of_a_visit_that_ends_later(desk, reviewed):
    book(desk, reviewed)

    book(desk, reviewed, "reschedule", minutes="60")

    assert now(reviewed).sequence == 1
    assert [mail.kind for mail in reviewed.mails.all()] == ["received", "booked", "changed"]


def test_a_closed_day_needs_the_tick(desk, reviewed):
    day = sunday(today().year + 1, 6, 1).isoformat()
    warned = book(desk, reviewed, day=day).context["bound"]

    assert "The clinic is closed on" in warned.warnings[0]
    assert now(reviewed).state == State.IN_REVIEW

    book(desk, reviewed, day=day, warned=warned.data["warned"], anyway="on")

    assert now(reviewed).state == State.SCHEDULED


@pytest.mark.parametrize("at", ["05:00", "08:29"])
def test_a_visit_before_opening_time_needs_the_tick(desk, reviewed, at):
    assert "The clinic opens at 8:30 a.m. that day." in book(desk, reviewed, at=at).content.decode()
    assert now(reviewed).state == State.IN_REVIEW


@pytest.mark.parametrize("at", ["19:00", "23:45"])
def test_a_visit_after_closing_time_needs_the_tick(desk, reviewed, at):
    assert "The clinic closes at" in book(desk, reviewed, at=at).context["bound"].warnings[0]


def test_a_time_that_the_clocks_skip_is_refused(desk, reviewed):
    day = sunday(today().year + 1, 3, 2)

    answer = book(desk, reviewed, day=day.isoformat(), at="02:30")

    assert answer.context["bound"].errors["at"]
    assert now(reviewed).state == State.IN_REVIEW


@pytest.mark.parametrize(("which", "hour"), [("first", 5), ("second", 6)])
def test_of_a_time_that_the_clocks_show_twice_one_is_chosen(desk, reviewed, which, hour):
    day = sunday(today().year + 1, 11, 1)
    typed = {"day": day.isoformat(), "at": "01:30"}
    asked = book(desk, reviewed, **typed)
    assert "The clocks show this time twice." in asked.content.decode()
    warned = book(desk, reviewed, **typed, which=which).context["bound"].data["warned"]

    book(desk, reviewed, **typed, which=which, warned=warned, anyway="on")

    assert now(reviewed).starts_at == datetime.combine(day, time(hour, 30), UTC)


def test_a_time_that_has_passed_today_is_refused(desk, reviewed):
    answer = book(desk, reviewed, day=today().isoformat(), at="00:00")

    assert answer.context["bound"].errors["at"] == ["This time has passed."]
    assert now(reviewed).state == State.IN_REVIEW


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2020-01-07"),
        ("day", "2027-02-31"),
        ("day", "0001-01-01"),
        ("day", "9999-12-31"),
        ("at", "25:00"),
        ("minutes", "0"),
        ("at", "00:00\0"),
        ("minutes", "100000"),
        ("place", ""),
        ("place", "\0"),
        ("place", "x" * 121),
        ("clinician", "x" * 81),
    ],
)
def test_what_is_no_visit_is_refused_at_its_field(desk, reviewed, field, value):
    answer = book(desk, reviewed, **{field: value})

    assert answer.context["bound"].errors[field]
    assert now(reviewed).state == State.IN_REVIEW
