"""What readers type, made harmless."""

import unicodedata

LONGEST = 100


def clean(typed):
    """Return what was typed on one line, shortened, without marks that cannot be seen.

    Control characters, among them NUL, become spaces. Characters that only steer the direction of
    writing go, since they could turn the rest of the page around.
    """
    kinds = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "", "Co": "", "Cn": ""}
    seen = "".join(
        kinds.get(unicodedata.category(char), char)
        for char in unicodedata.normalize("NFKC", typed[: 10 * LONGEST])
    )
    return " ".join(seen.split())[:LONGEST].strip()
