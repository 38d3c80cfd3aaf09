"""Two clerks who close two requests as duplicates of each other at once: one stays open. The twin
shows that the lock does it."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import OperationalError, connection

from clinic_site.appointments import moves
from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.receiving import receive
from clinic_site.appointments.states import OPEN
from tests.appointments.conftest import answers

pytestmark = pytest.mark.slow

SECONDS = 0.5


@pytest.fixture
def db(committed):
    """Both clerks see what the other has written."""


@pytest.fixture
def clerk(db):
    user = get_user_model().objects.create_user("clerk-of-duplicates")
    user.groups.add(Group.objects.get(name="Front desk"))
    yield user
    user.delete()


def slowly(look):
    """Look at both requests, and take a moment before going on."""

    def look_and_wait(*pks):
        found = look(*pks)
        sleep(SECONDS)
        return found

    return look_and_wait


def close(pair, clerk):
    """Close the first as a duplicate of the second, in a thread of its own."""
    request, original = pair
    try:
        moves.mark_duplicate(request.pk, clerk, 0, original)
    except moves.MoveRefusedError:
        pass
    finally:
        connection.close()


def open_after_both(clerk):
    one, other = (receive(new_key(), answers()) for _clerk in range(2))
    with ThreadPoolExecutor() as clerks:
        list(clerks.map(lambda pair: close(pair, clerk), [(one, other), (other, one)]))
    return AppointmentRequest.objects.filter(state__in=OPEN).count()


def test_of_two_requests_closed_as_duplicates_of_each_other_one_stays_open(clerk, monkeypatch):
    monkeypatch.setattr(moves, "lock", slowly(moves.lock))

    assert open_after_both(clerk) == 1


def test_without_the_lock_each_would_wait_for_the_other_in_vain(clerk, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time, with or without this lock.")
    everything = AppointmentRequest.objects.all()
    monkeypatch.setattr(moves, "lock", slowly(lambda *pks: everything.filter(pk__in=pks).in_bulk()))

    with pytest.raises(OperationalError, match="deadlock"):
        open_after_both(clerk)
