"""What has become stale, written by whoever changed it and read by every process.

A journal has two methods. `write(touched)` adds a change. `read()` returns the changes since the
last call, or everything if its place in the journal is lost. Both raise JournalUnavailableError.
"""

import fcntl
import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from clinic_site.loading import loaded_when_used
from content.touched_pages import EVERYTHING, Touched

redis = loaded_when_used("redis")

NAME = "clinic-site:touched-pages"
# Long enough for a busy server, short enough that no reader notices that it does not answer.
SECONDS = 0.25
MOST_LINES, MOST_BYTES = 1000, 1_000_000


class JournalUnavailableError(Exception):
    """The journal can be neither read nor written now."""


def open_journal(url):
    """The journal at `redis://…`, `rediss://…`, `unix://…` (Redis) or `file:///…`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FileJournal(Path(parts.path))
    return RedisJournal(url)


def to_line(touched):
    return json.dumps([sorted(touched.pages), sorted(touched.renamed), touched.everything])


def from_line(line):
    pages, renamed, everything = json.loads(line)
    return Touched(frozenset(pages), frozenset(renamed), everything)


class FileJournal:
    """For all processes of one machine: a file that is only added to, and begun anew when long."""

    def __init__(self, path):
        self.path = path
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(0o640)
        self.place = self.end()

    def end(self):
        """The file, by its number, and where it ends."""
        with suppress(OSError):
            found = os.stat(self.path)
            return found.st_ino, found.st_size
        return 0, 0

    def write(self, touched):
        try:
            with self.opened() as file:
                os.write(file, (to_line(touched) + "\n").encode())
        except OSError as error:
            raise JournalUnavailableError from error

    @contextmanager
    def opened(self):
        """The file to add to, while no other process begins it anew."""
        with open(self.path.with_suffix(".lock"), "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.end()[1] > MOST_BYTES:
                # Both files exist for a moment, so that the new one has another number.
                new = self.path.with_suffix(".new")
                new.touch(0o640)
                new.replace(self.path)
            file = os.open(self.path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o640)
            try:
                yield file
            finally:
                os.close(file)

    def read(self):
        number, size = end = self.end()
        if end == self.place:
            return []
        known, start = self.place
        try:
            changes = [EVERYTHING] if number != known or size < start else self.lines(start, size)
        except OSError as error:
            raise JournalUnavailableError from error
        self.place = end
        return changes

    def lines(self, start, end):
        with open(self.path, "rb") as file:
            file.seek(start)
            lines = file.read(end - start).splitlines()
        try:
            return [from_line(line) for line in lines]
        except ValueError:
            # A line that is not whole yet: the next look would begin in its middle.
            return [EVERYTHING]


class RedisJournal:
    """For all machines: a stream in Redis, of which only the last lines are kept."""

    def __init__(self, url):
        self.server = redis.Redis.from_url(
            url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, decode_responses=True
        )
        self.place = None

    def write(self, touched):
        try:
            self.server.xadd(NAME, {"touched": to_line(touched)}, maxlen=MOST_LINES)
        except redis.RedisError as error:
            raise JournalUnavailableError from error

    def read(self):
        try:
            if self.place is None:
                return self.begin()
            lines = self.server.xrange(NAME, self.place)
        except redis.RedisError as error:
            raise JournalUnavailableError from error
        if not lines or lines[0][0] != self.place:
            # Our place was dropped, or Redis began anew and knows nothing.
            self.place = None
            return self.read()
        self.place = lines[-1][0]
        return [from_line(line["touched"]) for _id, line in lines[1:] if line]

    def begin(self):
        """Mark our own place: what was remembered before it may be stale."""
        self.place = self.server.xadd(NAME, {"touched": to_line(Touched())}, maxlen=MOST_LINES)
        return [EVERYTHING]
