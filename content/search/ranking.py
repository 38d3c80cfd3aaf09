"""How well a page answers a query. Plain counting, so that both databases rank alike."""

from math import log

from content.search.text import tokens

TITLE, NAME, SUMMARY, BODY = 10, 9, 4, 1.5
EXACT, WHOLE, WORDING = 20, 6, 3
# What another name counts for beside a title.
OTHER_NAME = 0.9
# What a page must come to, beside the best one, to be a result.
ENOUGH = 0.6


class Candidate:
    """A page that may answer: its names with their stems, and what the rest of it says.

    Of the text only those stems are known that somebody asks for.
    """

    def __init__(self, pk, kind, names, summary, text):
        self.pk, self.kind, self.names = pk, kind, names
        self.summary, self.text = summary, text
        self.score = self.coverage = 0.0

    @property
    def title(self):
        return self.names[0][0]

    def parts(self):
        """Each part's stems with its worth, the best first."""
        for place, (_name, in_name) in enumerate(self.names):
            yield frozenset(in_name), NAME if place else TITLE
        yield self.summary, SUMMARY
        yield self.text, BODY

    def worth(self, concept):
        """The worth of the best part that says the concept in some way; 0 if none does."""
        best = 0.0
        for part, worth in self.parts():
            if worth <= best:
                break
            said = (way.sureness * worth for way in concept.ways if way.stems <= part)
            best = max(best, *said, 0.0)
        return best

    def closeness(self, wanted, typed):
        """How near the page's titles come to all of what was typed."""
        nearest = [name_closeness(name, wanted, typed) for _text, name in self.names]
        return max(nearest[0], OTHER_NAME * max(nearest))


def name_closeness(name, wanted, typed):
    name_stems = set(name)
    if name_stems == typed:
        return EXACT + WHOLE
    said = [concept for concept in wanted if any(way.stems <= name_stems for way in concept.ways)]
    if len(said) < len(wanted):
        return 0
    used = set().union(*(concept.stems for concept in said)) & name_stems
    wording = len(typed & name_stems) / len(typed)
    return WHOLE * len(used) / len(name_stems) + WORDING * wording


def rank(candidates, concepts, query, language):
    """The candidates that answer the query well enough, the best first."""
    wanted = [concept for concept in concepts if not concept.is_light]
    typed = {token.stem for token in tokens(query, language)}
    worths = {c: [c.worth(concept) for concept in wanted] for c in candidates}
    weights = [
        rarity(sum(bool(worth[i]) for worth in worths.values()), len(candidates))
        for i in range(len(wanted))
    ]
    total = sum(weights)
    for candidate, worth in worths.items():
        met = sum(weight for weight, value in zip(weights, worth, strict=True) if value)
        candidate.coverage = met / total
        candidate.score = (1 + candidate.coverage) * (
            sum(weight * value for weight, value in zip(weights, worth, strict=True))
            + total * candidate.closeness(wanted, typed)
        )
    best_score = max((candidate.score for candidate in candidates), default=0)
    best_coverage = max((candidate.coverage for candidate in candidates), default=0)
    found = [
        c
        for c in candidates
        if c.coverage >= ENOUGH * best_coverage or c.score >= ENOUGH * best_score
    ]
    return sorted(found, key=lambda c: (-c.score, c.title, c.pk))


def rarity(pages, of_all):
    """How much a word tells: little if nearly every page has it."""
    return 0.1 + log((of_all + 1) / (pages + 0.5))


def unknown(candidates, concepts):
    """The concepts that no page says in any way."""
    return [
        concept
        for concept in concepts
        if not concept.is_light and not any(c.worth(concept) for c in candidates)
    ]
