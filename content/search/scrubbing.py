"""Which words of a search may be kept."""

import re
from functools import cache
from pathlib import Path

from content.search.text import compose, fold, is_light

NAMES = Path(__file__).with_name("names.txt")
MOST_WORDS = 5
SHORTEST, LONGEST = 3, 24
LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
EDGES = ".,;:!?¿¡()[]\"'“”‘’«»"
PRIVATE = re.compile(
    r"@|https?:|www\.|(?:\d\W{0,2}){6,}"
    r"|\b(?:my name is|i am called|dob|date of birth|ssn|mrn|mi nombre es|me llamo|se llama)\b",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|dra|sr|sra|srta|doctor|doctora)\.? +\w+", re.IGNORECASE
)


@cache
def common_names():
    return frozenset(NAMES.read_text(encoding="utf-8").split())


def scrub(query, language):
    """Return the words of a query that may be counted, or nothing.

    It promises:
    * nothing of a query is kept that holds an e-mail or web address, six digits or more, or says
      that a name or a birth date follows;
    * no word with a digit in it is kept, no word after “Dr.” or “Mrs.”, none of the given and
      family names in names.txt, and no word written like a name: with a capital letter, unless it
      opens the query and the next word is small, or the whole query is in capitals;
    * nothing is kept of a query with more than five words that say something: it tells a story
      rather than asks for a page;
    * what is kept has no capitals and no accents, so that nobody's way of writing shows.

    A rare name written small cannot be told from an unknown word. That is why only staff see the
    list, why it holds no address and no time, and why a term is forgotten after half a year.
    """
    if PRIVATE.search(query):
        return ""
    parts = TITLED.sub(" ", compose(query)).split()
    words = [word for part in parts if (word := part.strip(EDGES))]
    kept = [
        fold(word)
        for word in without_capitals(words)
        if SHORTEST <= len(word) <= LONGEST and LETTERS.fullmatch(word) and not is_name(word)
    ]
    told = [word for word in kept if not is_light(word, language)]
    return " ".join(told) if len(told) <= MOST_WORDS else ""


def without_capitals(words):
    """The words that are not written like names."""
    if " ".join(words).isupper():
        return words
    small = [word.islower() for word in words]
    opens = [place == 0 and all(small[1:2]) for place in range(len(words))]
    return [word for word, a, b in zip(words, small, opens, strict=True) if a or b]


def is_name(word):
    return not common_names().isdisjoint(re.split(r"['’-]", fold(word)))
