"""The menu beside the form and the search, which a process remembers for a second, changes at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from content import memory
from content.menu_memory import memory as menu

FORM, SPANISH_FORM = "/en/appointments/", "/es/appointments/"
OLD, NEW = "Treatments", "What we treat with"


@pytest.fixture
def db(outside_transactions):
    """The seeded database outside any transaction: within one, nothing is remembered."""
    menu.forget()


@pytest.fixture
def section(db):
    """A page of the menu."""
    yield treatments()
    rename(treatments(), OLD)


def treatments():
    return Page.objects.get(slug="treatments", locale__language_code="en").specific


def rename(page, title):
    page.title = title
    page.save_revision().publish()


def shown(client, path=FORM):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def about_the_menu(queries):
    """Listed pages come with questions' short answers, which nothing else beside a form does."""
    return [query["sql"] for query in queries if '"content_questionpage"' in query["sql"]]


def test_a_new_name_is_seen_by_the_next_reader(client, section):
    assert NEW not in shown(client)

    rename(section, NEW)

    assert NEW in shown(client)


def test_a_page_that_is_gone_leaves_the_menu(client, section):
    assert section.url in shown(client)

    section.unpublish()

    assert section.url not in shown(client)


def test_a_change_by_another_process_is_seen_after_a_second(client, section, monkeypatch):
    shown(client)
    # Like one that another process makes, this leaves no word with ours.
    Page.objects.filter(pk=section.pk).update(title=NEW)
    assert NEW not in shown(client)

    monkeypatch.setattr(memory, "SECONDS", 0)

    assert NEW in shown(client)


def test_each_reader_gets_the_menu_of_their_language(client, section):
    assert "/en/treatments/" in shown(client)
    assert "/en/treatments/" not in shown(client, SPANISH_FORM)


def test_the_second_reader_asks_nothing_of_the_database_for_it(client, section):
    with CaptureQueriesContext(connection) as first:
        shown(client)
    with CaptureQueriesContext(connection) as second:
        shown(client)

    assert about_the_menu(first)
    assert not about_the_menu(second)
