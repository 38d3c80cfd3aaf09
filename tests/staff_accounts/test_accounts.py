"""Passwords, and accounts that nobody uses any more."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from clinic_site.settings import base
from tests.staff_accounts.signing_in import code_of, is_in, sign_in

LONG_AGO = timezone.now() - timedelta(days=91)
LATELY = timezone.now() - timedelta(days=80)


def disable_idle_accounts(*options):
    said = StringIO()
    call_command("disable_idle_accounts", *options, stdout=said)
    return said.getvalue()


@pytest.fixture
def administrator(django_user_model, db):
    return django_user_model.objects.create_superuser("ada", last_login=LONG_AGO)


@pytest.mark.parametrize("words", ["elevenwords", "password1234"])
def test_short_and_common_passwords_are_refused(words):
    with pytest.raises(ValidationError):
        validate_password(words)


def test_twelve_letters_without_figures_and_signs_are_enough():
    validate_password("quietzebrasx")


def test_passwords_are_hashed_with_argon2():
    with override_settings(PASSWORD_HASHERS=base.PASSWORD_HASHERS):
        assert identify_hasher(make_password("quietzebrasx")).algorithm == "argon2"


def test_an_account_idle_for_ninety_days_is_disabled(client, newcomer, phone, administrator):
    sign_in(client, code=code_of(phone))
    type(newcomer).objects.filter(pk=newcomer.pk).update(last_login=LONG_AGO)
    type(newcomer).objects.create_superuser("adam", last_login=LATELY)

    assert "nora" in disable_idle_accounts()

    newcomer.refresh_from_db()
    assert not newcomer.is_active
    assert not is_in(client)
    assert ModelLogEntry.objects.filter(action="staff_accounts.disable_idle").count() == 2


def test_an_account_in_use_stays(newcomer, administrator):
    type(newcomer).objects.filter(pk=newcomer.pk).update(last_login=LATELY)

    assert "nora" not in disable_idle_accounts()


def test_an_account_never_used_counts_from_the_day_it_was_made(newcomer, administrator):
    type(newcomer).objects.filter(pk=newcomer.pk).update(date_joined=LONG_AGO)

    assert "nora" in disable_idle_accounts()


def test_the_last_administrator_stays(administrator, django_user_model):
    older = django_user_model.objects.create_superuser(
        "older", last_login=LONG_AGO - timedelta(days=1)
    )

    disable_idle_accounts()

    assert list(django_user_model.objects.filter(is_active=True)) == [administrator]
    assert older != administrator


def test_a_dry_run_disables_nobody(newcomer, administrator):
    type(newcomer).objects.update(last_login=LONG_AGO)

    assert "Accounts that would be disabled: 1" in disable_idle_accounts("--dry-run")

    newcomer.refresh_from_db()
    assert newcomer.is_active


@pytest.fixture
def back(newcomer, administrator):
    """An account that was off while nobody used it."""
    type(newcomer).objects.update(last_login=LONG_AGO)
    disable_idle_accounts()
    newcomer.refresh_from_db()
    assert not newcomer.is_active
    return newcomer


def let_in_by_form(client, account):
    names = {"username": account.username, "first_name": "No", "last_name": "Ra"}
    form = {**names, "email": "nora@example.org", "is_active": "on", "is_superuser": "on"}
    client.post(reverse("wagtailusers_users:edit", args=[account.pk]), form)


def let_in_among_others(client, account):
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{bulk}?id={account.pk}", {"mark_as_active": "True"})


@pytest.mark.parametrize("let_in", [let_in_by_form, let_in_among_others])
def test_whoever_is_let_in_again_stays_for_another_ninety_days(client, administrator, back, let_in):
    client.force_login(administrator)
    let_in(client, back)
    back.refresh_from_db()
    assert back.is_active

    assert "nora" not in disable_idle_accounts()

    entry = ModelLogEntry.objects.get(action="staff_accounts.let_in")
    assert entry.user == administrator
    entry.timestamp = LONG_AGO
    entry.save()
    assert "nora" in disable_idle_accounts()


def test_a_change_of_an_account_that_is_on_puts_nothing_off(client, newcomer, administrator):
    type(newcomer).objects.filter(pk=newcomer.pk).update(last_login=LONG_AGO)
    client.force_login(administrator)

    let_in_by_form(client, newcomer)
    let_in_among_others(client, newcomer)

    assert "nora" in disable_idle_accounts()
