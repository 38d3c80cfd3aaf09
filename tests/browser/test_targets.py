"""What can be pressed is large enough for a shaking hand; where the keyboard is can be seen."""

import pytest

from tests.browser.addresses import ONE_OF_EACH_TYPE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("server")]

PHONE = {"width": 360, "height": 800}
OPEN_EVERYTHING = """() => document.querySelectorAll("details")
    .forEach((details) => { details.open = true; })"""

# WCAG 2.2, 2.5.8, exempts links within a sentence, and those that repeat a larger one: the drawn
# body, which screen readers and keyboards pass by, stands beside a list with the same links.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.matches(".skip-link, [aria-hidden=true] *"))
    .filter((element) => !(element.matches("a") && element.closest("p, li, dt, dd, figcaption")
        && getComputedStyle(element).display === "inline"))
    .map((element) => element.matches("[type=radio], [type=checkbox]") && element.closest("label") || element)
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 44 || box.height < 47.5))
    .map(([element, box]) => `${element.tagName}.${element.className} `
        + `"${element.textContent.trim().slice(0, 30)}" ${box.width} x ${box.height}`)"""

FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const style = getComputedStyle(element);
    return {
        name: `${element.tagName}.${element.className} "${element.textContent.trim().slice(0, 30)}"`,
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        visible: element.checkVisibility(),
    };
}"""


@pytest.fixture(scope="module")
def phone(lasting_page):
    return lasting_page(viewport=PHONE, reduced_motion="reduce")


def keyboard_stops(page):
    """Press Tab until the focus has left the page, and tell of each place it stopped at."""
    page.keyboard.press("Tab")
    while stop := page.evaluate(FOCUSED):
        yield stop
        page.keyboard.press("Tab")


@pytest.mark.parametrize("address", ONE_OF_EACH_TYPE)
def test_everything_to_press_is_large(phone, address):
    phone.goto(address)
    phone.evaluate(OPEN_EVERYTHING)

    small = phone.evaluate(SMALL_TARGETS)

    assert not small, "\n".join(small)


@pytest.mark.parametrize("address", ONE_OF_EACH_TYPE)
def test_every_keyboard_stop_shows_an_outline(phone, address):
    phone.goto(address)

    stops = list(keyboard_stops(phone))

    assert len(stops) > 5
    assert not [stop for stop in stops if stop["outline"] < 3 or not stop["visible"]]
