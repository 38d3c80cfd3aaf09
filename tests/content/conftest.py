"""People at work in the admin."""

import pytest
from django.contrib.auth.models import Group

from content.groups import EDITORS


@pytest.fixture
def editor(db, client, django_user_model):
    """The client, logged in as one of the clinic's editors."""
    user = django_user_model.objects.create_user("ana", password="long enough for a test")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return client
