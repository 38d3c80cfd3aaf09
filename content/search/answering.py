"""The whole answer to one search: results, “did you mean”, and pages in the other language."""

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from content.search.cleaning import clean
from content.search.finding import BEST, find
from content.search.suggesting import suggest

ELSEWHERE = 3


class Answer:
    """What a reader gets for what was typed. Everything is worked out when first asked for."""

    def __init__(self, typed, language):
        self.query, self.language = clean(typed), language

    @cached_property
    def found(self):
        return find(self.query, self.language)

    @property
    def is_empty(self):
        """Was nothing typed that could be searched for?"""
        return not self.found.concepts

    @cached_property
    def sounds_urgent(self):
        """Does it tell of something that cannot wait? Then nothing is guessed, and nothing counted."""
        return import_string(settings.SOUNDS_URGENT)(self.query)

    @property
    def results(self):
        return self.found.results

    @property
    def best(self):
        return self.results[:BEST]

    @property
    def more(self):
        """The other results by kind, the kind with the best of them first: [(kind, results), …]."""
        rest = self.results[BEST:]
        groups = {result.kind: [r for r in rest if r.kind is result.kind] for result in rest}
        return list(groups.items())

    @cached_property
    def elsewhere(self):
        """Pages in another language, if they answer what this language's pages leave open."""
        if not self.found.unknown:
            return []
        others = [code for code, _name in settings.LANGUAGES if code != self.language]
        return [
            result
            for found in (find(self.query, code) for code in others)
            if found.coverage > self.found.coverage and not found.unknown
            for result in found.results[:ELSEWHERE]
        ]

    @cached_property
    def suggestion(self):
        """The query as the reader most likely meant it, if it finds more than what was typed."""
        if self.sounds_urgent or not self.found.unknown:
            return ""
        # A word of the other language is hardly a misspelling, unless it looks like one.
        is_strict = bool(self.elsewhere)
        return suggest(self.query, self.language, self.found.unknown, is_strict)

    @cached_property
    def nearest(self):
        """With no result, the pages that the suggestion finds."""
        if self.results or not self.suggestion:
            return []
        return find(self.suggestion, self.language).results[:BEST]
