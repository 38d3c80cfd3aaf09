"""Counting what readers looked for and did not find."""

from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from content.models import SearchMiss
from content.search.scrubbing import scrub

# So that nobody can fill the database by searching for nonsense.
MOST_TERMS = 1000
KEPT = timedelta(days=180)


def count_miss(query, language):
    """Count the scrubbed words of a search that found nothing. Never in a reader's way."""
    terms = scrub(query, language)[:100]
    if not terms:
        return
    try:
        with transaction.atomic():
            record(terms, language)
    except DatabaseError:
        return


def record(terms, language):
    """Add one to the count of these words, and forget those that nobody used for half a year."""
    today = localdate()
    same = SearchMiss.objects.filter(language=language, terms=terms)
    if same.update(count=F("count") + 1, last_on=today):
        return
    SearchMiss.objects.filter(last_on__lt=today - KEPT).delete()
    if SearchMiss.objects.count() < MOST_TERMS:
        SearchMiss.objects.get_or_create(language=language, terms=terms)
