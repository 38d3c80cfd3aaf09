"""The readability formulas against published examples, and the site against its targets."""

from io import StringIO
from statistics import median

import pytest
from django.core.management import call_command
from wagtail.models import Page

from content.page_text import page_pieces
from content.readability import Reading, hardest, measure, split_sentences
from content.syllables import english_syllables, spanish_syllables

pytestmark = pytest.mark.one_database


def test_flesch_kincaid_matches_the_published_platypus_example():
    # "Flesch-Kincaid readability tests", Wikipedia: 1 sentence, 13 words, 24 syllables, grade 11.3.
    sentence = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."

    reading = measure([sentence], "en")

    assert (reading.words, reading.syllables) == (13, 24)
    assert reading.score == pytest.approx(11.3, abs=0.05)


def test_flesch_kincaid_matches_the_published_cat_example():
    # The example of one-syllable words in the same article: 0.39 * 6 + 11.8 - 15.59.
    assert measure(["The cat sat on the mat."], "en").score == pytest.approx(-1.45, abs=0.01)


def test_szigriszt_pazos_is_the_published_formula():
    # Barrio-Cantalejo 2008: P = 206.835 - 62.3 * syllables / words - words / sentences.
    reading = Reading("es", sentences=10, words=100, syllables=200)

    assert reading.score == pytest.approx(206.835 - 124.6 - 10)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("muscle", 2), ("muscles", 2), ("nerve", 1), ("headaches", 2), ("treated", 2),
        ("called", 1), ("places", 2), ("spasm", 2), ("dystonia", 4), ("neurologist", 4),
        ("previous", 3), ("safely", 2), ("25", 1), ("doctor’s", 2),
    ],
)  # fmt: skip
def test_english_syllables(word, count):
    assert english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("distonía", 4), ("médico", 3), ("inyección", 3), ("agua", 2), ("aéreo", 4), ("días", 2),
        ("pingüino", 3), ("guitarra", 3), ("que", 1), ("muy", 1), ("rehabilitación", 6),
        ("país", 2), ("ahora", 3), ("botulínica", 5),
    ],
)  # fmt: skip
def test_spanish_syllables(word, count):
    assert spanish_syllables(word) == count


def test_headings_and_labels_are_no_sentences():
    assert split_sentences(["How it works", "It blocks the signal of a nerve. It helps."]) == [
        "It blocks the signal of a nerve."
    ]


def test_the_hardest_sentence_comes_first():
    easy = "The cat sat on the mat."
    hard = "Onabotulinumtoxin administration necessitates individualized consideration."

    assert hardest([easy, hard], "en", 1) == [hard]


@pytest.fixture
def scores(db):
    pages = Page.objects.live().filter(locale__language_code="en", depth__gt=1).specific()
    return {
        page.url_path: measure(split_sentences(page_pieces(page)), "en").score for page in pages
    }


def test_every_english_page_is_at_grade_8_or_below(scores):
    assert {url: score for url, score in scores.items() if score > 8} == {}


def test_the_median_english_page_is_at_grade_6_5_or_below(scores):
    assert median(scores.values()) <= 6.5


def test_every_spanish_page_is_normal_or_easier(db):
    pages = Page.objects.live().filter(locale__language_code="es", depth__gt=1).specific()
    scores = {
        page.url_path: measure(split_sentences(page_pieces(page)), "es").score for page in pages
    }

    assert {url: score for url, score in scores.items() if score < 55} == {}


def test_the_command_prints_the_table_and_the_hardest_sentences(db):
    output = StringIO()

    call_command("readability", "does-it-hurt", "--sentences", "1", stdout=output)

    lines = output.getvalue().splitlines()
    assert "does-it-hurt" in lines[1]
    assert lines[2].strip()[0].isdigit()
    assert "median of 1 pages in en" in output.getvalue()


def test_ledger_notes_are_not_read_as_text(db):
    for page in Page.objects.live().filter(depth__gt=1).specific():
        assert not any("confirm with the reviewer" in piece for piece in page_pieces(page))
