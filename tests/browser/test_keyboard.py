"""The site with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import HOMES, QUESTIONS

pytestmark = pytest.mark.browser

MOST_STOPS = 200
COLORS = ".display-menu > summary"


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
