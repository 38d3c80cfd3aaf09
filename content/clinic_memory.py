"""The clinic's details, which every page shows, and which seldom change."""

from copy import copy

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save

from content.memory import Memory
from content.models import ClinicSettings

memory = Memory(ClinicSettings.load)


def recall():
    """The clinic's settings, in a copy: they keep words of the language they are read in."""
    return copy(memory.recall())


def forget_soon(**kwargs):
    """Forget what was remembered, once the change is there for all to read."""
    transaction.on_commit(memory.forget)


def connect():
    for signal in (post_save, post_delete):
        signal.connect(forget_soon, ClinicSettings, dispatch_uid="content.forget_clinic")
    # Migrations, and tests that empty the database, change rows without saving them.
    post_migrate.connect(forget_soon, dispatch_uid="content.forget_clinic")
