"""What this process remembers of the database for a second, since nearly every page shows it."""

from time import monotonic

from django.db import connection

SECONDS = 1


class Memory:
    """Remembers what `load` answers, by its arguments. Other processes' changes show within a second.

    Inside a transaction nothing is remembered, since what it says may be taken back.
    """

    def __init__(self, load):
        self.load = load
        self._known: dict = {}

    def recall(self, *key):
        if connection.in_atomic_block:
            return self.load(*key)
        found, since = self._known.get(key, (None, 0.0))
        if found is None or monotonic() - since > SECONDS:
            found = self.load(*key)
            self._known[key] = found, monotonic()
        return found

    def forget(self, **kwargs):
        self._known = {}
