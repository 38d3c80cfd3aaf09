"""A real server under the load of a very bad day.

DRILL_SECONDS makes the load last longer.
"""

import os
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.appointments.drill import Site, keys_in, new_form

SECONDS = int(os.environ.get("DRILL_SECONDS", "1"))
A_SECOND, BURST = 20, 100

pytestmark = pytest.mark.slow
only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="SQLite alone locks all at once."
)


@pytest.fixture
def db(outside_transactions):
    """Outside any transaction: the drills have processes of their own."""


def send_steadily(site, seconds):
    """Send so many forms a second, each on time whatever became of the others."""
    began = time.monotonic()
    with ThreadPoolExecutor(BURST) as patients:
        sent = []
        for number in range(seconds * A_SECOND):
            wait = began + number / A_SECOND - time.monotonic()
            if wait > 0:
                threading.Event().wait(wait)
            sent.append(patients.submit(site.send, new_form()))
        return [one.result() for one in sent]


def send_at_once(site):
    """Send a burst of forms, all filled in before."""
    forms = [new_form() for _patient in range(BURST)]
    with ThreadPoolExecutor(BURST) as patients:
        return list(patients.map(site.send, forms))


def report(name, answers):
    seconds = [answer.seconds for answer in answers]
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1] * 1000
    print(f"{name} on {connection.vendor}: {len(answers)} sent, p95 {p95:.0f} ms")  # noqa: T201


def test_twenty_requests_a_second_and_a_burst_of_a_hundred_are_all_taken(database):
    with Site(database) as site:
        steady = send_steadily(site, SECONDS)
        burst = send_at_once(site)

    report("20 a second", steady)
    report("a burst of 100", burst)
    assert {answer.status for answer in steady + burst} == {303}
    assert len(keys_in(database)) == len(steady) + len(burst)


@only_sqlite
def test_transactions_that_begin_with_reading_wait_for_each_other(database):
    with Site(database, without="writing first") as site:
        answers = send_at_once(site)

    assert {answer.status for answer in answers} == {303}


@only_sqlite
def test_begun_without_the_lock_they_would_find_it_locked(database):
    with Site(database, without="writing first, immediate transactions") as site:
        for _burst in range(10):
            if any(answer.status >= 500 for answer in send_at_once(site)):
                return
    pytest.fail("Nothing was locked: the drill proves nothing.")
