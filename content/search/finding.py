"""Finding the live pages of one language that answer a query."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from wagtail.models import Page

from content.listed_pages import listed
from content.models import SearchedPage
from content.search.choosing import candidates
from content.search.passages import mark, most_telling, stemmed_lines
from content.search.ranking import rank, unknown
from content.search.synonyms import read_query
from content.search.text import compose

# How many results are shown first, and of each kind then.
BEST, OF_A_KIND = 3, 5
# In words: a sentence worth showing.
SHORTEST = 4


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
        shown = list(self._shown())
        pages = {
            page.pk: page for page in listed(Page.objects.filter(pk__in=[c.pk for c in shown]))
        }
        return [Result(c, pages[c.pk], self) for c in shown if c.pk in pages]

    def _shown(self):
        counts: Counter = Counter()
        for place, candidate in enumerate(self.ranked):
            counts[candidate.kind] += place >= BEST
            if counts[candidate.kind] <= OF_A_KIND:
                yield candidate

    @cached_property
    def texts(self):
        """The sentences of each result, and their stems, by the page's id; one query for all."""
        rows = SearchedPage.objects.filter(pk__in=[result.page.pk for result in self.results])
        return {pk: lines for pk, *lines in rows.values_list("pk", "sentences", "sentence_stems")}

    @cached_property
    def unknown(self):
        return unknown(self.candidates, self.concepts)

    @property
    def coverage(self):
        return max((candidate.coverage for candidate in self.ranked), default=0)


class Result:
    """One page found, as the reader sees it."""

    def __init__(self, candidate, page, found):
        self.page, self.kind, self.language = page, candidate.kind, found.language
        self._names, self._found = candidate.names, found

    @property
    def title(self):
        return self.page.title

    @property
    def url(self):
        return self.page.url

    @cached_property
    def other_name(self):
        """The name that the page was found by, in segments, if it says more than the title."""
        title = most_telling(self._names[:1], self._found.concepts)
        other = most_telling(self._names[1:], self._found.concepts)
        return self._mark(other) if other.worth > title.worth else []

    @cached_property
    def sentence(self):
        """The sentence that says most of what was asked, in segments; else the first."""
        sentences = stemmed_lines(*self._found.texts.get(self.page.pk, ("", "")))
        shown = [pair for pair in sentences if len(pair[0].split()) >= SHORTEST]
        return self._mark(most_telling(shown or sentences, self._found.concepts))

    def _mark(self, telling):
        return mark(telling.text, telling.matched, self.language)


def find(query, language):
    """Search one language. The number of queries depends on nothing: not on pages, not on words."""
    query = compose(query)
    concepts = read_query(query, language)
    found = Found(language, concepts)
    if concepts:
        found.candidates = list(candidates(concepts, language))
        found.ranked = rank(found.candidates, concepts, query, language)
    return found
