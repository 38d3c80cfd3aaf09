"""People at work in the admin."""

import re

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale

from content.groups import EDITORS


@pytest.fixture
def editor(db, client, django_user_model):
    """The client, logged in as one of the clinic's editors."""
    user = django_user_model.objects.create_user("ana", password="long enough for a test")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return client


@pytest.fixture
def member(django_user_model):
    """A function that makes a member of a group."""

    def member(role, name="member"):
        user = django_user_model.objects.create_user(name)
        user.groups.add(Group.objects.get(name=role))
        return user

    return member


@pytest.fixture
def sign_in(client, member):
    """A function that signs a new member of a group in, and returns the account."""

    def sign_in(role):
        user = member(role, role)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def dashboard(client, member):
    """A function that returns what the first page shows a new member of a group."""
    members = {}

    def dashboard(role):
        members[role] = members.get(role) or member(role, role)
        client.force_login(members[role])
        page = client.get("/admin/").content.decode()
        return re.search(r'<section [^>]*id="waiting-section".*?</section>', page, re.DOTALL)[0]

    return dashboard


@pytest.fixture
def english(db):
    return Locale.get_default()


@pytest.fixture
def french(db):
    """A language that has no pages yet."""
    return Locale.objects.create(language_code="fr")
