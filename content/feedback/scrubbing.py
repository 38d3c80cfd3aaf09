"""Taking what could name a person out of what readers write."""

import re
import unicodedata

REMOVED = "[…]"
ADDRESS = re.compile(r"\S*@\S+")
# Five digits or more, however they are parted: phone numbers, record numbers, dates of birth.
NUMBER = re.compile(r"[+(]*\d(?:[\s().,/·‐-―-]{0,3}\d){4,}")


def scrub(text):
    """Return the text on one line, without e-mail addresses and long numbers."""
    shown = "".join(
        char if unicodedata.category(char) not in ("Cf", "Cc") else " "
        for char in unicodedata.normalize("NFKC", text)
    )
    line = " ".join(shown.split())
    return NUMBER.sub(REMOVED, ADDRESS.sub(REMOVED, line))
