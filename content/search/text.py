"""Words, made comparable: without case and accents, cut to their stems."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from Stemmer import Stemmer

from content.sorting import sort_key

STEMMERS = {"en": "english", "es": "spanish"}
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LIGHT_WORDS = Path(__file__).with_name("light_words.toml")


class Token(NamedTuple):
    """A word of a text, its stem, and where it stands."""

    word: str
    stem: str
    start: int
    end: int


def compose(text):
    """Write letters with accents as one character each, so that words stay whole."""
    return unicodedata.normalize("NFC", text)


def fold(word):
    """The word without case and accents."""
    return sort_key(word).replace("’", "'")


@lru_cache(maxsize=50_000)
def stem(word, language):
    """The stem of a word. Accents go first, so that a word typed without them has the same."""
    # A stemmer keeps the word it works on, so threads cannot share one.
    found = Stemmer(STEMMERS.get(language, "english")).stemWord(fold(word))
    return found.replace("'", "")


def tokens(text, language):
    """The words of a text that `compose` returned, in order."""
    return [
        Token(match[0], stem(match[0], language), match.start(), match.end())
        for match in WORD.finditer(text)
    ]


@lru_cache(maxsize=20_000)
def stems(text, language):
    """The stems of a piece of a page's text. Kept, since the same pages are weighed again and again."""
    return tuple(token.stem for token in tokens(compose(text), language))


def telling_stems(text, language):
    """The stems of a text without its light words, or all of them if it has no other."""
    found = tokens(compose(text), language)
    telling = [token.stem for token in found if not is_light(token.word, language)]
    return frozenset(telling or [token.stem for token in found])


@cache
def light_words(language):
    words = tomllib.loads(LIGHT_WORDS.read_text(encoding="utf-8"))
    return frozenset(words.get(language, "").split())


def is_light(word, language):
    return fold(word) in light_words(language)
