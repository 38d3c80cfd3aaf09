"""A disk that is full, and a disk that must have what was acknowledged."""

import os
import shutil
import subprocess
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from tests.appointments.drill import PHONE, Site, keys_in, new_form, until
from tests.appointments.drill_databases import SQLiteCopy

# In megabytes: the copy of the database and a few hundred requests.
ROOM = 24
STRACE = shutil.which("strace")
SENT = 10

pytestmark = pytest.mark.slow


@pytest.fixture
def db(outside_transactions):
    """Outside any transaction: the drills have processes of their own."""


@pytest.fixture
def small_disk(db, tmp_path):
    """A folder on a disk of its own, with room for little more than the database."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files are its own: a full disk is its server's to survive.")
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={ROOM}m"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("SKIPPED, NOT PASSED: only root may make a small disk.")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    """Take all the room there is; return the file that does."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while free := shutil.disk_usage(folder).free:
            try:
                file.write(bytes(min(free, 2**20)))
            except OSError:
                break
    return ballast


def send_until_full(site, folder):
    """Fill the disk and send; return the ballast, and the forms with the answers to them."""
    ballast = fill(folder)
    # What is left of the last pages of the journal takes the first of them.
    forms = [new_form(note="What I typed") for _form in range(40)]
    return ballast, [(form["key"], site.send(form)) for form in forms]


def acknowledged(answers):
    return {key for key, answer in answers if answer.status == 303}


def test_on_a_full_disk_nothing_is_acknowledged_and_lost(small_disk):
    copy = SQLiteCopy(connection.settings_dict["NAME"], small_disk)
    with Site(copy) as site:
        ballast, answers = send_until_full(site, small_disk)
        ballast.unlink()
        until(lambda: site.send(new_form()).status == 303)

    refused = [answer for _key, answer in answers if answer.status != 303]
    assert refused
    assert {answer.status for answer in refused} == {503}
    assert all(PHONE in answer.text and "What I typed" in answer.text for answer in refused)
    assert acknowledged(answers) <= set(keys_in(copy))
    with closing(copy.connect()) as line:
        assert copy.is_whole(line)


def test_a_receipt_before_the_commit_would_lose_requests_on_it(small_disk):
    copy = SQLiteCopy(connection.settings_dict["NAME"], small_disk)
    with Site(copy, without="storing before the receipt") as site:
        ballast, answers = send_until_full(site, small_disk)
        until(lambda: site.ask("GET").status)
    ballast.unlink()

    assert acknowledged(answers) - set(keys_in(copy))


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
