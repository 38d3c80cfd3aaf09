"""The calendar file, read back by the library that calendars' makers test with."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from clinic_site.appointments import moves
from clinic_site.appointments.calendar_file import calendar_file
from clinic_site.appointments.moves import make_move
from tests.appointments.test_moves import VISIT


@pytest.fixture
def booked(new_request, clerk):
    request = moves.claim(new_request(name="Canary Name", note="canary").pk, clerk, 0)
    return moves.schedule(request.pk, clerk, request.version, **VISIT, clinician="Canary Clinician")


def read(request):
    calendar = Calendar.from_ical(calendar_file(request))
    (event,) = calendar.walk("VEVENT")
    assert not event.errors
    return calendar, event


def test_a_visit_is_in_utc_with_place_and_phone(booked):
    calendar, event = read(booked)

    assert calendar["METHOD"] == "PUBLISH"
    assert event["DTSTART"].dt == VISIT["starts_at"]
    assert event["DTEND"].dt == VISIT["ends_at"]
    assert event["DTSTART"].to_ical().endswith(b"Z")
    assert event["LOCATION"] == "Room for tests"
    assert event["CONTACT"] == "305-555-0142"
    assert event["ORGANIZER"] == "mailto:appointments@localhost"


def test_the_summary_is_neutral_and_nobody_is_named(booked):
    text = calendar_file(booked).decode()

    assert "SUMMARY:Appointment" in text
    assert "anar" not in text.casefold().replace("calendar", "")
    assert "migraine" not in text.casefold()
    assert "neurolog" not in text.casefold()


def test_lines_are_short_and_end_as_the_standard_says(booked):
    lines = calendar_file(booked).split(b"\r\n")

    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)


def test_a_visit_keeps_its_uid_and_each_word_on_it_outranks_the_last(booked, clerk):
    """Booked, moved, given up and booked anew: calendars believe the highest SEQUENCE."""
    files = [read(booked)[1]]
    later = {"starts_at": VISIT["starts_at"] + timedelta(days=1)}
    later["ends_at"] = later["starts_at"] + timedelta(minutes=30)
    moved = moves.reschedule(booked.pk, clerk, booked.version, **VISIT | later)
    files.append(read(moved)[1])
    back = make_move("unschedule", booked.pk, clerk)
    files.append(read(back)[1])
    again = moves.schedule(booked.pk, clerk, back.version, **VISIT)
    files.append(read(again)[1])
    files.append(read(moves.patient_cancels(again))[1])

    numbers = [int(event["SEQUENCE"]) for event in files]
    assert len({event["UID"] for event in files}) == 1
    assert numbers == sorted(set(numbers))


def test_a_cancelled_visit_is_taken_out_of_the_calendar(booked):
    calendar, event = read(moves.patient_cancels(booked))

    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["DTSTART"].dt == VISIT["starts_at"]


def test_a_visit_that_went_back_to_review_has_no_time(booked, clerk):
    calendar, event = read(make_move("unschedule", booked.pk, clerk))

    assert calendar["METHOD"] == "CANCEL"
    assert "DTSTART" not in event


def test_a_place_cannot_write_lines_of_its_own(booked):
    booked.place = "Room 1\r\nATTENDEE:mailto:x@example.com; a, b \\n"

    _calendar, event = read(booked)

    assert "ATTENDEE" not in event


def test_the_file_is_the_same_each_time(booked):
    assert calendar_file(booked) == calendar_file(booked)
