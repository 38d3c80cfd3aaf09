"""The seeded SQLite database, made once and copied for every test process that finds it unchanged."""

import fcntl
import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import date

from django.conf import settings

FOLDER = settings.BASE_DIR / ".pytest_cache" / "seeded"
# What the content of the database depends on, besides the day.
SOURCES = ["clinic_site", "content", "fixtures", "requirements.txt"]
IGNORED = {".pyc", ".po", ".mo"}


# Says that the database was found; else a process holds the lock until it has made it.
THERE = object()


def found(name):
    """Copy the kept database to `name`; if there is none, return the lock under which to make it.

    Other processes wait meanwhile, and then find it.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock = open(FOLDER / "lock", "w")  # noqa: SIM115
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        shutil.copy(kept(), name)
    except FileNotFoundError:
        return lock
    lock.close()
    return THERE


def kept():
    """Where the database is kept, whether it is there or not."""
    digest = hashlib.sha256(str(date.today()).encode())
    for source in SOURCES:
        path = settings.BASE_DIR / source
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and file.suffix not in IGNORED:
                digest.update(str(file).encode() + file.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:16]}.sqlite3"


def keep(name, lock):
    """Keep this database, and none that came before, and let the others have it."""
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink()
    new = FOLDER / "new"
    with closing(sqlite3.connect(name)) as made, closing(sqlite3.connect(new)) as copy:
        made.backup(copy)
    new.rename(kept())
    lock.close()
