"""Archives in the age format: anybody with the public key makes one, only the private key opens it.

Any other age program opens them, too, should this site be gone.
"""

import tempfile
from pathlib import Path

import pyrage

from clinic_site.operations.archive import Reader
from clinic_site.operations.checking import DamagedError

MAGIC = b"age-encryption.org/"
# How Rust names an OSError of our files when it passes one on.
OWN_ERROR = "OSError: "


class WrongKeyError(RuntimeError):
    """A key that is missing, is not one, or does not open this archive."""


def recipient(key):
    """The public key that archives are encrypted to."""
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise WrongKeyError("BACKUP_KEY is not an age recipient (age1…).") from error


def encrypt(pieces, file, key):
    try:
        pyrage.encrypt_io(Reader(pieces), file, [recipient(key)])
    except pyrage.EncryptError as error:
        raise OSError(str(error).removeprefix(OWN_ERROR)) from error


def identities(path):
    """The private keys in an identity file, as `age-keygen` writes it."""
    lines = [line.strip() for line in Path(path).read_text().splitlines()]
    try:
        keys = [
            pyrage.x25519.Identity.from_str(line) for line in lines if line[:1] not in ("", "#")
        ]
    except pyrage.IdentityError as error:
        raise WrongKeyError(f"{path} holds no age identity (AGE-SECRET-KEY-…).") from error
    if not keys:
        raise WrongKeyError(f"{path} holds no age identity (AGE-SECRET-KEY-…).")
    return keys


def is_encrypted(file):
    file.seek(0)
    start = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


def decrypted(file, identity):
    """Return the archive itself: decrypted into a file without a name, which ends with us."""
    if not identity:
        raise WrongKeyError("The archive is encrypted: give the private key with --identity FILE.")
    keys = identities(identity)
    plain = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        pyrage.decrypt_io(file, plain, keys)
    except pyrage.DecryptError as error:
        plain.close()
        raise WrongKeyError("This identity does not open the archive.") from error
    except OSError as error:
        plain.close()
        if error.errno:
            raise
        raise DamagedError("The archive is cut off, or damaged.") from error
    return plain
