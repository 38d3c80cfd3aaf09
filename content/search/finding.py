"""Finding the live pages of one language that answer a query."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from content.models import (
    ConditionIndexPage,
    ConditionPage,
    FAQIndexPage,
    GlossaryPage,
    HelpPage,
    QuestionPage,
    StandardPage,
    TreatmentIndexPage,
    TreatmentPage,
)
from content.search.entries import indexed, trusting_the_index
from content.search.passages import IN_NAME, best_sentence, mark, said
from content.search.ranking import Candidate, rank, unknown
from content.search.synonyms import read_query
from content.search.text import compose

# How many pages of one type are weighed; how many results are shown first, and of each kind then.
CANDIDATES = 40
BEST, OF_A_KIND = 3, 5


@dataclass(frozen=True)
class Kind:
    """A group of results: what one is called, the heading of more, and the page types in it."""

    name: str | Promise
    heading: str | Promise
    models: tuple


KINDS = [
    Kind(_("Condition"), _("More conditions"), (ConditionPage,)),
    Kind(_("Treatment"), _("More treatments"), (TreatmentPage,)),
    Kind(_("Question"), _("More questions"), (QuestionPage,)),
    Kind(
        _("Page"),
        _("More pages"),
        (
            HelpPage,
            StandardPage,
            GlossaryPage,
            ConditionIndexPage,
            TreatmentIndexPage,
            FAQIndexPage,
        ),
    ),
]


@dataclass
class Found:
    """What a search in one language found."""

    language: str
    concepts: list
    candidates: list = field(default_factory=list)
    ranked: list = field(default_factory=list)

    @cached_property
    def results(self):
        """The best pages of all, and of each kind the best of the rest."""
        counts: Counter = Counter()
        shown = []
        for place, candidate in enumerate(self.ranked):
            counts[candidate.kind] += place >= BEST
            if counts[candidate.kind] <= OF_A_KIND:
                shown.append(Result(candidate, self.concepts))
        return shown

    @cached_property
    def unknown(self):
        return unknown(self.candidates, self.concepts)

    @property
    def coverage(self):
        return max((candidate.coverage for candidate in self.ranked), default=0)


class Result:
    """One page found, as the reader sees it."""

    def __init__(self, candidate, concepts):
        self.page, self.kind, self.language = candidate.page, candidate.kind, candidate.language
        self.concepts = concepts

    @property
    def title(self):
        return self.page.title

    @property
    def url(self):
        return self.page.url

    @cached_property
    def other_name(self):
        """The name that the page was found by, in segments, if it says more than the title."""
        names = getattr(self.page, "other_names", [])
        best = max(names, key=self._says, default="")
        return self._mark(best) if self._says(best) > self._says(self.title) else []

    @cached_property
    def sentence(self):
        """The sentence that matches best, in segments."""
        return self._mark(best_sentence(self.page, self.concepts, self.language))

    def _says(self, text):
        return said(text, self.concepts, self.language)[0]

    def _mark(self, text):
        return mark(text, said(text, self.concepts, self.language)[1], self.language)


def find(query, language):
    """Search one language. The number of queries depends on nothing but the number of page types."""
    query = compose(query)
    concepts = read_query(query, language)
    found = Found(language, concepts)
    if concepts:
        found.candidates = list(candidates(concepts, language))
        found.ranked = rank(found.candidates, concepts, query, language)
    return found


def readable_pages(language):
    """The live pages of one language that everybody may read: (kind, pages) for each type."""
    private = Page.objects.private_q()
    locale = Locale.objects.filter(language_code=language).first()
    for kind in KINDS:
        for model in kind.models:
            pages = model.objects.live().exclude(private).filter(locale=locale)
            yield kind, pages.select_related("locale")


def candidates(concepts, language):
    """The pages that say any of the concepts; of each type those that say most, best in a name."""
    wanted = [concept for concept in concepts if not concept.is_light]
    if not wanted:
        return
    chosen = choose(wanted, language)
    for kind, pages in readable_pages(language):
        keys = chosen.get(ContentType.objects.get_for_model(pages.model).pk, [])
        found = pages.in_bulk(keys) if keys else {}
        yield from (Candidate(found[key], kind, language) for key in keys if key in found)


def choose(concepts, language):
    """The ids of the pages with the most points, best first, by the id of their type."""
    stems = {stem for concept in concepts for stem in concept.stems}
    said = indexed(sorted(stems | {IN_NAME + stem for stem in stems}))
    pages = Page.objects.live().filter(locale__language_code=language, pk__in=said)
    points = sum(points_for(concept) for concept in concepts)
    by_type = defaultdict(list)
    with trusting_the_index():
        rows = pages.order_by().annotate(points=points)
        for key, kind, has in rows.values_list("pk", "content_type_id", "points"):
            by_type[kind].append((has, key))
    return {
        kind: [key for has, key in nlargest(CANDIDATES, found) if has]
        for kind, found in by_type.items()
    }


def points_for(concept):
    """Points for saying a concept, from the search index.

    Not by the index's own relevance: SQLite works that out anew for every page, which takes a
    minute with ten thousand, and PostgreSQL sees it differently.
    """
    stems = sorted(concept.stems)
    return Case(
        When(pk__in=indexed([IN_NAME + stem for stem in stems]), then=10),
        When(pk__in=indexed(stems), then=1),
        default=0,
    )
