"""What a page asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from clinic_site.page_cache.management.commands.bench import purpose
from content.models import BasePage, QuestionPage, StandardPage

# The page, what refers to what, the pages around it, and then of what it shows: sources, danger
# messages, terms; a list of pages asks once more for each list.
MOST_QUERIES = 6
# A process remembers it for a second, but not within a test's transaction.
REMEMBERED = "the clinic's name, phone and hours"
PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def queries_of(client, page):
    client.get(page.url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.url).status_code == 200
    asked = [query["sql"] for query in queries.captured_queries]
    return [sql for sql in asked if purpose(sql) != REMEMBERED]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("model", PAGE_TYPES)
def test_a_page_asks_little_and_nothing_twice(client, db, model, language):
    for page in model.objects.live().filter(locale__language_code=language):
        asked = queries_of(client, page)

        assert len(asked) <= MOST_QUERIES, (page.url, [purpose(sql) for sql in asked])
        assert len(asked) == len(set(asked)), page.url


def test_a_page_of_another_type_can_take_over_an_address(client, db):
    question = QuestionPage.objects.filter(locale__language_code="en").first()
    address, parent = question.url, question.get_parent()
    client.get(address)

    question.delete()
    parent.refresh_from_db()
    parent.add_child(
        instance=StandardPage(title="Moved in", slug=question.slug, summary="A new page.")
    )

    assert "Moved in" in client.get(address).content.decode()
