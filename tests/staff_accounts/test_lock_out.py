"""Guessing passwords and codes."""

import logging
import os
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import call_command
from django.utils import timezone

from tests.staff_accounts.signing_in import PASSWORD, code_of, is_in, sign_in

# A hundred in the suite; a thousand in `make drill`.
GUESSES = 10 * int(os.environ.get("DRILL_ROUNDS") or 10)
PROXY = "203.0.113.9"


class CountingHasher(MD5PasswordHasher):
    """Counts how many passwords were looked at."""

    algorithm = "counted"
    looked_at = 0

    def verify(self, password, encoded):
        CountingHasher.looked_at += 1
        return super().verify(password, encoded)


@pytest.fixture
def guess(client, newcomer, settings):
    """A function: guess so often, behind one proxy, with another forged address each time."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    settings.TRUSTED_PROXY_COUNT = 1
    newcomer.set_password(PASSWORD)
    newcomer.save()
    CountingHasher.looked_at = 0

    def guess(times):
        for number in range(times):
            forged = f"10.{number // 250}.0.{number % 250}, {PROXY}"
            sign_in(client, f"guess {number}", HTTP_X_FORWARDED_FOR=forged)
        return CountingHasher.looked_at

    return guess


@pytest.mark.slow
def test_of_all_guesses_five_are_looked_at(guess, client):
    assert guess(GUESSES) == 5
    assert sign_in(client, HTTP_X_FORWARDED_FOR=f"10.9.9.9, {PROXY}").status_code == 429


def test_without_the_lock_out_each_guess_is_looked_at(guess, settings):
    """The twin: the same guesses with the protection off."""
    settings.AXES_ENABLED = False

    assert guess(20) == 20


@pytest.mark.slow
def test_whoever_trusts_the_forged_address_is_guessed_at_for_ever(guess, settings):
    """The twin: the same guesses, counted by what the guesser claims."""
    settings.TRUSTED_PROXY_COUNT = 2

    assert guess(20) == 20


def test_a_home_with_many_ipv6_addresses_counts_once(client, newcomer):
    answers = [sign_in(client, "wrong", REMOTE_ADDR=f"2001:db8::{n}") for n in range(1, 6)]

    assert answers[-1].status_code == 429
    assert sign_in(client, "wrong", REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


@pytest.mark.parametrize("address", ["", "unknown", "203.0.113.9:4711"])
def test_an_address_that_is_none_is_locked_out_all_the_same(client, newcomer, address):
    answers = [sign_in(client, "wrong", REMOTE_ADDR=address) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]


def test_the_locked_page_says_what_to_do(client, newcomer):
    answers = [sign_in(client, "wrong") for _ in range(5)]

    page = answers[-1].content.decode()
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "Too many wrong tries" in page
    assert "tel:+13055550142" in page
    assert answers[-1].headers["Retry-After"] == "900"


def test_wrong_codes_count_as_wrong_passwords_do(client, newcomer, phone):
    answers = [sign_in(client, code="7654321") for _ in range(5)]

    assert answers[-1].status_code == 429
    assert sign_in(client, code=code_of(phone)).status_code == 429
    assert not is_in(client)


def test_wrong_codes_count_on_the_pages_that_ask_for_one_more(client, newcomer, phone):
    sign_in(client, code=code_of(phone, -3))
    address = "/admin/account/second-factor/recovery-codes/"

    answers = [client.post(address, {"own_code": "7654321"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]


def test_nobody_is_locked_out_from_elsewhere(client, newcomer, phone):
    for _ in range(6):
        sign_in(client, "wrong", REMOTE_ADDR="203.0.113.66")

    sign_in(client, code=code_of(phone), REMOTE_ADDR="203.0.113.5")

    assert is_in(client)


def test_signing_in_forgets_the_tries_before(client, newcomer, phone):
    for _ in range(4):
        sign_in(client, "wrong")

    sign_in(client, code=code_of(phone))

    assert not AccessAttempt.objects.exists()


def test_after_a_quarter_of_an_hour_the_lock_opens(client, newcomer, phone):
    for _ in range(6):
        sign_in(client, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    sign_in(client, code=code_of(phone))

    assert is_in(client)


def test_neither_log_nor_table_keeps_what_was_typed(client, newcomer, phone, caplog):
    caplog.set_level(logging.DEBUG, "axes")

    sign_in(client, "my secret word", code="7654321", name="my secret word")
    sign_in(client, code="7654321")
    sign_in(client, code=code_of(phone), HTTP_USER_AGENT="Nora's phone")

    kept = str(list(AccessAttempt.objects.values("get_data", "post_data")))
    assert "7654321" not in kept + caplog.text
    assert "secret" not in kept + caplog.text
    assert "nora" not in caplog.text
    assert "127.0.0.1" not in caplog.text
    assert not AccessLog.objects.exists()


def test_old_tries_are_deleted(client, newcomer):
    sign_in(client, "wrong")
    sign_in(client, "wrong", REMOTE_ADDR="203.0.113.66")
    old = AccessAttempt.objects.filter(ip_address="203.0.113.66")
    old.update(attempt_time=timezone.now() - timedelta(minutes=16))

    call_command("forget_login_attempts")

    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


def test_many_names_tried_from_one_address_lock_nobody_out(client, newcomer, phone):
    """A clinic's whole staff shares one address."""
    for number in range(10):
        sign_in(client, "wrong", name=f"nobody {number}")

    sign_in(client, code=code_of(phone))

    assert is_in(client)
