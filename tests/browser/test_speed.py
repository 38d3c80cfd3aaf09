"""A page comes in few requests, holds nothing up and stays where it is."""

import pytest

from tests.browser.addresses import HOMES, TREATMENT, VIEWS

pytestmark = pytest.mark.browser

MOST_REQUESTS = 5
# Milliseconds there and back.
LINES = {"fast": 40, "slow": 400}
# Its first paragraph takes a line more in the web font than in the one before it, at this width.
HELP, LINE_MORE_AT = "/en/when-to-get-help/", 412
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


def shift_when_the_font_is_late(page, address, width):
    """How far what is seen has moved after the font came in, once the page stood there without."""
    page.set_viewport_size({"width": width, "height": 823})
    page.add_init_script(NOTE_SHIFTS)
    held = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(address, wait_until="domcontentloaded")
    page.evaluate(FIRST_PAINT)
    assert held
    for font in held:
        font.continue_()
    page.wait_for_load_state("load")
    return page.evaluate(LAYOUT_SHIFT)


@pytest.mark.parametrize("width", [360, LINE_MORE_AT, 1280])
@pytest.mark.parametrize("address", [TREATMENT, *HOMES, HELP, VIEWS[0]])
def test_nothing_moves_when_the_font_comes_late(page, address, width):
    assert shift_when_the_font_is_late(page, address, width) == 0


def test_a_font_that_takes_over_late_would_move_the_words(new_page):
    page = new_page(bypass_csp=True)

    def take_over(route):
        answer = route.fetch()
        text = answer.text().replace("font-display: optional", "font-display: swap")
        route.fulfill(response=answer, body=text)

    page.route(f"**{HELP}", take_over)

    assert shift_when_the_font_is_late(page, HELP, LINE_MORE_AT) > 0


@pytest.mark.parametrize("line", LINES)
def test_only_on_a_fast_line_is_the_font_asked_for_before_the_first_paint(page, line):
    browser = page.context.new_cdp_session(page)
    browser.send("Network.enable")
    speed = {"latency": LINES[line], "downloadThroughput": -1, "uploadThroughput": -1}
    browser.send("Network.emulateNetworkConditions", {"offline": False, **speed})

    page.goto(HELP)

    assert page.locator("link[rel=preload]").count() == (line == "fast")


def test_the_font_is_there_from_the_second_page_on(page):
    page.goto(TREATMENT)
    page.goto(HELP)
    page.evaluate(FIRST_PAINT)

    assert font_of_the_title(page) == "Atkinson Hyperlegible Next"


def font_of_the_title(page):
    """The name of the font that the title is really drawn with."""
    browser = page.context.new_cdp_session(page)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    title = browser.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    [font] = browser.send("CSS.getPlatformFontsForNode", {"nodeId": title})["fonts"]
    return font["familyName"]
