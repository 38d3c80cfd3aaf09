"""The seeded site, once for each test process."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from content.models import HomePage


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with the starter content in it."""
    with django_db_blocker.unblock():
        for command in settings.STARTER_COMMANDS:
            call_command(command, stdout=StringIO())


@pytest.fixture(autouse=True)
def english_thread():
    """Each test starts in English: a request for a Spanish page leaves its thread in Spanish."""
    with translation.override("en"):
        yield


@pytest.fixture
def home(db):
    """The English home page."""
    return HomePage.objects.get(locale__language_code="en")
