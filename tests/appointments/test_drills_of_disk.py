"""A disk that is full, and a disk that must have what was acknowledged."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from tests.appointments.drill import PHONE, Site, keys_in, new_form, until
from tests.appointments.drill_cluster import scratch_cluster
from tests.appointments.drill_databases import SQLiteCopy
from tests.appointments.small_disk import fill, small_disk

# In megabytes: the copy of the database and a few hundred requests; all that a server holds.
ROOM, ROOM_OF_SERVER = 24, 96
# What is left of the last pages of the journal takes the first of them.
FORMS = 100
STRACE = shutil.which("strace")
SENT = 10

pytestmark = pytest.mark.slow


@pytest.fixture
def db(outside_transactions):
    """Outside any transaction: the drills have processes of their own."""


@pytest.fixture
def small(db, tmp_path):
    """A database on a disk of its own with little more room than it needs; that disk's folder."""
    if connection.vendor == "postgresql":
        with scratch_cluster(room=ROOM_OF_SERVER) as cluster:
            cluster.fill()
            yield cluster, cluster.folder
        return
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, ROOM):
        yield SQLiteCopy(connection.settings_dict["NAME"], folder), folder


def send_many(site, patients=8):
    """Send from several at once, since some wait for a database that has given up."""
    forms = [new_form(note="What I typed") for _form in range(FORMS)]
    with ThreadPoolExecutor(patients) as pool:
        answers = list(pool.map(site.send, forms))
    return {form["key"]: answer for form, answer in zip(forms, answers, strict=True)}


def acknowledged(answers):
    return {key for key, answer in answers.items() if answer.status == 303}


def make_room(ballast, site, database):
    """Make room, and wait until the site takes requests again."""
    ballast.unlink()

    def takes_one():
        database.revive()
        return site.send(new_form()).status == 303

    until(takes_one)


def test_on_a_full_disk_nothing_is_acknowledged_and_lost(small):
    database, folder = small
    with Site(database) as site:
        ballast = fill(folder)
        answers = send_many(site)
        make_room(ballast, site, database)

    refused = [answer for answer in answers.values() if answer.status != 303]
    assert refused
    assert {answer.status for answer in refused} == {503}
    assert all(PHONE in answer.text and "What I typed" in answer.text for answer in refused)
    assert acknowledged(answers) <= set(keys_in(database))
    with closing(database.connect()) as line:
        assert database.is_whole(line)


def test_a_receipt_before_the_commit_would_lose_requests_on_it(small):
    database, folder = small
    with Site(database, without="storing before the receipt") as site:
        ballast = fill(folder)
        answers = send_many(site)
        make_room(ballast, site, database)

    assert acknowledged(answers) - set(keys_in(database))


@contextmanager
def counting_syncs(pids, log):
    """Write down each time one of these processes makes the disk keep what it wrote."""
    numbers = [f"--attach={pid}" for pid in pids]
    command = [STRACE, "-f", "-e", "trace=fsync,fdatasync", "-o", log, *numbers]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until(lambda: all(is_traced(pid) for pid in pids))
        yield
    finally:
        tracer.terminate()
        tracer.wait()


def is_traced(pid):
    with open(f"/proc/{pid}/status") as status:
        return "TracerPid:\t0\n" not in status.read()


def writers(site, copy):
    """The processes that write to the database: the server's own, or PostgreSQL's."""
    if connection.vendor == "sqlite":
        found = subprocess.run(
            ["pgrep", "-g", str(site.process.pid)], capture_output=True, text=True, check=True
        )
        return found.stdout.split()
    with closing(copy.connect()) as line:
        rows = line.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [copy.name],
        )
        return [str(pid) for [pid] in rows]


def syncs_while_sending(copy, log, without=""):
    """How often the disk was told to keep what was written, while so many requests were taken."""
    with Site(copy, without=without) as site:
        # So that every connection to the database is there.
        for _form in range(SENT):
            site.send(new_form())
        with counting_syncs(writers(site, copy), log):
            answers = [site.send(new_form()) for _form in range(SENT)]
    assert {answer.status for answer in answers} == {303}
    # A call that another interrupts is written in two lines, with its arguments in the first.
    return log.read_text().count("sync(")


needs_strace = pytest.mark.skipif(
    STRACE is None or os.geteuid() != 0, reason="SKIPPED, NOT PASSED: it takes root and strace."
)


@needs_strace
def test_each_acknowledged_request_was_synced_to_the_disk(database, tmp_path):
    assert syncs_while_sending(database, tmp_path / "syncs") >= SENT


@needs_strace
def test_without_waiting_for_the_disk_it_would_not_be(database, tmp_path):
    without = "waiting for the disk"

    assert syncs_while_sending(database, tmp_path / "syncs", without) < SENT
