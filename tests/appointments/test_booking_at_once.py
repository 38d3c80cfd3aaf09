"""Two clerks who book the same time at once: the second is warned. The twin shows that the lock
does it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time
from time import sleep

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection

from clinic_site.appointments.clinic import today, working_day_after, zone
from clinic_site.appointments.desk import visits
from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.receiving import receive
from clinic_site.appointments.states import State
from tests.appointments.conftest import answers
from tests.appointments.test_moves import put

pytestmark = pytest.mark.slow

SECONDS = 0.5


@pytest.fixture
def db(committed):
    """Both clerks see what the other has written."""


@pytest.fixture
def clerk(db):
    user = get_user_model().objects.create_user("clerk-at-once")
    user.groups.add(Group.objects.get(name="Front desk"))
    yield user
    user.delete()


@pytest.fixture
def slow_clerks(monkeypatch):
    """Clerks who, having looked for overlaps, take a moment before they book."""
    look = visits.VisitForm.find_warnings

    def look_and_wait(form):
        found = look(form)
        sleep(SECONDS)
        return found

    monkeypatch.setattr(visits.VisitForm, "find_warnings", look_and_wait)


def book(request, clerk):
    """Book a request in a thread of its own; say whether that was done."""
    starts_at = datetime.combine(working_day_after(today(), 3), time(10, 0), zone())
    typed = {"version": 0, "day": starts_at.date(), "at": "10:00", "minutes": 30, "place": "Room 1"}
    try:
        form = visits.VisitForm("schedule", request, typed)
        return form.is_valid() and form.make(clerk) is not None
    finally:
        connection.close()


def book_at_once(clerk):
    requests = [put(receive(new_key(), answers()), State.IN_REVIEW) for _clerk in range(2)]
    with ThreadPoolExecutor() as clerks:
        return sorted(clerks.map(lambda request: book(request, clerk), requests))


def test_of_two_who_book_one_time_at_once_the_second_is_warned(clerk, slow_clerks):
    assert book_at_once(clerk) == [False, True]
    assert AppointmentRequest.objects.filter(state=State.SCHEDULED).count() == 1


def test_without_the_lock_both_would_book(clerk, slow_clerks, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time, with or without this lock.")
    monkeypatch.setattr(visits, "lock_diary", lambda: None)

    assert book_at_once(clerk) == [True, True]
