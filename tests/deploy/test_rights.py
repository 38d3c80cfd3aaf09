"""The site's own role in PostgreSQL: it can do its work, and change no table and no audit."""

import os

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from clinic_site.appointments.models import AppointmentRequest
from content.models import ConditionPage
from tests.appointments.typing import send
from tests.deploy.proxy import DEPLOY

ROLE = f"clinic_web_{os.getpid()}"
RIGHTS = (DEPLOY / "postgresql/rights.sql").read_text().replace("clinic_web", ROLE)

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")


def become_the_site():
    """All that follows in this test is asked for by the site's role, until the test rolls back."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(RIGHTS)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)


@pytest.fixture
def editor(admin_user):
    client = Client()
    client.force_login(admin_user)
    return client


def test_patients_and_staff_are_served_as_the_sites_role(client, editor):
    page = ConditionPage.objects.live().first()
    become_the_site()

    for path in ("/en/", "/es/", page.url, "/en/search/?q=botox", "/en/appointments/", "/en/none/"):
        assert client.get(path).status_code == (404 if "none" in path else 200), path
    assert send(client).status_code == 303
    for path in ("/admin/", "/admin/images/add/", f"/admin/pages/{page.pk}/edit/"):
        assert editor.get(path).status_code == 200, path
    assert editor.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("command", ["publish_scheduled", "purge_requests", "clearsessions"])
def test_a_job_runs_as_the_sites_role(db, command):
    become_the_site()

    call_command(command, verbosity=0)


def test_a_request_is_purged_by_the_sites_role(client, db):
    send(client)
    become_the_site()

    call_command("purge_requests", reference=AppointmentRequest.objects.get().reference)

    assert not AppointmentRequest.objects.exists()


FORBIDDEN = [
    "CREATE TABLE anything (number int)",
    "ALTER TABLE wagtailcore_page ADD COLUMN anything int",
    "DROP TABLE wagtailcore_page",
    "TRUNCATE appointments_appointmentrequest CASCADE",
    "ALTER TABLE appointments_event DISABLE TRIGGER ALL",
    "UPDATE appointments_event SET by = 'somebody else'",
    "DELETE FROM appointments_event",
    "DELETE FROM django_migrations",
    "CREATE ROLE another SUPERUSER",
    "COPY wagtailcore_page TO PROGRAM 'cat'",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_sites_role_may_not(db, statement):
    become_the_site()

    with pytest.raises(ProgrammingError, match="permission denied|must be"), transaction.atomic():
        run(statement)


def test_a_table_of_a_later_migration_is_the_sites_to_fill_and_not_to_change(db):
    become_the_site()
    run("RESET ROLE; CREATE TABLE later (id serial, number int)")
    run(f"SET LOCAL ROLE {ROLE}; INSERT INTO later (number) VALUES (1); DELETE FROM later")

    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
        run("ALTER TABLE later ADD COLUMN more int")


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
