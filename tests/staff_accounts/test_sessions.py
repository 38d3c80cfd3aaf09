"""How long staff stay signed in, and what ends it."""

from datetime import timedelta
from time import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.staff_accounts.signing_in import PASSWORD, code_of, is_in, sign_in

PING = "/admin/editing-sessions/ping/content/conditionpage/1/1/"


@pytest.fixture
def nora(client, newcomer, phone):
    """A browser in which the newcomer works."""
    sign_in(client, code=code_of(phone, -3))
    return client


def turn_back(client, **clocks):
    """Make the session older than it is."""
    session = client.session
    for name, seconds in clocks.items():
        session[name] = int(time()) - seconds
    session.save()


def ends_in(client):
    """The seconds until the session ends, if nobody works in it."""
    stored = Session.objects.get(session_key=client.session.session_key)
    return (stored.expire_date - timezone.now()).total_seconds()


def test_half_an_hour_without_work_ends_the_session(nora):
    assert 1000 < ends_in(nora) <= 1800

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_in(nora)


def test_work_puts_the_end_off(nora):
    turn_back(nora, seen_at=90)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=100))

    assert is_in(nora)

    assert ends_in(nora) > 1000


def test_a_page_left_open_does_not_put_the_end_off(nora):
    turn_back(nora, seen_at=90)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=100))

    nora.post(PING, {})

    assert ends_in(nora) <= 100


@pytest.mark.parametrize(("hours", "is_open"), [(11, True), (13, False)])
def test_twelve_hours_end_the_session_in_any_case(nora, hours, is_open):
    turn_back(nora, signed_in_at=hours * 3600)

    assert is_in(nora) == is_open


def test_signing_in_changes_the_key_of_the_session(client, newcomer, phone):
    client.get("/admin/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    sign_in(client, code=code_of(phone))

    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_signing_out_ends_the_other_sessions_too(nora, phone, admin_client):
    sign_in(elsewhere := Client(), code=code_of(phone))
    assert is_in(elsewhere)

    nora.post("/admin/logout/")

    assert not is_in(nora)
    assert not is_in(elsewhere)
    assert is_in(admin_client)


def test_a_new_password_ends_the_other_sessions(nora, phone):
    sign_in(elsewhere := Client(), code=code_of(phone))
    form = {
        "password-old_password": PASSWORD,
        "password-new_password1": "other words of nora",
        "password-new_password2": "other words of nora",
        "name_email-email": "nora@example.org",
        "name_email-first_name": "N",
        "name_email-last_name": "O",
        "locale-preferred_language": "en",
        "locale-current_time_zone": "America/New_York",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }

    nora.post("/admin/account/", form)

    assert is_in(nora)
    assert not is_in(elsewhere)


def test_the_cookie_is_closed_to_scripts_and_ends_with_the_browser(client, newcomer, phone):
    cookie = sign_in(client, code=code_of(phone)).cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_readers_get_no_session_and_pages_do_not_vary_by_one(nora, home):
    answer = Client().get(home.url)
    theirs = nora.get(home.url)

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not theirs.cookies


@pytest.mark.parametrize("many", [False, True])
def test_an_account_let_in_again_signs_in_anew(nora, newcomer, admin_client, many):
    type(newcomer).objects.filter(pk=newcomer.pk).update(is_active=False)
    assert not is_in(nora)

    if many:
        address = "/admin/bulk/auth/user/set_active_state/"
        admin_client.post(f"{address}?id={newcomer.pk}", {"mark_as_active": "True"})
    else:
        newcomer.is_active = True
        newcomer.save()

    newcomer.refresh_from_db()
    assert newcomer.is_active
    assert not is_in(nora)


def test_saving_something_else_of_an_account_lets_nobody_in(nora, newcomer):
    """Such as the time of a login, by who read the account before it was turned off."""
    accounts = type(newcomer).objects.filter(pk=newcomer.pk)
    accounts.update(is_active=False)

    newcomer.save(update_fields=["last_login"])

    accounts.update(is_active=True)
    assert is_in(nora)
