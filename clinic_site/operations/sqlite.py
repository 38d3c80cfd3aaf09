"""The SQLite database in a backup: a copy by SQLite's own backup, compressed."""

import gzip
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection, connections

from clinic_site.operations.checking import DamagedError

MEMBER = "database.sqlite3.gz"
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
)


def path():
    return Path(connection.settings_dict["NAME"])


def take(folder):
    """Copy the database while it is used; return the copy and the number of rows of each table.

    Readers and writers go on. The copy is one state of the database, with no transaction in halves.
    """
    if not path().is_file():
        raise CommandError("There is no database to back up.")
    plain, packed = folder / "database.sqlite3", folder / MEMBER
    try:
        rows = copied(plain)
    except sqlite3.Error as error:
        raise CommandError(f"The database could not be copied: {error}") from error
    with open(plain, "rb") as source, gzip.open(packed, "wb", compresslevel=6) as target:
        shutil.copyfileobj(source, target)
    plain.unlink()
    return packed, rows


def copied(plain):
    with closing(sqlite3.connect(plain)) as copy:
        with closing(sqlite3.connect(path())) as source:
            source.backup(copy)
        # A database in one file, with no log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        return counted(copy)


def counted(database):
    """How many rows each table has, those of the search index among them."""
    names = [name for [name] in database.execute(TABLES)]
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names
    }


def put(source, rows, erase):
    """Make this the database, in one transaction. It is looked at before.

    What was there goes with it: `erase` says that there was something.
    """
    connections.close_all()
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=path().parent) as folder:
        copy = Path(folder) / "database.sqlite3"
        with gzip.open(source) as packed, open(copy, "wb") as plain:
            shutil.copyfileobj(packed, plain)
        try:
            replace_with(copy, rows)
            if not erase:
                # Looking whether it is empty has made the file, for everybody to read.
                path().chmod(0o600)
        except sqlite3.Error as error:
            raise CommandError(f"The database was left as it was: {error}") from error


def replace_with(copy, rows):
    with closing(sqlite3.connect(copy)) as restored:
        check(restored, rows)
        # Whoever has the old database open goes on with the new one.
        with closing(sqlite3.connect(path(), timeout=20)) as target:
            restored.backup(target)
            target.execute("PRAGMA journal_mode = WAL")


def check(database, rows):
    """Ask SQLite whether the database is sound, and count."""
    if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise DamagedError("SQLite finds faults in the archive's database.")
    if counted(database) != rows:
        raise DamagedError("The archive's database does not have the rows that were counted.")
