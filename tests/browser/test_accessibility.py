"""axe-core finds nothing on any page, in any theme, on a small and on a large screen."""

import pytest

from tests.browser.addresses import EVERYTHING, HOMES
from tests.browser.checking import OPEN_FOLDS, problems

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("server")]

OPEN_ONLY = """(menu) => document.querySelectorAll("header details")
    .forEach((details) => { details.open = details.matches(menu); })"""


@pytest.fixture(scope="module")
def reader(lasting_page):
    return lasting_page(reduced_motion="reduce")


@pytest.fixture(scope="module")
def seen():
    """The looks that axe has seen in every theme. The rules on colors take most of its time."""
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
