"""Pages whose text the reader has made larger, or spaced out, stay on the screen."""

import pytest

from tests.browser.addresses import HOMES, ONE_OF_EACH_TYPE
from tests.browser.checking import OPEN_FOLDS, SIDEWAYS

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("server")]

SMALLEST = {"width": 320, "height": 800}
# What WCAG 2.2, 1.4.12, asks pages to bear.
SPACED_OUT = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }"""
# How wide a phone is, and what size of letters its owner has chosen for all pages.
LARGE = [(360, 24), (360, 32), (412, 32)]
# The box to trap a program is far from the screen on purpose; what is only heard has no width.
STICKING_OUT = """(within) => [...document.querySelectorAll(`${within} :is(a, button, summary, h1, h2, h3, p, li, dd, input)`)]
    .filter((element) => element.checkVisibility() && !element.matches(".skip-link, .visually-hidden"))
    .filter((element) => !element.closest("[aria-hidden=true]"))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.left < 0 || box.right > innerWidth)
    .map(([element, box]) => `${element.tagName}.${element.className} `
        + `"${element.textContent.trim().slice(0, 30)}" ${box.left} to ${box.right}`)"""


@pytest.mark.parametrize("menu", [".display-menu", ".site-menu"])
@pytest.mark.parametrize("address", HOMES)
def test_a_menu_of_spaced_out_text_is_on_the_screen(new_page, address, menu):
    page = new_page(viewport=SMALLEST, bypass_csp=True)
    page.goto(address)
    page.add_style_tag(content=SPACED_OUT)

    page.locator(f"{menu} > summary").click()

    assert page.locator(f"{menu} :is(button, a)").filter(visible=True).count() > 3
    assert page.evaluate(STICKING_OUT, "header") == []


@pytest.fixture(scope="module", params=LARGE, ids=str)
def reader(lasting_page, request):
    """A phone whose owner has chosen large letters."""
    width, size = request.param
    page = lasting_page(viewport={"width": width, "height": 800})
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    page.goto("/en/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{size}px"
    return page


@pytest.mark.parametrize("address", ONE_OF_EACH_TYPE)
def test_large_letters_stay_on_the_screen(reader, address):
    reader.goto(address)
    reader.evaluate(OPEN_FOLDS)

    assert reader.evaluate(STICKING_OUT, "body") == []
    assert reader.evaluate(SIDEWAYS) <= 0


def test_menus_in_large_letters_open_on_the_screen(reader):
    reader.goto(HOMES[0])

    reader.locator(".site-menu > summary").click()
    assert reader.evaluate(STICKING_OUT, ".site-menu") == []

    reader.locator(".display-menu > summary").click()
    assert reader.evaluate(STICKING_OUT, ".display-menu") == []
