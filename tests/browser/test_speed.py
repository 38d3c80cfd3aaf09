"""A page comes in few requests, holds nothing up and stays where it is."""

import pytest

from tests.browser.addresses import HOMES, TREATMENT, VIEWS

pytestmark = pytest.mark.browser

MOST_REQUESTS = 5
# Words side by side in the header push each other by a few pixels. 0.1 counts as good.
MOST_SHIFT = 0.002
BLOCKING = """() => performance.getEntriesByType("resource")
    .filter((entry) => entry.renderBlockingStatus === "blocking")
    .map((entry) => entry.name)"""
NOTE_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries()))
        .observe({ type: "layout-shift", buffered: true });
"""
FIRST_PAINT = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => {
        if (list.getEntriesByName("first-contentful-paint").length) resolve();
    }).observe({ type: "paint", buffered: true });
})"""
LAYOUT_SHIFT = """async () => {
    await document.fonts.ready;
    for (const _ of "two") await new Promise(requestAnimationFrame);
    return shifts.reduce((sum, shift) => sum + shift.value, 0);
}"""


@pytest.fixture
def page(new_page):
    return new_page()


def test_a_first_visit_is_few_requests(page):
    requests = []
    page.on("request", lambda request: requests.append(request.url))

    page.goto(TREATMENT)

    assert 0 < len(requests) <= MOST_REQUESTS, requests


def test_nothing_but_the_page_holds_up_the_first_paint(page):
    page.goto(TREATMENT)

    assert page.evaluate(BLOCKING) == []
    # Chromium does not call it blocking, and waits for it all the same.
    assert page.locator("head link[rel=preload]").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", [TREATMENT, *HOMES, VIEWS[0]])
def test_hardly_anything_moves_when_the_font_comes_late(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(NOTE_SHIFTS)
    held = []
    page.route("**/*.woff2", lambda route: held.append(route))

    page.goto(address, wait_until="domcontentloaded")
    page.evaluate(FIRST_PAINT)
    for font in held:
        font.continue_()
    page.wait_for_load_state("load")

    assert held
    assert page.evaluate(LAYOUT_SHIFT) <= MOST_SHIFT
