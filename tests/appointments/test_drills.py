"""A real server under load, killed and cut off: nothing that was acknowledged is lost or doubled.

Each drill has a twin that must fail with its protection off. DRILL_ROUNDS makes them longer.
"""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from tests.appointments.drill import PHONE, ROUNDS, Load, Site, keys_in, new_form, until

KILLS = max(2, ROUNDS // 5)
AWAY = max(1, ROUNDS // 10)
AT_ONCE, RECEIPTS_BEFORE_KILL = 50, 20

pytestmark = pytest.mark.slow


@pytest.fixture
def db(outside_transactions):
    """Outside any transaction: the drills have processes of their own."""


def send_at_once(site, form, times=AT_ONCE):
    """Send one form many times in the same moment."""
    gate = threading.Barrier(times)

    def send(_number):
        gate.wait()
        return site.send(form)

    with ThreadPoolExecutor(times) as senders:
        return list(senders.map(send, range(times)))


def test_fifty_sends_of_one_form_at_once_are_one_request(database):
    with Site(database) as site:
        for done in range(1, ROUNDS + 1):
            answers = send_at_once(site, new_form())

            assert {answer.status for answer in answers} == {303}
            assert len({answer.location for answer in answers}) == 1
            assert len(keys_in(database)) == done


def test_without_the_unique_keys_they_are_several(database):
    with closing(database.connect()) as line:
        database.allow_one_key_twice(line)

    with Site(database) as site:
        for _round in range(10):
            send_at_once(site, new_form())
            if len(keys_in(database)) > len(set(keys_in(database))):
                return
    pytest.fail("Nothing was stored twice: the drill proves nothing.")


def kill_under_load(site):
    """Kill the server while people send; return what it had acknowledged."""
    load = Load(site)
    try:
        until(lambda: len(load.acknowledged) >= RECEIPTS_BEFORE_KILL)
    finally:
        site.kill()
        keys = load.stop()
    assert load.refused == []
    return keys


def test_what_was_acknowledged_survives_a_killed_server(database):
    acknowledged: list = []
    with Site(database) as site:
        for _kill in range(KILLS):
            acknowledged += kill_under_load(site)
            site.start()

            stored = keys_in(database)
            assert set(acknowledged) <= set(stored)
            assert len(stored) == len(set(stored))
        with closing(database.connect()) as line:
            assert database.is_whole(line)


def test_a_receipt_before_the_commit_would_lose_requests(database):
    with Site(database, without="storing before the receipt") as site:
        acknowledged = kill_under_load(site)

    assert set(acknowledged) - set(keys_in(database))


def test_each_commit_waits_for_the_disk(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
        else:
            for name in ("synchronous_commit", "fsync", "full_page_writes"):
                cursor.execute(f"SHOW {name}")
                assert cursor.fetchone() == ("on",), name


def test_while_the_database_is_away_nothing_typed_is_lost(database):
    form = new_form(note="What I typed: <b>one</b>")
    with Site(database) as site:
        site.send(new_form())
        database.go_away()
        answers = [answer for _round in range(AWAY) for answer in send_at_once(site, form, 10)]
        database.come_back()
        until(lambda: site.send(form).status == 303, seconds=5)

    for answer in answers:
        assert answer.status == 503
        assert PHONE in answer.text
        assert "What I typed: &lt;b&gt;one&lt;/b&gt;" in answer.text
        assert form["key"] in answer.text
        assert answer.seconds < 10
    assert keys_in(database).count(form["key"]) == 1


def test_without_its_page_an_absent_database_is_a_fault_of_ours(database):
    with Site(database, without="the page for an absent database") as site:
        database.go_away()
        answer = site.send(new_form())
        database.come_back()

    assert answer.status == 500


@pytest.fixture
def silent_mail_server():
    """A mail server that takes the call and never says a word; its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def test_a_silent_mail_server_holds_no_patient_up(database, silent_mail_server):
    with Site(database, mail_port=silent_mail_server) as site:
        site.send(new_form())
        assert site.send(new_form()).seconds < 2

    with closing(database.connect()) as line:
        [waiting] = line.execute(
            "SELECT count(*) FROM appointments_outboxmail WHERE sent_at IS NULL AND attempts = 0"
        ).fetchone()
    assert waiting == 2


def test_without_the_outbox_it_would(database, silent_mail_server):
    with Site(database, without="the outbox", mail_port=silent_mail_server) as site:
        assert site.send(new_form()).seconds > 2
