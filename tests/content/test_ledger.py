"""Every fact of the ledger is on a page or left out for a reason, and nothing unchecked passes."""

import tomllib

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from content.ledger import parse_note

LEDGER = tomllib.loads((settings.BASE_DIR / "fixtures/ledger.toml").read_text())
UNCHECKED = {"secondary", "own"}
LANGUAGES = [
    path.name for path in sorted((settings.BASE_DIR / "fixtures").iterdir()) if path.is_dir()
]

languages = pytest.mark.parametrize("language", LANGUAGES)


def notes_in(value, place):
    """Yield each ledger note in a fixture, with the place it stands in."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "ledger":
                yield place, parse_note(item)
            else:
                yield from notes_in(item, f"{place}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value, start=1):
            yield from notes_in(item, f"{place}[{index}]")


def notes(language):
    for path in sorted((settings.BASE_DIR / "fixtures" / language).rglob("*.toml")):
        yield from notes_in(tomllib.loads(path.read_text()), path.stem)


def cited(language):
    return {fact for _place, note in notes(language) for fact in (*note.facts, *note.unconfirmed)}


def test_the_ledger_holds_every_fact_of_the_documents():
    assert {str(number) for number in range(1, 42)} <= set(LEDGER)


@languages
def test_every_fact_is_on_a_page_or_left_out_for_a_reason(language):
    used = cited(language)

    assert [
        fact for fact, entry in LEDGER.items() if fact not in used and not entry.get("left_out")
    ] == []


@languages
def test_no_fact_is_both_used_and_left_out(language):
    assert [fact for fact in cited(language) if LEDGER[fact].get("left_out")] == []


@languages
def test_every_note_names_known_facts(language):
    assert cited(language) <= set(LEDGER)


@languages
def test_what_nobody_has_checked_is_marked_for_the_reviewer(language):
    unmarked = [
        f"{place}: {fact}"
        for place, note in notes(language)
        for fact in note.facts
        if LEDGER[fact]["status"] in UNCHECKED
    ]

    assert unmarked == []


@languages
def test_a_fact_that_needs_a_correction_stands_beside_it(language):
    uncorrected = [
        f"{place}: {fact} without {' or '.join(LEDGER[fact]['needs'])}"
        for place, note in notes(language)
        for fact in (*note.facts, *note.unconfirmed)
        if "needs" in LEDGER[fact]
        and not set(LEDGER[fact]["needs"]) & {*note.facts, *note.unconfirmed}
    ]

    assert uncorrected == []


def test_a_note_is_split_into_checked_and_unconfirmed_facts():
    assert parse_note("12, C7; confirm with the reviewer: C12, OWN") == (
        ("12", "C7"),
        ("C12", "OWN"),
    )
    assert parse_note("confirm with the reviewer: R4") == ((), ("R4",))


@pytest.mark.parametrize("text", ["twelve", "12; ask somebody: C1", "C", "12,,x"])
def test_an_unreadable_note_is_refused(text):
    with pytest.raises(ValidationError):
        parse_note(text)
