"""What the search index says of pages, asked in the way each database answers quickly."""

from contextlib import contextmanager
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import IntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, get_page_models
from wagtail.search.models import IndexEntry


def indexed(words):
    """The ids of pages whose index entries hold any of the words, as a subquery."""
    if connection.vendor == "postgresql":
        return entries_with(words)
    found = Page.objects.search(" ".join(words), operator="or", order_by_relevance=False)
    return found.get_queryset().order_by().values("pk")


def entries_with(words):
    """The same of PostgreSQL's index alone: Wagtail's own query reads the words of every page."""
    kinds = ContentType.objects.get_for_models(*get_page_models()).values()
    any_word = reduce(or_, (SearchQuery(word, config="simple") for word in words))
    entries = IndexEntry.objects.filter(content_type__in=[kind.pk for kind in kinds], body=any_word)
    return entries.values(pk=Cast("object_id", IntegerField()))


@contextmanager
def trusting_the_index():
    """Let PostgreSQL look words up, however many pages have them.

    It takes reading all entries for cheap, as it forgets that their words lie in another place:
    among ten thousand pages that is ten times slower.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = DEFAULT")
