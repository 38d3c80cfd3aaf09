"""The clinic's details, remembered for a second: every page shows them, and they seldom change."""

from copy import copy
from time import monotonic

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_migrate, post_save

from content.models import ClinicSettings

SECONDS = 1


class ClinicMemory:
    """What this process knows of the clinic. Others learn of a change within the second."""

    _known: tuple[ClinicSettings | None, float] = None, 0.0

    def recall(self):
        """The clinic's settings, in a copy: they keep words of the language they are read in.

        Inside a transaction nothing is remembered, since what it says may be taken back.
        """
        if connection.in_atomic_block:
            return ClinicSettings.load()
        clinic, since = self._known
        if clinic is None or monotonic() - since > SECONDS:
            clinic = ClinicSettings.load()
            self._known = clinic, monotonic()
        return copy(clinic)

    def forget(self):
        self._known = None, 0.0


memory = ClinicMemory()


def forget_soon(**kwargs):
    """Forget what was remembered, once the change is there for all to read."""
    transaction.on_commit(memory.forget)


def connect():
    for signal in (post_save, post_delete):
        signal.connect(forget_soon, ClinicSettings, dispatch_uid="content.forget_clinic")
    # Migrations, and tests that empty the database, change rows without saving them.
    post_migrate.connect(forget_soon, dispatch_uid="content.forget_clinic")
