"""A printed page: ink on white, all of its text, and where it came from."""

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import CONDITION, QUESTIONS, TREATMENT

pytestmark = pytest.mark.browser

FOR_SCREENS = "header, .site-footer, .breadcrumbs, .on-this-page, .appointment-band, [data-print]"
COLORS = """() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return [backgroundColor, color];
}"""
INK_ON_WHITE = ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


@pytest.fixture
def page(new_page):
    page = new_page(color_scheme="dark", reduced_motion="reduce")
    page.goto(TREATMENT)
    return page


def test_what_is_only_for_screens_is_left_out(page):
    page.emulate_media(media="print")

    for part in page.locator(FOR_SCREENS).locator("a, button, summary, span").all():
        expect(part).to_be_hidden()


def test_a_printed_page_says_whom_to_call_and_where_it_came_from(page):
    phone = page.locator("a.top-strip__phone").evaluate("(link) => link.lastChild.textContent")
    expect(page.locator(".print-head")).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.locator(".print-head")).to_be_visible()
    expect(page.locator(".print-head")).to_contain_text(phone)
    expect(page.locator(".print-foot")).to_be_visible()
    expect(page.locator(".print-foot")).to_contain_text(TREATMENT)
    expect(page.locator("#sources + ol > li").first).to_be_visible()


@pytest.mark.parametrize("theme", ["", "light", "dark", "low-glare"])
def test_paper_is_white_whatever_the_screen_is(page, theme):
    page.evaluate("(theme) => localStorage.setItem('theme', theme)", theme)
    page.goto(CONDITION)

    page.emulate_media(media="print")

    assert page.evaluate(COLORS) == INK_ON_WHITE


def test_printing_opens_every_question(page):
    page.goto(QUESTIONS)

    page.pdf()

    assert page.locator("details.question").count()
    assert page.locator("details.question:not([open])").count() == 0


def test_answers_are_printed_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(QUESTIONS)

    page.emulate_media(media="print")

    for answer in page.locator(".question__answer > p").all():
        expect(answer).to_be_visible()
