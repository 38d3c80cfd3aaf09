"""The seeded site, once for each test process."""

import gc
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.dispatch import receiver
from django.utils import translation
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from wagtail.models import Site

from content.models import HomePage
from tests import seeded_database
from tests.appointments.drill_databases import copy_of_test_database

# What loading makes stays: to look through it again and again costs each process half a second.
gc.disable()


def pytest_collection_modifyitems(items):
    """Begin with what takes long, so that no process waits for another one in the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish():
    """Look through what stays anyway, code and tests, no more: it is a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The test database may be there already, copied from one that was seeded before."""
    return True


@pytest.fixture(scope="session")
def ready_made(django_db_modify_db_settings, django_db_blocker):
    """What an earlier process left of the test database."""
    with django_db_blocker.unblock():
        return seeded_database.Preparation()


@pytest.fixture(scope="session")
def django_db_setup(ready_made, django_db_setup, django_db_blocker):
    """The test database, with the starter content in it."""
    with django_db_blocker.unblock():
        ready_made.finish(seed)
    yield
    with django_db_blocker.unblock():
        ready_made.kept.clear_up()


def seed():
    for command in settings.STARTER_COMMANDS:
        call_command(command, stdout=StringIO())


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


@pytest.fixture(autouse=True)
def root_of_the_site():
    """Where the site begins is looked up anew: a test may have left it where it was taken back from."""
    Site.clear_site_root_paths_cache()


@pytest.fixture
def home(db):
    """The English home page."""
    return HomePage.objects.get(locale__language_code="en")
