"""Putting an archive back: looked at wholly first, and into an empty place unless told otherwise."""

import tarfile
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connection

from clinic_site.operations import media
from clinic_site.operations.archive import MEDIA
from clinic_site.operations.backing_up import engine
from clinic_site.operations.checking import checked
from clinic_site.operations.encrypting import decrypted, is_encrypted


@contextmanager
def opened(path, identity):
    """Yield the archive in the clear and its manifest, once every byte of it has been checked.

    The same open file is then restored from: nobody can change it in between.
    """
    with open(path, "rb") as file:
        plain = decrypted(file, identity) if is_encrypted(file) else file
        with plain:
            yield plain, checked(plain)


def restore(plain, manifest, erase_database, erase_media):
    """Put everything back, or nothing: the database comes last, in one transaction.

    Only uploads that were to be erased may have taken their archived form by then.
    """
    refuse_to_lose(manifest, erase_database, erase_media)
    plain.seek(0)
    with tarfile.open(fileobj=plain, mode="r:") as tar:
        uploads = [name for name in manifest["members"] if name.startswith(MEDIA)]
        with stored(tar, uploads, erase_media):
            source = tar.extractfile(manifest["database"]["member"])
            engine().put(source, manifest["database"]["rows"], erase_database)
    if manifest["has_media"] and erase_media:
        erase_others({name.removeprefix(MEDIA) for name in uploads})


def erase_others(wanted):
    """Delete every upload but these. By now the archive is back: a failure must not deny it."""
    try:
        media.erase_others(wanted)
    except OSError as error:
        raise CommandError(
            "The database and the archive's uploads are restored, but some of the other uploads"
            f" are still there: {error}. Mend that and restore again."
        ) from error


def refuse_to_lose(manifest, erase_database, erase_media):
    vendor = manifest["database"]["vendor"]
    if vendor != connection.vendor:
        raise CommandError(f"The archive's database is {vendor}, this site's {connection.vendor}.")
    if not erase_database and connection.introspection.table_names():
        raise CommandError(
            "The database is not empty. With --erase-database everything in it is lost."
        )
    if manifest["has_media"] and not erase_media and not media.is_empty():
        raise CommandError(
            "There are uploads already. With --erase-media all that the archive lacks are lost."
        )


@contextmanager
def stored(tar, uploads, erase):
    """Store the uploads, and take back those that were new if what follows fails."""
    new: list = []
    try:
        for member in uploads:
            name = member.removeprefix(MEDIA)
            if media.put(name, tar.extractfile(member), tar.getmember(member).size, erase):
                new.append(name)
        yield
    except BaseException:
        media.erase(new)
        raise
