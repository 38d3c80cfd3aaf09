"""A PostgreSQL server of the drills' own, which they may stop, crash and starve of room."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.appointments.drill import free_port
from tests.appointments.drill_databases import url_of_test_database
from tests.appointments.small_disk import small_disk

# Debian keeps the programs of the server off the PATH, a folder for each version.
DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
# As small as they go, so that a disk of a few dozen megabytes can be full.
min_wal_size = 2MB
max_wal_size = 4MB
"""


def programs():
    """The folder of the newest server's programs, or None."""
    found = shutil.which("initdb")
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name))
    return Path(found).resolve().parent if found else next(reversed(folders), None)


def version():
    """The first number of their version: an older server may not read what a newer one writes."""
    said = subprocess.check_output([programs() / "initdb", "--version"], text=True)
    return int(re.search(r"\d+", said)[0])


def runs_as():
    """As whom the server runs: it refuses root."""
    if os.geteuid():
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def scratch_cluster(room=0):
    """A server of its own on this machine; with `room`, on a disk of so many megabytes."""
    if not programs() or version() < connection.pg_version // 10_000:
        pytest.skip(
            "SKIPPED, NOT PASSED: no programs here for a PostgreSQL server like the tests'."
        )
    folder = Path(tempfile.mkdtemp(prefix="clinic-drill-"))
    try:
        with small_disk(folder, room) if room else nullcontext():
            cluster = Cluster(folder)
            try:
                cluster.make()
                cluster.start()
                yield cluster
            finally:
                cluster.end()
    finally:
        shutil.rmtree(folder)


def tell_psql(url, statements, *options, **environment):
    """Let psql do what stands in this file."""
    subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", *options, url],
        env=os.environ | environment,
        stdin=statements,
        stdout=subprocess.DEVNULL,
        check=True,
    )


class Cluster:
    """The server, and in it a database that is empty until it is `filled`."""

    def __init__(self, folder):
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        self.server = f"postgresql://postgres@127.0.0.1:{self.port}"
        self.url = f"{self.server}/clinic"

    def run(self, name, *words, check=True):
        command = [programs() / name, *words]
        return subprocess.run(
            command,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=check,
            **runs_as(),
        )

    def make(self):
        if not os.geteuid():
            postgres = pwd.getpwnam("postgres")
            os.chown(self.folder, postgres.pw_uid, postgres.pw_gid)
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--wal-segsize=1"]
        self.run("initdb", *options, "--no-sync", "--pgdata", self.data)
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS.format(port=self.port))

    def start(self):
        """Start it, and wait until it takes connections."""
        log = self.folder / "log"
        self.run("pg_ctl", "start", "--wait", "--pgdata", self.data, "--log", log)

    def stop(self, how):
        """`fast` ends all sessions in order; `immediate` drops everything, as a crash does."""
        self.run("pg_ctl", "stop", "--wait", "--pgdata", self.data, "--mode", how)

    def end(self):
        with suppress(FileNotFoundError):
            self.run("pg_ctl", "stop", "--pgdata", self.data, "--mode=immediate", check=False)

    def revive(self):
        """Start it if it gave up, as whoever looks after it would."""
        if self.run("pg_ctl", "status", "--pgdata", self.data, check=False).returncode:
            self.start()

    def is_whole(self, _connection):
        """Has every table and index the rows and the shape that it must have?"""
        options = ["--install-missing", "--heapallindexed"]
        return self.run("pg_amcheck", *options, self.url, check=False).returncode == 0

    def connect(self, url=""):
        return psycopg.connect(url or self.url, autocommit=True)

    def fill(self):
        """Make the database, with what the test database holds."""
        with self.connect(f"{self.server}/postgres") as line:
            line.execute("CREATE DATABASE clinic TEMPLATE template0")
        self.copy_test_database(self.url)

    def copy_test_database(self, url):
        """Let whoever this URL names own what the test database holds."""
        command = ["pg_dump", "--no-owner", "--no-privileges", url_of_test_database()]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as dump:
            tell_psql(url, dump.stdout, "--single-transaction")
        assert dump.returncode == 0
