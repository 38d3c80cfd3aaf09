"""Requests and staff, without a patient: every name is made up and says so."""

import pytest
from django.contrib.auth.models import Group

from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import Reason
from clinic_site.appointments.receiving import receive


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
