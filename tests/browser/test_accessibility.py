"""axe-core finds nothing on any page, in any theme, on a small and on a large screen."""

import pytest

from tests.browser.addresses import CONDITION, EVERYTHING, HOMES
from tests.browser.checking import OPEN_FOLDS, problems

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("server")]

OPEN_ONLY = """(menu) => document.querySelectorAll("header details")
    .forEach((details) => { details.open = details.matches(menu); })"""


MAKE_PALE = """() => document.querySelectorAll("main p, main li")
    .forEach((element) => { element.style.color = "#b0b0b0"; })"""


@pytest.fixture(scope="module")
def reader(lasting_page):
    return lasting_page(reduced_motion="reduce")


@pytest.fixture(scope="module")
def seen():
    """The looks whose colors axe has seen in every theme."""
    return set()


@pytest.mark.parametrize("address", EVERYTHING)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(reader, seen, address):
    reader.goto(address)
    reader.evaluate(OPEN_FOLDS)

    found = list(problems(reader, seen))

    assert not found, "\n".join(found)


@pytest.mark.parametrize("menu", [".display-menu", ".site-menu"])
@pytest.mark.parametrize("address", HOMES)
def test_axe_finds_nothing_in_an_open_menu(reader, address, menu):
    reader.goto(address)
    reader.evaluate(OPEN_ONLY, menu)

    found = list(problems(reader, set(), "header"))

    assert not found, "\n".join(found)


def test_axe_would_find_pale_words_and_a_lost_language(reader):
    """The twin: what is wrong is told, of colors in the theme where it is so."""
    reader.goto(CONDITION)
    reader.evaluate(MAKE_PALE)
    reader.evaluate("document.documentElement.removeAttribute('lang')")

    found = "\n".join(problems(reader, set()))

    assert "light: color-contrast: " in found
    assert "dark: color-contrast: " not in found
    assert "light: html-has-lang: " in found
