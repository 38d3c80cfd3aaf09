"""Asking for an appointment in a browser: by keyboard, without scripts, on a phone, in Spanish."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clinic_site.appointments.models import AppointmentRequest, OutboxMail, SenderCount
from clinic_site.appointments.states import CLOSED, State
from tests.browser.checking import OPEN_FOLDS, problems
from tests.browser.test_keyboard import follow, tab_to

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
URGENT = {"en": "I have trouble swallowing since my injection", "es": "No puedo respirar bien"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "es"])
SMALL = """() => [...document.querySelectorAll("main :is(a.button, button, summary, .choice, .input)")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 48)
    .map((element) => element.outerHTML.slice(0, 90))"""

CIRCLE_AND_WORDS = """(step) => {
    const circle = getComputedStyle(step, "::before");
    const { paddingInlineStart } = getComputedStyle(step);
    return [parseFloat(circle.inlineSize), circle.printColorAdjust, parseFloat(paddingInlineStart)];
}"""


@pytest.fixture(autouse=True)
def no_requests_left(db):
    """The live site forgets the requests of a test when it is over."""
    yield
    for model in (OutboxMail, SenderCount, AppointmentRequest):
        model.objects.all().delete()


def fill_in(page, note=""):
    page.locator("#id_name").fill("Test Person")
    page.locator("#id_phone").fill("305-555-0188")
    page.locator("#id_email").fill("test.person@example.com")
    page.locator(".choice", has=page.locator("[name=reason][value=migraine]")).click()
    page.locator(".choice", has=page.locator("[value=tue_am]")).click()
    page.locator("#id_note").fill(note)
    page.locator(".choice", has=page.locator("[name=consent]")).click()


def step(page, name):
    page.locator(f'button[name="step"][value="{name}"]').last.click()


@LANGUAGES
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_way_from_empty_form_to_receipt(new_page, language, scripts):
    page = new_page(java_script_enabled=scripts, viewport=PHONE)
    page.goto(f"/{language}/appointments/")

    step(page, "check")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error:"))
    expect(summary.locator("a")).to_have_count(4)
    summary.locator("a").first.click()
    expect(page.locator("#id_name")).to_be_focused()

    fill_in(page, URGENT[language])
    step(page, "check")
    expect(page.locator(".urgent-note a[href='tel:911']")).to_be_visible()
    step(page, "check")

    expect(page.locator(".answer-list").first).to_contain_text("Test Person")
    page.locator("[formaction$='#id_name']").click()
    page.locator("#id_name").fill("Test Person the Second")
    step(page, "check")
    step(page, "send")

    expect(page).to_have_url(re.compile(f"/{language}/appointments/status/[0-9a-f]{{64}}/$"))
    stored = AppointmentRequest.objects.get()
    assert stored.name == "Test Person the Second"
    assert stored.sounds_urgent
    expect(page.locator(".reference strong")).to_have_text(stored.reference)
    page.reload()
    assert AppointmentRequest.objects.count() == 1


def test_the_keyboard_alone_asks_for_an_appointment(new_page):
    page = new_page()
    page.goto("/en/appointments/")

    tab_to(page, "#id_name")
    page.keyboard.type("Test Person")
    tab_to(page, "#id_phone")
    page.keyboard.type("305-555-0188")
    tab_to(page, "[name=reason]")
    page.keyboard.press("Space")
    tab_to(page, "[name=windows][value=tue_am]")
    page.keyboard.press("Space")
    tab_to(page, "#id_consent")
    page.keyboard.press("Space")
    follow(page, "button[value=check]")
    follow(page, "button[value=send]")

    expect(page.locator(".reference")).to_be_visible()
    assert AppointmentRequest.objects.get().windows == ["tue_am"]


def test_pressing_send_again_and_again_makes_one_request(new_page):
    page = new_page()
    page.goto("/en/appointments/")
    fill_in(page)
    step(page, "check")
    page.locator("form.form-page").evaluate("(form) => { form.target = '_blank'; }")

    receipts = []
    for _press in range(3):
        with page.expect_popup() as opened:
            step(page, "send")
        expect(opened.value.locator(".reference")).to_be_visible()
        receipts.append(opened.value.url)
    page.locator("form.form-page").evaluate("(form) => { form.target = '_self'; }")
    page.locator("button[value=send]").last.dblclick()
    expect(page.locator(".reference")).to_be_visible()

    assert {*receipts, page.url} == {receipts[0]}
    assert AppointmentRequest.objects.count() == 1


def test_a_form_whose_cookie_is_gone_brings_the_answers_back(new_page):
    page = new_page()
    page.goto("/en/appointments/")
    fill_in(page, "A note to keep")
    page.context.clear_cookies()

    step(page, "check")
    expect(page.locator("#id_note")).to_have_value("A note to keep")
    step(page, "check")
    step(page, "send")

    assert AppointmentRequest.objects.get().note == "A note to keep"


def test_the_patient_asks_for_another_time_and_then_cancels(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/en/appointments/")
    fill_in(page)
    step(page, "check")
    step(page, "send")

    page.locator("summary", has_text="I need another time").click()
    page.get_by_role("button", name="Yes, I need another time").click()
    expect(page.locator("h1")).to_have_text("You asked for another time")
    page.locator("summary", has_text="Cancel this request").click()
    page.get_by_role("button", name="Yes, cancel my request").click()

    expect(page.locator("h1")).to_have_text("Your request is canceled")
    assert AppointmentRequest.objects.get().state == State.WITHDRAWN


def put(request, state):
    request.state = state
    request.closed_at = timezone.now() if state in CLOSED else None
    request.starts_at = request.ends_at = None
    if state in (State.SCHEDULED, State.CANCELLED):
        request.starts_at = datetime(2090, 1, 10, 15, tzinfo=UTC)
        request.ends_at = request.starts_at + timedelta(minutes=30)
    request.save()


@LANGUAGES
def test_axe_finds_nothing_in_any_step_or_state(new_page, language):
    page, seen, found = new_page(reduced_motion="reduce"), set(), []

    def look():
        found.extend(problems(page, seen))
        found.extend(f"{page.url}: too small: {what}" for what in page.evaluate(SMALL))

    page.goto(f"/{language}/appointments/")
    page.locator(".choice", has=page.locator("[value=other]")).click()
    page.locator(".choice", has=page.locator("[name=been_before][value=yes]")).click()
    look()
    step(page, "check")
    look()
    page.goto(f"/{language}/appointments/")
    fill_in(page, URGENT[language])
    step(page, "check")
    look()
    step(page, "check")
    look()
    step(page, "send")
    stored = AppointmentRequest.objects.get()
    for state in State:
        put(stored, state)
        page.reload()
        page.evaluate(OPEN_FOLDS)
        look()

    assert not found, "\n".join(found)


def test_the_header_takes_a_form_that_was_begun_to_the_other_language(new_page):
    page = new_page(viewport=PHONE)
    page.goto("/en/appointments/")
    fill_in(page, note="Left arm")

    page.locator(".language-switch a").click()

    expect(page).to_have_url(re.compile("/es/appointments/$"))
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#id_name")).to_have_value("Test Person")
    expect(page.locator("#id_note")).to_have_value("Left arm")
    expect(page.locator("[name=reason][value=migraine]")).to_be_checked()

    page.locator(".language-switch a").click()

    expect(page).to_have_url(re.compile("/en/appointments/$"))
    expect(page.locator("#id_name")).to_have_value("Test Person")


def test_one_choice_is_begun_and_an_untouched_form_opens_as_any_page_does(new_page):
    page = new_page()
    methods = []
    page.on("request", lambda sent: sent.is_navigation_request() and methods.append(sent.method))
    page.goto("/en/appointments/")
    page.locator(".language-switch a").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator(".choice", has=page.locator("[value=tue_am]")).click()

    page.locator(".language-switch a").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[value=tue_am]")).to_be_checked()
    assert methods == ["GET", "GET", "POST"]

    # What came back from the server, with mistakes or in the other language, was begun before.
    page.locator(".language-switch a").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("[value=tue_am]")).to_be_checked()


def test_a_printed_receipt_says_its_own_address_and_offers_nothing_to_press(new_page):
    page = new_page()
    page.goto("/en/appointments/")
    fill_in(page)
    step(page, "check")
    step(page, "send")
    expect(page.get_by_role("heading", name="No longer need it?")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator(".print-foot")).to_contain_text(page.url)
    headings = page.locator("main").get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["What happens next", "Follow your request", "Getting worse?", "Questions?"]


def test_forced_colors_tell_the_steps_of_a_request_apart(new_page):
    page = new_page(forced_colors="active", reduced_motion="reduce")
    show_steps(page)
    step_shown = page.locator(".status-steps li").first

    looks = set()
    for state in ["is-done", "is-now", "is-next"]:
        step_shown.evaluate("(step, state) => { step.className = state; }", state)
        looks.add(step_shown.screenshot())

    assert len(looks) == 3


def test_paper_tells_the_steps_of_a_request_apart_and_covers_none_of_their_words(new_page):
    page = new_page(reduced_motion="reduce")
    show_steps(page)

    page.emulate_media(media="print")

    for step_shown in page.locator(".status-steps li").all():
        circle, adjusted, words = step_shown.evaluate(CIRCLE_AND_WORDS)
        assert circle < words
        assert adjusted == "exact"


def show_steps(page):
    page.goto("/en/appointments/")
    fill_in(page)
    step(page, "check")
    step(page, "send")
    expect(page.locator("h1")).to_have_text("We have your request")
    put(AppointmentRequest.objects.get(), State.IN_REVIEW)
    page.reload()
