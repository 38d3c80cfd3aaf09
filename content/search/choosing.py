"""Choosing, among thousands of pages, the few that are worth weighing."""

from collections import defaultdict

from django.db import connection
from django.db.models import Q
from wagtail.models import PageViewRestriction

from content.models import SearchedPage, SearchedWord
from content.search.kinds import kinds_by_type
from content.search.passages import stemmed_lines
from content.search.ranking import Candidate

# How many pages of one type are weighed.
CANDIDATES = 40
# Django’s own queries cannot number rows that are groups already.
SAY_MOST = """
    SELECT page_id, page_type_id FROM (
        SELECT page_id, page_type_id, ROW_NUMBER() OVER (
            PARTITION BY page_type_id ORDER BY {points} DESC, page_id DESC
        ) AS place
        FROM content_searchedword WHERE language = %s AND stem IN ({stems})
        GROUP BY page_id, page_type_id
    ) AS pages WHERE place <= %s
"""
# For each concept, however many of its words the page has.
POINTS = """
    MAX(CASE WHEN stem IN ({stems}) THEN CASE WHEN is_in_name THEN 10 ELSE 1 END ELSE 0 END)
"""


def readable(pages):
    """Of searched pages those that are live still and that everybody may read."""
    private = Q()
    # Asked by itself: in a query about pages, SQLite goes through all of them for each.
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        private |= Q(page__path__startswith=path)
    return pages.filter(~private, page__live=True)


def candidates(concepts, language):
    """The pages that say any of the concepts; of each type those that say most, best in a name."""
    wanted = [concept for concept in concepts if not concept.is_light]
    if not wanted:
        return
    kinds = kinds_by_type()
    chosen = {pk: kinds[kind] for pk, kind in say_most(wanted, language) if kind in kinds}
    if not chosen:
        return
    in_text = texts_with(stems_of(wanted), chosen)
    pages = readable(SearchedPage.objects.filter(pk__in=chosen))
    rows = pages.values_list("pk", "names", "name_stems", "summary_stems")
    for pk, names, name_stems, summary_stems in rows:
        parts = stemmed_lines(names, name_stems), frozenset(summary_stems.split()), in_text[pk]
        yield Candidate(pk, chosen[pk], *parts)


def stems_of(concepts):
    return sorted(frozenset().union(*(concept.stems for concept in concepts)))


def texts_with(stems, pages):
    """Which of the stems stand in the texts of these pages: {id: stems}."""
    words = SearchedWord.objects.filter(page__in=pages, stem__in=stems, is_in_text=True)
    found = defaultdict(set)
    for pk, stem in words.values_list("page", "stem"):
        found[pk].add(stem)
    return found


def say_most(concepts, language):
    """The ids of the pages with the most points, and of their types.

    The database reads one index for it, and nothing else: a common word has thousands of pages.
    """
    points = " + ".join(POINTS.format(stems=marks(concept.stems)) for concept in concepts)
    stems = stems_of(concepts)
    query = SAY_MOST.format(points=points, stems=marks(stems))
    of_concepts = [stem for concept in concepts for stem in concept.stems]
    with connection.cursor() as cursor:
        cursor.execute(query, [*of_concepts, language, *stems, CANDIDATES])
        return cursor.fetchall()


def marks(values):
    return ", ".join(["%s"] * len(values))
