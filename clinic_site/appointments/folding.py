"""Texts made alike, for comparing and finding."""

import unicodedata


def folded(text):
    """The text without accents and case, with single blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
