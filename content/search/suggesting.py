"""“Did you mean …?”: the words of the pages that are nearest to a misspelt one."""

import re
from collections import Counter

from django.db.models import Count, Max
from wagtail.models import Page

from content.models import GlossaryTerm
from content.search.finding import readable_pages
from content.search.passages import body_pieces, page_names
from content.search.spelling import distance, sound, tolerance
from content.search.synonyms import typed_words
from content.search.text import WORD, compose, fold, tokens

# How many pages of one type give their words, the newest first.
PAGES = 500
# A word of a name outweighs one that only stands in a text.
NAME = 20
MOST_WORDS = 4

OPENING = re.compile(r"[.!?:¿¡(“\"] *$")

_vocabularies: dict = {}


class Vocabulary:
    """The words of one language's pages, by their folded spelling."""

    def __init__(self):
        self.weights: Counter = Counter()
        self.forms: dict = {}
        self.sounds: dict = {}

    def add(self, text, weight):
        text = compose(text)
        for match in WORD.finditer(text):
            start = match.start()
            opens = start == 0 or OPENING.search(text, max(0, start - 3), start)
            self.add_word(match[0], weight, is_opening=bool(opens))

    def add_name(self, name):
        """Add the words of a name, and each two side by side for who writes them as one."""
        self.add(name, NAME)
        words = [match[0] for match in WORD.finditer(compose(name))]
        for one, two in zip(words, words[1:], strict=False):
            self.add_word(one + two, 1, form=f"{one} {two}".lower())

    def add_word(self, word, weight, form="", is_opening=False):
        """Add a word; the capital that opens a sentence says nothing of how it is written."""
        key = fold(word)
        if len(key) > 2 and not key.isdigit():
            self.weights[key] += weight
            self.sounds[key] = sound(key)
            form = word.lower() if is_opening else form or word
            self.forms.setdefault(key, Counter())[form] += not is_opening

    def written(self, key):
        """The word as the pages write it: small, unless they hardly ever do."""
        forms = self.forms[key]
        small = {form: count for form, count in forms.items() if form.islower()}
        if 5 * sum(small.values()) < forms.total():
            return max(forms, key=forms.__getitem__)
        return max(small, key=small.__getitem__)

    def is_misheard(self, word):
        """Does no page write the word so, while a name sounds like it: “servical”?

        Its stem may still be there by chance, as that of “service” is.
        """
        key = fold(word)
        heard = sound(key)
        return key not in self.weights and any(
            sounds == heard and self.weights[name] >= NAME for name, sounds in self.sounds.items()
        )

    def nearest(self, word, is_strict):
        """The word that the reader most likely meant, or nothing."""
        typed, heard = fold(word), sound(fold(word))
        limit = tolerance(typed) // 2 if is_strict else tolerance(typed)
        found = []
        for key, sounds in self.sounds.items():
            by_ear = distance(heard, sounds, limit)
            if len(typed) > 3 and key.startswith(typed):
                by_ear = min(by_ear, 1)
            if by_ear <= limit:
                by_eye = distance(typed, key, 2 * limit + 1)
                found.append((by_ear, by_eye, -self.weights[key], key))
        return self.written(min(found)[-1]) if found else ""


def read_vocabulary(language):
    vocabulary = Vocabulary()
    for _kind, pages in readable_pages(language):
        for page in pages.order_by("-last_published_at")[:PAGES]:
            for name in page_names(page):
                vocabulary.add_name(name)
            for text in (page.summary, *body_pieces(page)):
                vocabulary.add(text, 1)
    for term in GlossaryTerm.objects.filter(locale__language_code=language):
        vocabulary.add(term.term, NAME)
    for phrase in typed_words(language):
        vocabulary.add_name(phrase)
    return vocabulary


def vocabulary_of(language):
    """The vocabulary, read again by each process once a page was published or taken down."""
    state = (
        Page.objects.live()
        .filter(locale__language_code=language)
        .aggregate(Count("pk"), Max("last_published_at"))
    )
    known = _vocabularies.get(language)
    if known is None or known[0] != state:
        _vocabularies[language] = known = (state, read_vocabulary(language))
    return known[1]


def suggest(query, language, unknown, is_strict=False):
    """The query with its unknown words replaced by the nearest known ones; nothing if none is."""
    mistaken = {fold(word) for concept in unknown[:MOST_WORDS] for word in concept.words.split()}
    vocabulary = vocabulary_of(language)
    words, is_changed = [], False
    for token in tokens(compose(query), language):
        is_mistaken = fold(token.word) in mistaken or vocabulary.is_misheard(token.word)
        better = vocabulary.nearest(token.word, is_strict) if is_mistaken else ""
        if better and fold(better) != fold(token.word):
            is_changed = True
            words.append(better)
        elif not better and is_mistaken:
            continue
        else:
            words.append(token.word)
    return " ".join(words) if is_changed else ""
