"""Pages whose text the reader has made larger, or spaced out, stay on the screen."""

import pytest

from tests.browser.addresses import HOMES

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("server")]

SMALLEST = {"width": 320, "height": 800}
# What WCAG 2.2, 1.4.12, asks pages to bear.
SPACED_OUT = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }"""
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
