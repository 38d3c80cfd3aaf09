"""Making an archive of the database and the media that is either whole or not there."""

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from clinic_site.operations import media, postgresql, sqlite
from clinic_site.operations.archive import Member, archived, sealed
from clinic_site.operations.encrypting import encrypt, recipient
from clinic_site.operations.keeping import name_for
from clinic_site.operations.versions import versions

# What a killed backup leaves behind begins so, and the next one removes it.
PARTIAL = ".partial-"


def engine():
    """How this site's kind of database is copied and put back."""
    return sqlite if connection.vendor == "sqlite" else postgresql


def make_archive(with_media=True):
    """Write an archive into BACKUP_DIR and return its path.

    Until it is whole, and on the disk, it has no name that says otherwise.
    """
    folder, key = Path(settings.BACKUP_DIR), settings.BACKUP_KEY
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if key:
        recipient(key)
    with alone_in(folder), tempfile.TemporaryDirectory(prefix=PARTIAL, dir=folder) as scratch:
        partial = Path(scratch) / "archive"
        now = timezone.now()
        with open(partial, "xb", opener=private) as file:
            write(file, pieces(Path(scratch), now, with_media), key)
            file.flush()
            os.fsync(file.fileno())
        path = folder / name_for(now, not with_media, bool(key))
        if path.exists():
            raise CommandError(f"There is an archive of this second already: {path}")
        partial.rename(path)
        sync(folder)
    return path


def private(path, flags):
    return os.open(path, flags, 0o600)


def sync(folder):
    """Put the folder's list of names on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone_in(folder):
    """Let one backup work at a time, and clear up after those that were killed."""
    with open(folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError("Another backup is running.") from error
        for left in folder.glob(f"{PARTIAL}*"):
            shutil.rmtree(left)
        yield


def write(file, parts, key):
    if key:
        encrypt(parts, file, key)
        return
    for part in parts:
        file.write(part)


def pieces(scratch, now, with_media):
    """The archive's bytes. The database first: each upload that it names is there by then."""
    copy, rows = engine().take(scratch)
    database = open(copy, "rb")  # noqa: SIM115
    # The copy holds patients in the clear; from here on it ends with us, even if we are killed.
    copy.unlink()
    size = os.fstat(database.fileno()).st_size
    facts = facts_of(now, rows, with_media)
    return sealed(archived(members(database, copy.name, size, with_media), facts))


def members(database, name, size, with_media):
    yield Member(name, size, lambda: database)
    if with_media:
        yield from media.members()


def facts_of(now, rows, with_media):
    return {
        "made_at": now.isoformat(),
        "database": {"vendor": connection.vendor, "member": engine().MEMBER, "rows": rows},
        "has_media": with_media,
        "versions": versions(),
    }
