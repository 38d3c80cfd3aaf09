"""A backup as a tar: the database, the media, a manifest of both, and a seal over every byte.

It is made piece by piece, so that it needs no memory and no second copy on the disk. Any tar
program opens it; `checking.py` vouches for it.
"""

import io
import json
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from typing import NamedTuple

CHUNK = 1024 * 1024
FORMAT = 1
MANIFEST, SEAL, MEDIA = "manifest.json", "seal.sha256", "media/"


class Member(NamedTuple):
    """A file to be put into an archive, opened only when its turn comes."""

    name: str
    size: int
    open: Callable


class ChangedMeanwhileError(RuntimeError):
    """A file became shorter while it was read."""


def header(name, size):
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")


def padding(size):
    return bytes(-size % tarfile.BLOCKSIZE)


def whole(name, content):
    """A small member, from its header to its padding."""
    return header(name, len(content)) + content + padding(len(content))


def chunks_of(member):
    """Yield as many bytes as the header says: a file that grows meanwhile is cut there."""
    left = member.size
    with closing(member.open()) as source:
        while left:
            chunk = source.read(min(CHUNK, left))
            if not chunk:
                raise ChangedMeanwhileError(member.name)
            left -= len(chunk)
            yield chunk


def archived(members: Iterable[Member], facts: dict) -> Iterator[bytes]:
    """Yield the archive in pieces. The manifest comes last: only then are the sums known."""
    listed: dict = {}
    for member in members:
        digest = sha256()
        yield header(member.name, member.size)
        for chunk in chunks_of(member):
            digest.update(chunk)
            yield chunk
        yield padding(member.size)
        listed[member.name] = {"size": member.size, "sha256": digest.hexdigest()}
    manifest = facts | {"format": FORMAT, "members": listed}
    yield whole(MANIFEST, json.dumps(manifest, indent=1).encode())


def sealed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Add the sum of everything before it, and the zeros that end a tar."""
    digest, size = sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        yield piece
    seal = whole(SEAL, digest.hexdigest().encode())
    end = 2 * tarfile.BLOCKSIZE
    yield seal + bytes(end + -(size + len(seal) + end) % tarfile.RECORDSIZE)


class Reader(io.RawIOBase):
    """Pieces as a file to read, for the cipher."""

    def __init__(self, pieces):
        self.pieces, self.rest = iter(pieces), b""

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self.rest:
            piece = next(self.pieces, None)
            if piece is None:
                return 0
            self.rest = piece
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size
