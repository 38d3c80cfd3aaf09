"""The words of the pages, as “Did you mean …?” knows them."""

import re
from collections import Counter, defaultdict

from django.db.models import Count, F, Max, Sum, Window
from django.db.models.functions import RowNumber
from wagtail.models import PageViewRestriction

from content.models import GlossaryTerm, SearchedPage
from content.search.choosing import readable
from content.search.spelling import distance, letters, sound, tolerance
from content.search.synonyms import typed_words
from content.search.text import WORD, compose, fold

# How many pages of one type give the words of their names, and of their sentences: the newest.
# Reading more takes the first reader who misspells a word longer than it helps.
NAMED, READ = 500, 100
# A word of a name outweighs one that only stands in a text.
NAME = 20

# A word, after what opens a sentence or without.
WORD_IN_PLACE = re.compile(rf"([\n.!?:¿¡(“\"] *)?({WORD.pattern})")

_vocabularies: dict = {}


class Vocabulary:
    """The words of one language's pages, by their folded spelling."""

    def __init__(self):
        self.weights: Counter = Counter()
        self.forms: dict = defaultdict(Counter)

    def add_texts(self, texts):
        """Add the words of texts, the same word at once however often it stands there."""
        counts: Counter = Counter()
        for text in texts:
            counts.update(WORD_IN_PLACE.findall(compose(f"\n{text}")))
        for (opening, word), count in counts.items():
            self.add_word(word, count, is_opening=bool(opening), count=count)

    def add_name(self, name):
        """Add the words of a name, and each two side by side for who writes them as one."""
        found = WORD_IN_PLACE.findall(compose(f"\n{name}"))
        for opening, word in found:
            self.add_word(word, NAME, is_opening=bool(opening))
        words = [word for _opening, word in found]
        for one, two in zip(words, words[1:], strict=False):
            self.add_word(one + two, 1, form=f"{one} {two}".lower())

    def add_word(self, word, weight, form="", is_opening=False, count=1):
        """Add a word; the capital that opens a sentence says nothing of how it is written."""
        key = fold(word)
        if len(key) > 2 and not key.isdigit():
            self.weights[key] += weight
            form = word.lower() if is_opening else form or word
            self.forms[key][form] += 0 if is_opening else count

    def close(self):
        """Arrange the words by their sounds, once all are there."""
        self.by_sound: dict = defaultdict(list)
        for key in self.weights:
            self.by_sound[sound(key)].append(key)
        self.letters = {heard: letters(heard) for heard in self.by_sound}
        return self

    def written(self, key):
        """The word as the pages write it: small, unless they hardly ever do, or its script has none."""
        forms = self.forms[key]
        small = {form: count for form, count in forms.items() if form.islower()}
        if not small or 5 * sum(small.values()) < forms.total():
            return max(forms, key=forms.__getitem__)
        return max(small, key=small.__getitem__)

    def is_misheard(self, word):
        """Does no page write the word so, while a name sounds like it: “servical”?

        Its stem may still be there by chance, as that of “service” is.
        """
        key = fold(word)
        alike = self.by_sound.get(sound(key), [])
        return key not in self.weights and any(self.weights[name] >= NAME for name in alike)

    def nearest(self, word, is_strict):
        """The word that the reader most likely meant, or nothing."""
        typed, heard = fold(word), sound(fold(word))
        limit = tolerance(typed) // 2 if is_strict else tolerance(typed)
        found = [
            (by_ear, distance(typed, key, 2 * limit + 1), -self.weights[key], key)
            for by_ear, key in self.alike(typed, heard, limit)
        ]
        return self.written(min(found)[-1]) if found else ""

    def alike(self, typed, heard, limit):
        """The words that sound like a typed one, or go on where it ends, with how far off they are."""
        own = letters(heard)
        for sounds, keys in self.by_sound.items():
            other = self.letters[sounds]
            # Each mistake brings in one letter at most, and drops one: most words need no more.
            is_far = (own & ~other).bit_count() > limit or (other & ~own).bit_count() > limit
            by_ear = limit + 1 if is_far else distance(heard, sounds, limit)
            for key in keys:
                goes_on = len(typed) > 3 and key.startswith(typed)
                off = min(by_ear, 1) if goes_on else by_ear
                if off <= limit:
                    yield off, key


def read_vocabulary(language):
    """Read the words of one language, from as many pages as a waiting reader has time for."""
    vocabulary = Vocabulary()
    for names in newest(language, NAMED).values_list("names", flat=True):
        for name in names.split("\n"):
            vocabulary.add_name(name)
    vocabulary.add_texts(newest(language, READ).values_list("sentences", flat=True))
    for term in GlossaryTerm.objects.filter(locale__language_code=language):
        vocabulary.add_name(term.term)
    for phrase in typed_words(language):
        vocabulary.add_name(phrase)
    return vocabulary.close()


def newest(language, number):
    """So many searched pages of each type, those published last."""
    last_first = F("page__last_published_at").desc(nulls_last=True)
    place = Window(RowNumber(), partition_by="page__content_type", order_by=last_first)
    pages = readable(SearchedPage.objects.filter(language=language))
    return pages.annotate(place=place).filter(place__lte=number)


def state_of(language):
    """What differs once a page was written or went, or another page became private or public."""
    searched = SearchedPage.objects.filter(language=language)
    pages = searched.aggregate(number=Count("*"), stamps=Sum("stamp"))
    private = PageViewRestriction.objects.aggregate(Count("pk"), Max("pk"))
    return pages, private


def vocabulary_of(language):
    """The vocabulary, read again by each process once the pages have changed."""
    state = state_of(language)
    known = _vocabularies.get(language)
    if known is None or known[0] != state:
        _vocabularies[language] = known = (state, read_vocabulary(language))
    return known[1]
