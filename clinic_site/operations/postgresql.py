"""The PostgreSQL database in a backup: what pg_dump writes, put back by pg_restore and psql."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from subprocess import DEVNULL, PIPE

from django.core.management.base import CommandError
from django.db import connection, connections, transaction

MEMBER = "database.pgdump"
# Our own limits would end the transaction whose state pg_dump copies.
UNHURRIED = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
# Tables in use are waited for, but not for ever.
START = """BEGIN;
SET LOCAL lock_timeout = '30s';
"""
# The schema as initdb makes it: what differs from that stands in the dump.
ERASE = """DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
CHECK = """DO $$ BEGIN IF (SELECT count(*) FROM public."{name}") <> {rows} THEN
RAISE EXCEPTION 'the rows are not those that were counted'; END IF; END $$;
"""


def program(name):
    found = shutil.which(name)
    if not found:
        raise CommandError(f"{name} is not on the PATH: install PostgreSQL's client programs.")
    return found


def place():
    """Where the database is, for the command line and the environment of PostgreSQL's programs.

    The password goes through the environment: every user of the machine can read a command line.
    """
    [_psql, *where], extra = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    return ["--no-password", *where], os.environ | (extra or {})


def complaint(said):
    """The first error of a program. Its other lines may quote a row."""
    said.seek(0)
    lines = [line for line in said.read().decode(errors="replace").splitlines() if line]
    return next((line for line in lines if "error" in line.lower()), "it did not say why")


def take(folder):
    """Dump the database while it is used; return the dump and the number of rows of each table.

    Both see the same state: the one of a transaction that stays open meanwhile.
    """
    dump = folder / MEMBER
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        for sql in UNHURRIED:
            cursor.execute(sql)
        cursor.execute("SELECT pg_export_snapshot()")
        [state] = cursor.fetchone()
        rows = counted(cursor)
        run_pg_dump("--format=custom", f"--snapshot={state}", f"--file={dump}")
    return dump, rows


def run_pg_dump(*options):
    where, environment = place()
    with tempfile.TemporaryFile() as said:
        command = [program("pg_dump"), *options, *where]
        if subprocess.run(command, env=environment, stderr=said, check=False).returncode:
            raise CommandError(f"pg_dump failed: {complaint(said)}")


def counted(cursor):
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    counts = {}
    for [name] in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM public."{name}"')
        [counts[name]] = cursor.fetchone()
    return counts


def put(source, rows, erase):
    """Make this the database, in one transaction: until its end nothing has changed."""
    connections.close_all()
    checks = "".join(CHECK.format(name=name, rows=count) for name, count in rows.items())
    where, environment = place()
    command = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", *where]
    with tempfile.TemporaryFile() as dump, tempfile.TemporaryFile() as said:
        shutil.copyfileobj(source, dump)
        dump.seek(0)
        # Outermost: the end of Popen, too, writes what psql no longer reads.
        with (
            suppress(BrokenPipeError),
            subprocess.Popen(
                command, env=environment, stdin=PIPE, stdout=DEVNULL, stderr=said
            ) as psql,
        ):
            tell(psql.stdin, dump, START + ERASE * erase, checks, said)
        if psql.returncode:
            raise CommandError(f"The database was left as it was: {complaint(said)}")


def tell(psql, dump, start, checks, said):
    """Send psql what pg_restore makes of the dump; the word that makes it lasting comes last.

    Without that word, psql ends and PostgreSQL takes everything back.
    """
    psql.write(start.encode())
    psql.flush()
    done = subprocess.run(
        [program("pg_restore"), "--file=-"], stdin=dump, stdout=psql, stderr=said, check=False
    )
    last = "COMMIT;" if done.returncode == 0 else "\\quit 4"
    psql.write((checks * (done.returncode == 0) + last + "\n").encode())
    psql.flush()
