"""The test database outside any transaction, for tests with several threads or processes."""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import connection

from clinic_site.appointments.models import AppointmentRequest, Event, KeptCount, OutboxMail

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"


def clean_up():
    """Remove what a test committed, the audit too."""
    for model in (OutboxMail, AppointmentRequest, KeptCount):
        model.objects.all().delete()
    get_user_model().objects.filter(username__startswith="front-desk").delete()
    with connection.cursor() as cursor, audit_unlocked(cursor):
        cursor.execute(f"DELETE FROM {Event._meta.db_table}")


@contextmanager
def audit_unlocked(cursor):
    """Nothing but a test does this: take off the triggers that keep the audit append-only."""
    table = Event._meta.db_table
    if connection.vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    cursor.execute(TRIGGERS, [table])
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        cursor.execute(sql)
