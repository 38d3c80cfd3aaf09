"""A site of ten thousand pages asks the database no more often than one of a hundred."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backends

from content.models import (
    ConditionIndexPage,
    ConditionPage,
    QuestionPage,
    SearchedPage,
    SearchedWord,
)

MANY = 10_000

pytestmark = pytest.mark.slow
# Reading so many pages one by one takes minutes; each has what the model has.
COPY = """
    INSERT INTO {table} ({key}, {columns})
    SELECT page.id, {values} FROM wagtailcore_page page, {table} model
    WHERE model.{key} = %s AND page.slug LIKE 'generated-%%'
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
    model.refresh_from_db()
    for backend in get_search_backends():
        backend.add(model)
    copy_model(ConditionPage, "page_ptr_id", model.pk)
    copy_model(SearchedPage, "page_id", model.pk)
    copy_model(SearchedWord, "page_id", model.pk)
    # What the database does by itself once so much is new.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy_model(rows, key, pk):
    """Give every generated page the rows that the model has in a table."""
    columns = [f.column for f in rows._meta.local_concrete_fields if f.column not in (key, None)]
    statement = COPY.format(
        table=rows._meta.db_table,
        key=key,
        columns=", ".join(columns),
        values=", ".join(f"model.{column}" for column in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])


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
    assert SearchedPage.objects.count() > MANY
    assert {url: queries(client, url) for url in addresses} == few


def test_a_title_comes_first_among_many_pages_with_its_words(client, db):
    generate_conditions(1_000)

    answer = client.get(reverse("content:search"), {"q": "Botox migraine"}).context["answer"]

    found = [result.page.slug for result in answer.best]
    assert found[0] == "botox-for-chronic-migraine"
    assert not any(slug.startswith("generated-") for slug in found)
