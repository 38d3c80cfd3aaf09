"""Helping somebody who lost the phone and the recovery codes."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry

from content.groups import SITE_MANAGERS
from tests.staff_accounts.signing_in import ENROL, LOGIN, code_of, is_in, sign_in


def reset_page(user):
    return f"/admin/account/second-factor/reset/{user.pk}/"


@pytest.fixture
def manager(client, django_user_model):
    """A browser in which a site manager works."""
    user = django_user_model.objects.create_user("max")
    user.groups.add(Group.objects.get(name=SITE_MANAGERS))
    browser = type(client)()
    browser.force_login(user)
    return browser


def test_a_site_manager_resets_somebodys_second_factor(client, newcomer, phone, manager):
    sign_in(client, code=code_of(phone))
    assert reset_page(newcomer) in manager.get("/admin/users/").content.decode()

    manager.get(reset_page(newcomer))
    assert is_in(client)
    manager.post(reset_page(newcomer))

    assert not is_in(client)
    sign_in(client)
    assert client.get(LOGIN).headers["Location"] == ENROL
    entry = ModelLogEntry.objects.get(action="staff_accounts.reset")
    assert (entry.label, entry.user.username, entry.data) == ("nora", "max", {})


def test_whoever_has_the_lost_phones_session_sets_up_no_authenticator(
    client, newcomer, phone, manager
):
    sign_in(client, code=code_of(phone))

    manager.post(reset_page(newcomer))

    assert client.get(ENROL).headers["Location"] == LOGIN


def test_nobody_but_an_administrator_resets_an_administrator(
    newcomer, phone, manager, admin_client
):
    newcomer.is_superuser = True
    newcomer.save()

    manager.post(reset_page(newcomer))
    assert TOTPDevice.objects.filter(user=newcomer).exists()

    admin_client.post(reset_page(newcomer))
    assert not TOTPDevice.objects.filter(user=newcomer).exists()


def test_nobody_resets_their_own(client, newcomer, phone):
    newcomer.is_superuser = True
    newcomer.save()
    sign_in(client, code=code_of(phone))

    client.post(reset_page(newcomer))

    assert TOTPDevice.objects.filter(user=newcomer).exists()


def test_the_server_resets_one_when_nobody_else_can(client, newcomer, phone, caplog):
    sign_in(client, code=code_of(phone))

    call_command("reset_second_factor", "nora", stdout=StringIO())

    assert not is_in(client)
    assert "The second factor of nora was reset by the server's administrator" in caplog.text


def test_the_server_says_so_when_there_is_no_such_account(db):
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody")
