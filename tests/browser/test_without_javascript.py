"""The site for a reader whose browser runs no scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import CONDITION, ONE_OF_EACH_TYPE, QUESTIONS, TREATMENT

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("server")]

# Each of these does nothing without a script.
NEEDS_A_SCRIPT = ".display-menu, [data-print], [data-theme-choice]"
HIDDEN_CONTENT = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, a)")]
    .filter((element) => !element.closest("details, .js-only, .only-for-other, .only-if-been"))
    .filter((element) => !element.checkVisibility())
    .map((element) => element.outerHTML.slice(0, 80))"""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
DARK, LIGHT = "rgb(16, 28, 30)", "rgb(255, 253, 249)"


@pytest.fixture(scope="module")
def page(lasting_page):
    return lasting_page(java_script_enabled=False, viewport={"width": 360, "height": 800})


def test_clicks_lead_from_home_to_an_appointment(page):
    page.goto("/en/")

    page.locator("#find .link-list a").first.click()
    expect(page).to_have_url(re.compile(r"/en/conditions/[\w-]+/$"))

    page.locator('main a[href^="/en/treatments/"]:visible').first.click()
    expect(page).to_have_url(re.compile(r"/en/treatments/[\w-]+/$"))

    page.locator('.related a[href^="/en/questions/"]').first.click()
    expect(page).to_have_url(re.compile(r"/en/questions/[\w-]+/$"))

    page.locator(".appointment-band .button").click()
    expect(page).to_have_url(re.compile(r"/en/appointments/$"))


def test_the_menu_opens(page):
    page.goto(CONDITION)
    links = page.locator(".site-menu a")
    expect(links.first).to_be_hidden()

    page.locator(".site-menu > summary").click()

    expect(links.first).to_be_visible()


def test_a_question_opens(page):
    page.goto(QUESTIONS)
    question = page.locator("details.question").first
    expect(question.locator(".question__answer")).to_be_hidden()

    question.locator("summary").click()

    expect(question.locator(".question__answer")).to_be_visible()


@pytest.mark.parametrize("address", ONE_OF_EACH_TYPE)
def test_all_content_shows_and_nothing_that_would_not_work(page, address):
    page.goto(address)

    assert page.evaluate(HIDDEN_CONTENT) == []
    assert page.locator(NEEDS_A_SCRIPT).filter(visible=True).count() == 0


@pytest.mark.parametrize(("preference", "background"), [("dark", DARK), ("light", LIGHT)])
def test_the_colors_are_those_of_the_device(new_page, preference, background):
    page = new_page(java_script_enabled=False, color_scheme=preference)

    page.goto(TREATMENT)

    assert page.evaluate(BACKGROUND) == background
