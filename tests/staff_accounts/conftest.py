"""Somebody on the staff, and the codes that their phone would show."""

from base64 import b32decode

import pytest
from django.contrib.auth.models import Group
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.appointments.roles import LEADS
from tests.staff_accounts.signing_in import PASSWORD


@pytest.fixture
def newcomer(db, django_user_model):
    """A member of the front desk with a password and nothing else."""
    user = django_user_model.objects.create_user("nora", password=PASSWORD)
    user.groups.add(Group.objects.get(name=LEADS))
    return user


@pytest.fixture
def phone(newcomer):
    """The authenticator that the newcomer has set up; patient, as tests may be slow."""
    return TOTPDevice.objects.create(user=newcomer, name="Authenticator", tolerance=20)


@pytest.fixture
def app():
    """A function: what an authenticator app shows for a key as people type it."""

    def shows(key):
        return f"{TOTP(b32decode(key.replace(' ', ''))).token():06}"

    return shows
