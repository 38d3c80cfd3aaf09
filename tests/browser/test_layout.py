"""What stands side by side stands level, and where the keyboard is can be seen whole."""

import pytest

from tests.browser.addresses import FILES, address

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("server")]

WITH_NUMBERS = [address(file) for file in FILES if "number_facts" in file.path.read_text()]
WIDTHS = [360, 768, 1100, 1280, 1920]
TORN_NUMBERS = """() => [...document.querySelectorAll(".number-facts strong")]
    .filter((number) => number.offsetHeight > 1.5 * parseFloat(getComputedStyle(number).fontSize))
    .map((number) => number.textContent)"""
# A ring is drawn outside of what has the focus, and what scrolls cuts it off at its edge.
RING_CUT_OFF = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const { outlineOffset, outlineWidth } = getComputedStyle(element);
    const ring = parseFloat(outlineOffset) + parseFloat(outlineWidth);
    const side = element.closest(".article__side")?.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    const above = Math.max(0, side?.top ?? 0), below = Math.min(innerHeight, side?.bottom ?? innerHeight);
    // At the very top of the page there is nothing left to scroll to.
    const isCut = (top - ring < above - .5 && scrollY) || bottom + ring > below + .5;
    return isCut ? `"${element.textContent.trim().slice(0, 30)}" ${top} to ${bottom}` : "";
}"""
LAPTOP = {"width": 1280, "height": 720}


@pytest.mark.parametrize("address", WITH_NUMBERS)
def test_each_large_number_keeps_to_one_line(new_page, address):
    page = new_page()
    page.goto(address)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator(".number-facts strong").count()
        assert page.evaluate(TORN_NUMBERS) == [], width


@pytest.mark.parametrize(
    "address", ["/es/enfermedades/migrana-cronica/", "/es/preguntas/", "/en/appointments/"]
)
def test_the_ring_around_what_has_the_focus_is_seen_whole(new_page, address):
    page = new_page(viewport=LAPTOP, reduced_motion="reduce")
    page.goto(address)

    cut = []
    page.keyboard.press("Tab")
    while (found := page.evaluate(RING_CUT_OFF)) is not None:
        cut += [found] if found else []
        page.keyboard.press("Tab")

    assert cut == []


def test_danger_signs_and_what_was_found_stand_as_close_as_other_parts(new_page):
    page = new_page(viewport=LAPTOP)
    page.goto("/en/search/?q=i+cant+breathe")

    signs, found = page.locator("main .section").all()
    above = signs.locator(".urgent-note").bounding_box()
    below = found.locator("p").first.bounding_box()

    padding = float(signs.evaluate("(part) => parseFloat(getComputedStyle(part).paddingTop)"))
    assert below["y"] - above["y"] - above["height"] < 1.5 * padding
