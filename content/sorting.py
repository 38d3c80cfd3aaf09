"""Alphabetical order as a reader of English or Spanish expects it."""

import unicodedata


def sort_key(name):
    """Order without regard to case or accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def initial(name):
    """The letter under which a name stands in an A to Z."""
    return sort_key(name)[:1].upper()
