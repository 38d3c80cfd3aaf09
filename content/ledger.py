"""The facts ledger: which numbered fact a statement rests on, so that a reviewer can trace it.

A ledger note reads "12, 13, C6; confirm with the reviewer: C12, OWN". Plain numbers are facts of
the two source documents, C numbers are corrections and added facts, R numbers are danger
messages, and OWN is common knowledge that nobody has checked. fixtures/ledger.toml lists them.
"""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CONFIRM = "confirm with the reviewer:"
FACT = re.compile(r"\d{1,2}|C\d{1,2}(\.[a-z-]+)?|R\d|OWN")


class LedgerNote(NamedTuple):
    """The facts a statement rests on, split by whether a reviewer still has to confirm them."""

    facts: tuple[str, ...]
    unconfirmed: tuple[str, ...]


def split_facts(text):
    return tuple(part.strip() for part in text.split(",") if part.strip())


def parse_note(text):
    """Return the LedgerNote that `text` spells; an unknown form raises ValidationError."""
    checked, _semicolon, rest = text.partition(";")
    rest = rest.strip()
    if checked.strip().startswith(CONFIRM):
        checked, rest = "", checked.strip()
    if rest and not rest.startswith(CONFIRM):
        raise ValidationError(_("After the semicolon, write “confirm with the reviewer:” first."))
    note = LedgerNote(split_facts(checked), split_facts(rest.removeprefix(CONFIRM)))
    for fact in (*note.facts, *note.unconfirmed):
        if not FACT.fullmatch(fact):
            raise ValidationError(
                _("“%(fact)s” is no ledger number. Write numbers such as 12, C7 or R1."),
                params={"fact": fact},
            )
    return note
