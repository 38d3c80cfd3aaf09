"""Real phrases find the page that people mean, among the first three results, on either database."""

import tomllib
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from content.search.views import PATHS

pytestmark = pytest.mark.slow

LANGUAGES = ["en", "es"]
FIRST = 3


def phrases(language):
    path = Path(__file__).with_name(f"search_phrases_{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def other(language):
    return next(code for code in LANGUAGES if code != language)


def search(language, typed):
    response = Client().get(f"/{language}/{PATHS[language]}", {"q": typed})
    assert response.status_code == 200
    return response.context["answer"]


def addresses(results):
    return [result.url for result in results[:FIRST]]


def misses_of(table, language):
    """The phrases that miss, with what they found, in the words of a person who tried them."""
    for typed, key in table["finds"].items():
        found = addresses(search(language, typed).results)
        if f"/{language}/{key}/" not in found:
            yield f"“{typed}” finds {found}, not {key}"
    for typed, (meant, key) in table["misspelt"].items():
        offered = search(language, typed).suggestion
        found = addresses(search(language, offered).results)
        if offered != meant or f"/{language}/{key}/" not in found:
            yield f"“{typed}” offers “{offered}”, which finds {found}, not “{meant}” and {key}"
    for typed, key in table["elsewhere"].items():
        found = addresses(search(language, typed).elsewhere)
        if f"/{other(language)}/{key}/" not in found:
            yield f"“{typed}” offers {found} in the other language, not {key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_finds_its_page(db, capsys, language):
    table = phrases(language)
    with translation.override(None):
        misses = list(misses_of(table, language))
    total = sum(len(part) for part in table.values())

    with capsys.disabled():
        print(f"\nSearch, {language}: {total - len(misses)} of {total} phrases find their page")  # noqa: T201
    assert misses == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_sixty_phrases_and_they_name_pages_that_exist(db, language):
    table = phrases(language)

    assert len(table["finds"]) >= 60
    assert len({typed.lower() for typed in table["finds"]}) == len(table["finds"])
