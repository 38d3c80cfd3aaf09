"""PostgreSQL's whole server is stopped under load, in order and as a crash does, and started again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.appointments.drill import (
    IS_LONG,
    PHONE,
    Load,
    Site,
    keys_in,
    new_form,
    only_long,
    until,
)
from tests.appointments.drill_cluster import scratch_cluster

STOPS = ["fast", "immediate"] * (5 if IS_LONG else 1)
PAGE = "/en/about/"
# New connections land on either process; so many in a row meet both.
READERS = 20
TYPED, SHOWN = "What I typed: <b>one</b>", "What I typed: &lt;b&gt;one&lt;/b&gt;"
# What the pool waits for a connection, and what the patients before may take.
PATIENCE = 10

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server."),
]


@pytest.fixture
def db(outside_transactions):
    """Outside any transaction: the drills have processes of their own."""


@pytest.fixture
def cluster(db):
    with scratch_cluster() as cluster:
        cluster.fill()
        yield cluster


def read(site):
    """What so many readers of one page are answered, with both processes among those they meet."""
    return {site.ask("GET", address=PAGE).status for _reader in range(READERS)}


def stop_under_load(site, cluster, how):
    """Stop the server while people send; return what they were answered."""
    load = Load(site, note=TYPED)
    try:
        until(lambda: len(load.acknowledged) >= 10)
        cluster.stop(how)
        load.refused.clear()
        until(lambda: len(load.refused) >= 6)
    finally:
        load.stop()
    return load


@pytest.fixture
def site(cluster):
    with Site(cluster) as site:
        read(site)
        yield site


def test_while_the_server_is_away_nothing_is_lost_and_pages_are_read(site, cluster):
    acknowledged: list = []
    for how in STOPS:
        load = stop_under_load(site, cluster, how)
        readers, opened = read(site), site.ask("GET")
        cluster.start()
        until(lambda: site.send(new_form()).status == 303, seconds=5)

        assert readers == {200}
        assert (opened.status, PHONE in opened.text) == (503, True)
        for form, answer in load.refused:
            assert answer.status == 503
            assert all(words in answer.text for words in (PHONE, SHOWN, form["key"]))
            assert answer.seconds < PATIENCE
        acknowledged += load.acknowledged
        assert set(acknowledged) <= set(keys_in(cluster))
    assert site.process.poll() is None


@only_long
def test_without_remembered_pages_readers_would_be_turned_away(cluster):
    with Site(cluster, without="remembered pages") as site:
        assert read(site) == {200}
        cluster.stop("fast")

        assert site.ask("GET", address=PAGE).status == 503


@only_long
def test_a_receipt_before_the_commit_would_be_a_false_one(cluster):
    with Site(cluster, without="storing before the receipt") as site:
        load = Load(site)
        until(lambda: len(load.acknowledged) >= 20)
        cluster.stop("immediate")
        load.stop()
        cluster.start()

    assert set(load.acknowledged) - set(keys_in(cluster))


@only_long
def test_a_pool_left_to_itself_would_let_patients_wait(cluster):
    with Site(cluster, without="an impatient pool") as site:
        site.send(new_form())
        cluster.stop("fast")
        with ThreadPoolExecutor() as patients:
            answers = list(patients.map(lambda _number: site.send(new_form()), range(4)))

    assert max(answer.seconds for answer in answers) > PATIENCE
