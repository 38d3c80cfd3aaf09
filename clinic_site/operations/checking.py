"""Is a backup whole, and what does it hold? Nothing is restored before this has said yes."""

import json
import re
import tarfile
from hashlib import sha256

from clinic_site.operations.archive import CHUNK, FORMAT, MANIFEST, MEDIA, SEAL, whole

SAFE_NAME = re.compile(rf"{MEDIA}(?!/)(?!(.*/)?\.\.?(/|$)).+|database\.[a-z0-9.]+")


class DamagedError(RuntimeError):
    """The file is not the archive that was written."""


def checked(file):
    """Return the manifest of an archive of which every byte is as it was written."""
    try:
        return read(file)
    except (tarfile.TarError, UnicodeDecodeError, ValueError, KeyError, EOFError) as error:
        raise DamagedError("This is no archive of this site, or it is damaged.") from error


def read(file):
    file.seek(0)
    with tarfile.open(fileobj=file, mode="r:") as tar:
        check_seal(file, tar)
        manifest = json.loads(content_of(tar, MANIFEST).read())
        check_members(tar, manifest)
    return manifest


def check_seal(file, tar):
    """Compare the sum of all that stands before the seal, and the seal with what it must be."""
    last = tar.getmembers()[-1] if tar.getmembers() else None
    if last is None or last.name != SEAL:
        raise DamagedError("The archive is cut off, or damaged.")
    file.seek(0)
    expected = whole(SEAL, sum_of(file, last.offset).encode())
    if file.read(len(expected)) != expected or any(rest := file.read()) or not is_ended(file, rest):
        raise DamagedError("The archive is damaged: its bytes are not those that were written.")


def is_ended(file, rest):
    """Are the zeros all there that end a tar?"""
    return len(rest) >= 2 * tarfile.BLOCKSIZE and file.tell() % tarfile.RECORDSIZE == 0


def sum_of(file, size):
    """The SHA-256 of the file's next so many bytes."""
    digest = sha256()
    while size and (chunk := file.read(min(CHUNK, size))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def content_of(tar, name):
    content = tar.extractfile(name)
    if content is None:
        raise DamagedError("The archive names something that is no file.")
    return content


def check_members(tar, manifest):
    if manifest["format"] != FORMAT:
        raise DamagedError(
            f"The archive has format {manifest['format']}; this site reads {FORMAT}."
        )
    members = manifest["members"]
    if tar.getnames() != [*members, MANIFEST, SEAL]:
        raise DamagedError("The archive does not hold what its manifest names.")
    for name, facts in members.items():
        if not SAFE_NAME.fullmatch(name):
            raise DamagedError("The archive names a file outside its place.")
        if sum_of(content_of(tar, name), facts["size"]) != facts["sha256"]:
            raise DamagedError("A file in the archive is not the one that was stored.")
