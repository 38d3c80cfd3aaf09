"""A reader says whether a page helped, with a mouse, a keyboard, and without JavaScript."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from content.models import PageFeedback
from tests.browser.addresses import CONDITION

pytestmark = pytest.mark.browser

LINE = "Say more about driving."


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def reader(new_page, request, db):
    """A reader on a phone. The answers and counters the reader causes go in the end."""
    cache.clear()
    yield new_page(java_script_enabled=request.param, viewport={"width": 360, "height": 800})
    PageFeedback.objects.all().delete()
    cache.clear()


def test_a_reader_says_that_a_page_helped(reader):
    reader.goto(CONDITION)
    form = reader.locator(".page-feedback")

    form.get_by_text("Yes", exact=True).click()
    form.get_by_label("What could be better?").fill(f"{LINE} My number is 305-555-0199")
    form.get_by_role("button", name="Send your answer").click()

    expect(reader.locator("h1")).to_have_text("Thank you")
    expect(reader).to_have_url(re.compile(r"/en/feedback/\d+/thanks/$"))
    kept = PageFeedback.objects.get()
    assert kept.is_helpful
    assert kept.comment == f"{LINE} My number is […]"
    assert reader.context.cookies() == []

    reader.get_by_role("link", name="Go back to the page").click()
    expect(reader).to_have_url(re.compile(f"{CONDITION}$"))


def test_a_forgotten_answer_is_asked_for_and_the_line_stays(reader):
    reader.goto(CONDITION)
    reader.get_by_label("What could be better?").fill(LINE)
    reader.get_by_role("button", name="Send your answer").click()

    expect(reader.locator(".field-error")).to_have_text("Choose Yes or No.")
    expect(reader.get_by_label("What could be better?")).to_have_value(LINE)
    assert not PageFeedback.objects.exists()

    reader.get_by_text("No", exact=True).click()
    reader.get_by_role("button", name="Send your answer").click()

    expect(reader.locator("h1")).to_have_text("Thank you")
    assert PageFeedback.objects.get().comment == LINE


def test_the_keyboard_answers_too(new_page, db):
    page = new_page()
    page.goto(CONDITION)
    page.locator("#feedback-is_helpful_0").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type(LINE)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Thank you")
    kept = PageFeedback.objects.get()
    assert (kept.is_helpful, kept.comment) == (False, LINE)
    kept.delete()


def test_paper_does_not_ask(new_page):
    page = new_page()
    page.goto(CONDITION)
    expect(page.locator(".page-feedback")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator(".page-feedback")).to_be_hidden()
