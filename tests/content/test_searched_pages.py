"""What search has written down of the pages is what the pages say, whatever happened to them."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from content.models import (
    ConditionPage,
    DangerMessage,
    HelpPage,
    SearchedPage,
    SearchedWord,
)

SEARCH = "/en/search/"


@pytest.fixture
def dystonia(db):
    return ConditionPage.objects.get(slug="cervical-dystonia", locale__language_code="en")


def written():
    """Everything that search knows, without what differs each time."""
    pages = SearchedPage.objects.order_by("pk").values()
    words = SearchedWord.objects.order_by("page", "stem").values()
    return [{**row, "stamp": 0} for row in pages], list(words)


def written_anew():
    """The same, read from every page now."""
    SearchedPage.objects.all().delete()
    call_command("update_index", backend_name="readers", verbosity=0)
    return written()


def found(client, typed):
    return [
        result.page.slug for result in client.get(SEARCH, {"q": typed}).context["answer"].results
    ]


def change_a_danger_message(page):
    message = DangerMessage.objects.get(slug="stroke", locale__language_code="en")
    message.title = "Signs of a wobblehead"
    message.save()


def publish(page):
    page.title, page.summary = "Wobblehead", "A wobblehead wobbles."
    page.save_revision().publish()


def write_a_draft(page):
    page.title = "Wobblehead"
    page.save_revision()


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        publish,
        write_a_draft,
        change_a_danger_message,
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: page.copy(update_attrs={"slug": "wobblehead", "title": "Wobblehead"}),
        lambda page: page.move(page.get_parent(), "first-child"),
    ],
    ids=["publish", "draft", "danger message", "unpublish", "delete", "copy", "move"],
)
def test_what_search_knows_never_goes_stale(dystonia, django_capture_on_commit_callbacks, change):
    with django_capture_on_commit_callbacks(execute=True):
        change(dystonia)

    kept = written()
    assert kept == written_anew()


def test_a_changed_danger_message_finds_the_page_that_shows_it(
    client, db, django_capture_on_commit_callbacks
):
    page = HelpPage.objects.get(locale__language_code="en")
    assert page.slug not in found(client, "wobblehead")

    with django_capture_on_commit_callbacks(execute=True):
        change_a_danger_message(page)

    assert page.slug in found(client, "wobblehead")


def test_a_page_taken_down_without_wagtail_is_not_found(client, dystonia):
    ConditionPage.objects.filter(pk=dystonia.pk).update(live=False)

    assert dystonia.slug not in found(client, "wry neck")


def test_a_page_below_a_private_one_is_not_found(client, dystonia):
    PageViewRestriction.objects.create(page=dystonia.get_parent(), password="secret")

    assert dystonia.slug not in found(client, "wry neck")


def test_the_words_of_a_private_page_are_not_suggested(client, dystonia):
    publish(dystonia)
    suggested = client.get(SEARCH, {"q": "wobblehed"}).context["answer"].suggestion
    assert suggested == "wobblehead"

    PageViewRestriction.objects.create(page=dystonia.page_ptr, password="secret")

    assert client.get(SEARCH, {"q": "wobblehed"}).context["answer"].suggestion != "wobblehead"


def test_the_words_of_all_pages_are_read_once_for_many_misspellings(client, dystonia):
    client.get(SEARCH, {"q": "migrane"})

    with CaptureQueriesContext(connection) as captured:
        client.get(SEARCH, {"q": "distonia"})

    assert not [
        query for query in captured if "ROW_NUMBER" in query["sql"] and "sentences" in query["sql"]
    ]


def test_a_word_as_long_as_a_book_stops_no_page_from_being_published(client, dystonia):
    dystonia.summary = "Wobblehead " + "x" * 180
    dystonia.also_called += "\n" + "y" * 5000
    dystonia.save_revision().publish()

    assert dystonia.slug in found(client, "wobblehead")
