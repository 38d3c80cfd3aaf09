"""A site of ten thousand pages asks the database no more often than one of a hundred."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from content.models import ConditionIndexPage, ConditionPage, QuestionPage

MANY = 10_000

pytestmark = pytest.mark.slow
INSERT = """
    INSERT INTO content_conditionpage (page_ptr_id, {columns})
    SELECT page.id, {values} FROM wagtailcore_page page, content_conditionpage model
    WHERE model.page_ptr_id = %s AND page.slug LIKE 'generated-%%'
"""

# Indexing so many pages one by one takes a minute; they all have the model's words.
INDEX = """
    INSERT INTO wagtailsearch_indexentry (object_id, {columns})
    SELECT CAST(page.id AS text), {values} FROM wagtailcore_page page, wagtailsearch_indexentry model
    WHERE model.object_id = %s AND model.content_type_id = %s AND page.slug LIKE 'generated-%%'
"""


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def generate_conditions(how_many):
    """Add live conditions, each with the words “migraine” and “botox” in its text."""
    index = ConditionIndexPage.objects.get(locale__language_code="en")
    model = index.add_child(instance=ConditionPage(title="Model", slug="model", summary="Botox."))
    ConditionPage.objects.filter(pk=model.pk).update(summary="Botox helps with migraine.")
    Page.objects.bulk_create(
        Page(
            title=f"Generated {number}",
            slug=f"generated-{number}",
            path=f"{index.path}{Page._int2str(number).rjust(4, '0')}",
            depth=index.depth + 1,
            url_path=f"{index.url_path}generated-{number}/",
            content_type=model.content_type,
            locale=index.locale,
            translation_key=uuid4(),
        )
        for number in range(1000, 1000 + how_many)
    )
    own = [f.column for f in ConditionPage._meta.local_fields if not f.primary_key]
    copy_model(INSERT, own, [model.pk])
    index_generated(model)
    # What the database does by itself once so much is new.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy_model(statement, columns, values):
    """Run a statement that copies these columns of the model to every generated page."""
    copied = ", ".join(f"model.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(columns=", ".join(columns), values=copied), values)


def index_generated(model):
    model = ConditionPage.objects.get(pk=model.pk)
    get_search_backend().add(model)
    fields = [f.column for f in IndexEntry._meta.local_fields]
    own = [column for column in fields if column not in ("id", "object_id")]
    copy_model(INDEX, own, [str(model.pk), model.content_type_id])


@pytest.fixture
def addresses(db):
    search = reverse("content:search")
    return [
        f"{search}?q=botox+migraine",
        f"{search}?q=tight+hand",
        f"{search}?q=migrane",
        f"{search}?q=derrame",
        QuestionPage.objects.get(slug="does-it-hurt").get_parent().url,
        ConditionIndexPage.objects.get(locale__language_code="en").url,
    ]


def test_ten_thousand_pages_take_as_many_queries_as_forty(client, addresses):
    few = {url: queries(client, url) for url in addresses}

    generate_conditions(MANY)

    assert ConditionPage.objects.live().count() > MANY
    assert IndexEntry.objects.count() > MANY
    assert {url: queries(client, url) for url in addresses} == few


def test_a_title_comes_first_among_many_pages_with_its_words(client, db):
    generate_conditions(1_000)

    answer = client.get(reverse("content:search"), {"q": "Botox migraine"}).context["answer"]

    found = [result.page.slug for result in answer.best]
    assert found[0] == "botox-for-chronic-migraine"
    assert not any(slug.startswith("generated-") for slug in found)
