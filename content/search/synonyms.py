"""What a query asks for: its words, and other ways to say the same."""

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from content.search.text import compose, is_light, stems, telling_stems, tokens

TABLE = Path(__file__).with_name("synonyms.toml")
MOST_WORDS = 12
LONGEST_PHRASE = 4


class Way(NamedTuple):
    """One way to say something: the stems that must all be there, and how sure we are."""

    stems: frozenset
    sureness: float


class Concept(NamedTuple):
    """Something the reader asks for: the words typed, and the ways to say it."""

    words: str
    ways: tuple
    is_light: bool = False

    @property
    def stems(self):
        return frozenset().union(*(way.stems for way in self.ways))


@cache
def table(language):
    """What people type, as a tuple of stems, with what the pages say for it."""
    meanings = defaultdict(list)
    for said, typed in tomllib.loads(TABLE.read_text(encoding="utf-8")).get(language, {}).items():
        for phrase in typed:
            meanings[tuple(stems(phrase, language))].append(telling_stems(said, language))
    return dict(meanings)


def typed_words(language):
    """Every word of the table, so that a misspelling of one is understood too."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8")).get(language, {})
    return [phrase for said, typed in rows.items() for phrase in [said, *typed]]


def read_query(query, language):
    """The concepts of a query, longest known phrase first at each place."""
    found = tokens(compose(query), language)[:MOST_WORDS]
    concepts, place = [], 0
    while place < len(found):
        length = phrase_length(found[place:], language)
        part = found[place : place + length]
        place += length
        words = " ".join(token.word for token in part)
        known = table(language).get(tuple(token.stem for token in part), ())
        ways = (Way(telling_stems(words, language), 1.0), *(Way(said, 0.8) for said in known))
        light = length == 1 and is_light(part[0].word, language)
        concepts.append(Concept(words, ways, light))
    if all(concept.is_light for concept in concepts):
        return [concept._replace(is_light=False) for concept in concepts]
    return list(dict.fromkeys(concepts))


def phrase_length(found, language):
    """How many of the words ahead are one phrase of the table."""
    for length in range(min(LONGEST_PHRASE, len(found)), 1, -1):
        if tuple(token.stem for token in found[:length]) in table(language):
            return length
    return 1
