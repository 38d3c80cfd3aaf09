"""“Did you mean …?”: the words of the pages that are nearest to a misspelt one."""

from content.search.text import compose, fold, tokens
from content.search.vocabulary import vocabulary_of

MOST_WORDS = 4


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
