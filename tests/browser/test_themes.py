"""The colors a reader chooses stay in the reader's browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import CONDITION, MIGRAINE, QUESTIONS, TREATMENT

pytestmark = pytest.mark.browser

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
COLORS = """() => [...document.querySelectorAll("body *")].map((element) => {
    const { backgroundColor, borderTopColor, color, fill, stroke } = getComputedStyle(element);
    return [element.outerHTML.slice(0, 80), backgroundColor, borderTopColor, color, fill, stroke].join();
})"""
BAR = "() => [...document.querySelectorAll('meta[name=theme-color]')].map((meta) => meta.content)"
SIGN = "(summary) => getComputedStyle(summary, '::after').backgroundImage"
# The body appears before anything can be painted.
WATCH_THE_BODY_APPEAR = """new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    window.themeAtFirst = document.documentElement.dataset.theme;
}).observe(document, { childList: true, subtree: true })"""


def choose(page, theme):
    page.locator(".display-menu > summary").click()
    page.locator(f'.display-menu [data-theme-choice="{theme}"]').click()


@pytest.fixture
def page(new_page):
    page = new_page(color_scheme="light", reduced_motion="reduce")
    page.goto("/en/")
    return page


def test_each_theme_has_a_background_of_its_own(page):
    backgrounds = set()
    for theme in ["light", "dark", "low-glare"]:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        backgrounds.add(page.evaluate(BACKGROUND))

    assert len(backgrounds) == 3


def test_a_theme_survives_a_reload_and_another_page(page):
    before = page.evaluate(BACKGROUND)

    choose(page, "low-glare")
    chosen = page.evaluate(BACKGROUND)
    page.reload()
    reloaded = page.evaluate(BACKGROUND)
    page.goto(CONDITION)
    elsewhere = page.evaluate(BACKGROUND)

    assert chosen != before
    assert reloaded == elsewhere == chosen


def test_a_theme_colors_the_browsers_bar_until_it_is_given_up(page):
    """A phone would shine a strip of light above low-glare colors."""
    of_device = page.evaluate(BAR)

    choose(page, "low-glare")
    page.goto(CONDITION)
    assert page.evaluate(BAR) == ["#2b2018", "#2b2018"]

    choose(page, "")
    assert page.evaluate(BAR) == of_device == ["#e3efe8", "#182a2c"]


def test_a_theme_holds_in_every_open_tab(page):
    other = page.context.new_page()
    other.goto(CONDITION)

    choose(other, "low-glare")

    expect(page.locator("html")).to_have_attribute("data-theme", "low-glare")
    choice = page.locator('.display-menu [data-theme-choice="low-glare"]')
    expect(choice).to_have_attribute("aria-pressed", "true")


def test_a_page_out_of_the_browsers_memory_takes_the_theme_chosen_meanwhile(page):
    page.evaluate("localStorage.setItem('theme', 'low-glare')")

    # The browser of the tests keeps no page in its memory: this is what one that does says.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(page.locator("html")).to_have_attribute("data-theme", "low-glare")


def test_a_theme_holds_before_the_first_paint(page):
    choose(page, "dark")
    page.add_init_script(WATCH_THE_BODY_APPEAR)

    page.goto(TREATMENT)

    assert page.evaluate("window.themeAtFirst") == "dark"


def test_the_same_as_my_device_forgets_the_choice(page):
    before = page.evaluate(BACKGROUND)
    choose(page, "dark")
    page.reload()

    choose(page, "")

    assert page.evaluate(BACKGROUND) == before
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_a_choice_sets_no_cookie_and_asks_the_server_nothing(page):
    requests = []
    page.on("request", lambda request: requests.append(request.url))

    choose(page, "low-glare")

    assert page.context.cookies() == []
    # Chromium asks for the icon of the page in its own time.
    assert [url for url in requests if not url.endswith("/symbol.svg")] == []


def test_readers_with_different_themes_get_the_same_bytes(page, new_page):
    other = new_page()
    other.goto("/en/")
    choose(page, "dark")
    choose(other, "low-glare")

    assert page.goto(TREATMENT).body() == other.goto(TREATMENT).body()


def test_a_page_for_sore_eyes_offers_low_glare_colors_and_the_way_back(page):
    page.goto(MIGRAINE)
    before = page.evaluate(BACKGROUND)
    bar = page.locator(".comfort-bar")

    bar.get_by_role("button", name="Switch to low-glare colors").click()

    low_glare = page.evaluate(BACKGROUND)
    back = bar.get_by_role("button", name="Use the colors of my device")
    expect(back).to_be_focused()
    expect(bar).not_to_contain_text("Does the screen hurt", use_inner_text=True)
    page.reload()
    assert page.evaluate(BACKGROUND) == low_glare != before

    back.click()

    assert page.evaluate(BACKGROUND) == before
    expect(bar).to_contain_text("Does the screen hurt your eyes?", use_inner_text=True)


@pytest.mark.parametrize("address", ["/en/", MIGRAINE, QUESTIONS, "/en/appointments/"])
def test_dark_colors_are_the_same_whether_the_device_or_the_reader_chose_them(new_page, address):
    page = new_page(color_scheme="dark", reduced_motion="reduce")
    page.goto(address)
    of_device = page.evaluate(COLORS)

    page.evaluate("document.documentElement.dataset.theme = 'dark'")

    assert page.evaluate(COLORS) == of_device


@pytest.fixture
def forced(new_page):
    """A page of a reader whose system sets all colors, as Windows can."""
    return new_page(forced_colors="active", reduced_motion="reduce")


def test_forced_colors_leave_the_sign_beside_a_question_that_it_opens(forced):
    forced.goto(QUESTIONS)

    drawn = forced.locator(".question > summary").first.evaluate(SIGN)

    assert "gradient" in drawn


def test_forced_colors_leave_out_the_choice_of_ours(forced):
    forced.goto(MIGRAINE)

    for button in forced.locator("[data-theme-choice]").all():
        expect(button).to_be_hidden()
    expect(forced.locator(".display-menu")).to_be_hidden()
    expect(forced.locator(".comfort-bar")).to_be_hidden()
