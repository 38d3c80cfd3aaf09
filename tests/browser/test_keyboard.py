"""The site with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import CONDITION, HOMES, QUESTIONS

pytestmark = pytest.mark.browser

MOST_STOPS = 200
COLORS = ".display-menu > summary"
PHONE = {"width": 320, "height": 800}
MENUS = pytest.mark.parametrize("menu", [".display-menu", ".site-menu"])
IN_SIGHT = """() => {
    const { x, y, width, height } = document.activeElement.getBoundingClientRect();
    return document.activeElement.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.fixture
def page(new_page):
    page = new_page()
    page.goto("/en/")
    return page


def tab_to(page, selector):
    """Press Tab until something that the selector describes has the focus."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"No keyboard stop of {page.url} is {selector}")


def follow(page, selector):
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_keyboard_leads_from_home_to_an_appointment(page):
    follow(page, "#find .link-list a")
    expect(page).to_have_url(re.compile(r"/en/conditions/[\w-]+/$"))

    follow(page, 'main a[href^="/en/treatments/"]')
    expect(page).to_have_url(re.compile(r"/en/treatments/[\w-]+/$"))

    follow(page, '.related a[href^="/en/questions/"]')
    expect(page).to_have_url(re.compile(r"/en/questions/[\w-]+/$"))

    follow(page, ".appointment-band .button")
    expect(page).to_have_url(re.compile(r"/en/appointments/$"))


@pytest.mark.parametrize("address", HOMES)
def test_the_first_stop_skips_to_the_main_content(page, address):
    page.goto(address)

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()

    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_a_question(page, key):
    page.goto(QUESTIONS)
    answer = page.locator("details.question").first.locator(".question__answer")
    expect(answer).to_be_hidden()

    tab_to(page, "details.question > summary")
    page.keyboard.press(key)
    expect(answer).to_be_visible()

    page.keyboard.press(key)
    expect(answer).to_be_hidden()


def test_the_keyboard_chooses_colors_and_returns_to_where_it_was(page):
    tab_to(page, COLORS)
    page.keyboard.press("Enter")
    tab_to(page, '[data-theme-choice="low-glare"]')
    page.keyboard.press("Space")

    expect(page.locator("html")).to_have_attribute("data-theme", "low-glare")
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")

    page.keyboard.press("Escape")

    expect(page.locator(".display-menu__choices")).to_be_hidden()
    expect(page.locator(COLORS)).to_be_focused()


@pytest.fixture
def open_menu(page, menu):
    """A menu of a page on a phone, opened by keyboard."""
    page.set_viewport_size(PHONE)
    page.goto(CONDITION)
    tab_to(page, f"{menu} > summary")
    page.keyboard.press("Enter")
    expect(page.locator(menu)).to_have_attribute("open", "")
    return page.locator(menu)


@MENUS
@pytest.mark.parametrize("way", ["", "Shift+"])
def test_the_keyboard_leaves_a_menu_and_sees_where_it_is(page, open_menu, menu, way):
    page.keyboard.press(f"{way}Tab")
    while open_menu.locator(":focus").count():
        page.keyboard.press(f"{way}Tab")

    expect(open_menu.locator("button, a").first).to_be_hidden()
    assert page.evaluate(IN_SIGHT)


@MENUS
def test_escape_leads_back_from_a_menu(page, open_menu, menu):
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(open_menu.locator("button, a").first).to_be_hidden()
    expect(open_menu.locator("summary")).to_be_focused()


@MENUS
def test_a_menu_stays_open_when_the_focus_goes_nowhere_else(page, open_menu, menu):
    page.keyboard.press("Tab")

    page.evaluate("document.activeElement.blur()")

    expect(open_menu.locator("button, a").first).to_be_visible()
