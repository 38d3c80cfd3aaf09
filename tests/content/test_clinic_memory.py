"""The clinic's details, which a process remembers for a second, change for readers at once."""

import pytest
from django.db import transaction

from content import memory
from content.models import ClinicSettings

OLD, NEW = "305-555-0142", "305-372-5000"


@pytest.fixture
def db(outside_transactions):
    """The seeded database outside any transaction: within one, nothing is remembered."""
    yield
    change_phone(OLD)


def change_phone(number):
    clinic = ClinicSettings.load()
    clinic.phone = number
    clinic.save()


def shown(client, path="/en/about/"):
    return client.get(path).content.decode()


def test_a_change_is_seen_by_the_next_reader(client, db):
    assert OLD in shown(client)

    change_phone(NEW)

    assert NEW in shown(client)


def test_a_change_that_is_taken_back_leaves_nothing_behind(client, db):
    shown(client)

    with transaction.atomic():
        change_phone(NEW)
        assert NEW in shown(client)
        transaction.set_rollback(True)

    assert OLD in shown(client)


def test_a_change_by_another_process_is_seen_after_a_second(client, db, monkeypatch):
    shown(client)
    # Like one that another process makes, this leaves no word with ours.
    ClinicSettings.objects.update(phone=NEW)
    assert OLD in shown(client)

    monkeypatch.setattr(memory, "SECONDS", 0)

    assert NEW in shown(client)


def test_each_reader_gets_the_words_of_their_language(client, db):
    assert "Monday to Friday" in shown(client)
    assert "lunes a viernes" in shown(client, "/es/sobre-nosotros/").lower()
