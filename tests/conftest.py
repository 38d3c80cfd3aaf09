"""The seeded site, once for each test process."""

from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db import connection
from django.dispatch import receiver
from django.utils import translation
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice

from content.models import HomePage
from tests import seeded_database
from tests.appointments.drill_databases import copy_of_test_database


@pytest.fixture(scope="session")
def django_db_keepdb():
    """SQLite's file may be there already, copied from one that was seeded before."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def ready_made(django_db_modify_db_settings):
    """The seeded database of an earlier process, if it is there; else the right to make it."""
    if connection.vendor != "sqlite":
        return None
    return seeded_database.found(connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(ready_made, django_db_setup, django_db_blocker):
    """The test database, with the starter content in it."""
    if ready_made is seeded_database.THERE:
        return
    with django_db_blocker.unblock():
        for command in settings.STARTER_COMMANDS:
            call_command(command, stdout=StringIO())
        if ready_made:
            seeded_database.keep(connection.settings_dict["NAME"], ready_made)


@pytest.fixture
def outside_transactions(django_db_setup, django_db_blocker):
    """The test database as other threads and processes see it, and write to it.

    Tests ask for it by a fixture of their own that is named `db`: pytest-django makes the test
    database only for who asks by that name.
    """
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def database(db, outside_transactions, tmp_path):
    """A copy of the seeded test database that nobody else uses, for those who break it.

    Their own `db` is `outside_transactions`, too.
    """
    copy = copy_of_test_database(tmp_path)
    yield copy
    copy.drop()


@receiver(user_logged_in)
def show_a_second_factor(request, user, **kwargs):
    """Whoever a test forces in has shown a second factor; whoever signs in by the form must."""
    if request.resolver_match is None:
        device, _made = StaticDevice.objects.get_or_create(user=user, name="Of the tests")
        request.session[DEVICE_ID_SESSION_KEY] = device.persistent_id


@pytest.fixture(autouse=True)
def english_thread():
    """Each test starts in English: a request for a Spanish page leaves its thread in Spanish."""
    with translation.override("en"):
        yield


@pytest.fixture
def home(db):
    """The English home page."""
    return HomePage.objects.get(locale__language_code="en")
