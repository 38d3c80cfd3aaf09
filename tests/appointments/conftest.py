"""Requests and staff, without a patient: every name is made up and says so."""

import threading

import pytest
from django.contrib.auth.models import Group

from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import Reason
from clinic_site.appointments.receiving import receive
from tests.appointments.committed import clean_up
from tests.appointments.mail_server import MailServer


def answers(**changes):
    """What a request is made of, valid as it stands."""
    return {
        "name": "Test Person",
        "phone": "+13055550188",
        "email": "test.person@example.com",
        "channel": "call",
        "may_leave_message": True,
        "language": "en",
        "reason": Reason.objects.get(code="migraine"),
        "windows": ["tue_am", "thu_am"],
        "consent_version": "test",
        **changes,
    }


@pytest.fixture
def new_request(db):
    """A function that stores a request."""

    def make(spam_signs=(), sounds_urgent=False, **changes):
        return receive(new_key(), answers(**changes), spam_signs, sounds_urgent)

    return make


@pytest.fixture
def member(db, django_user_model):
    """A function that makes a member of staff in a group, and returns the user."""

    def make(group, name=""):
        user = django_user_model.objects.create_user(name or group.replace(" ", "-").lower())
        user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def clerk(member):
    return member("Front desk")


@pytest.fixture
def lead(member):
    return member("Front desk leads")


@pytest.fixture
def committed(outside_transactions):
    """The test database outside any transaction. What a test wrote goes after it.

    Tests ask for it by a `db` of their own.
    """
    yield
    clean_up()


@pytest.fixture
def mail_server(settings):
    """A mail server that listens, and takes what this process sends."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
        server.goes_on.set()
        server.shutdown()


@pytest.fixture
def mail(db):
    """A mail that waits."""
    return receive(new_key(), answers()).mails.get()
