"""A clinician writes a page in the admin, without help."""

import re

import pytest
from playwright.sync_api import expect

from content.models import ConditionIndexPage, TreatmentPage

pytestmark = pytest.mark.browser

TITLE = "A condition for this test"
NO_DRIVING = "Do not drive if you feel weak"


@pytest.fixture
def autosaving(settings):
    """Wagtail saves by itself: for tests that wait for it before they publish."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500


@pytest.fixture
def new_condition(admin):
    """The form for a page below “Conditions”, opened from there, with a title and a summary."""
    conditions = ConditionIndexPage.objects.get(locale__language_code="en")
    admin.goto(f"/admin/pages/{conditions.pk}/")
    admin.get_by_role("link", name="Add child page").first.click()
    admin.locator("#id_title").fill(TITLE)
    admin.locator("#id_summary").fill("Two or three words.")
    return admin


def add_block(form, name):
    form.locator("#body-root").get_by_title("Insert a block").last.click()
    form.get_by_role("option", name=name, exact=True).click()


def field(form, path):
    return form.locator(f'[name="body-{path}"]')


def write(form, path, words):
    """Type into a rich text field, and wait until the form has the words too."""
    field(form, path).locator("..").locator("[contenteditable=true]").press_sequentially(words)
    expect(field(form, path)).to_have_value(re.compile(re.escape(words)))


def write_five_blocks(form):
    add_block(form, "Text")
    field(form, "0-value-heading").fill("What it is")
    write(form, "0-value-body", "Words of a text.")
    add_block(form, "Note")
    write(form, "1-value-body", "Words of a note.")
    add_block(form, "Checklist")
    field(form, "2-value-items-0-value").fill("A thing to bring")
    add_block(form, "Do and do not")
    field(form, "3-value-do-0-value").fill("Call us if you are worried")
    field(form, "3-value-do_not-0-value").fill(NO_DRIVING)
    add_block(form, "Definition rows")
    field(form, "4-value-rows-0-value-term").fill("A term")
    write(form, "4-value-rows-0-value-meaning", "Words of a meaning.")


def publish(form):
    form.get_by_role("button", name="More actions").click()
    form.get_by_role("button", name="Publish").click()


def test_an_editor_writes_previews_and_publishes_a_page(autosaving, new_condition, new_page):
    write_five_blocks(new_condition)
    expect(new_condition.locator(".w-autosave-indicator__state--saved")).to_be_visible()

    new_condition.get_by_role("button", name="Toggle preview").click()
    preview = new_condition.frame_locator(".w-preview__iframe >> nth=-1")
    expect(preview.locator("h1")).to_have_text(TITLE)
    expect(preview.locator(".cannot-list")).to_have_text(NO_DRIVING)

    publish(new_condition)
    expect(new_condition.locator(".messages .success")).to_contain_text(TITLE)

    reader = new_page()
    reader.goto("/en/conditions/")
    reader.get_by_role("link", name=TITLE).first.click()
    for selector, words in [
        ("h1", TITLE),
        ("#what-it-is + p", "Words of a text."),
        (".note", "Words of a note."),
        (".checklist", "A thing to bring"),
        (".cannot-list", NO_DRIVING),
        (".definition-rows dd", "Words of a meaning."),
    ]:
        expect(reader.locator(f"main {selector}")).to_have_text(words)


def test_a_refused_line_is_explained_beside_it_and_nothing_is_lost(new_condition):
    write_five_blocks(new_condition)
    field(new_condition, "3-value-do_not-0-value").fill("Drive if you feel weak")

    publish(new_condition)

    mistake = new_condition.locator("#body-3-value-do_not-0-value-errors")
    expect(mistake).to_contain_text("Begin with “Do not”")
    expect(new_condition.locator(".error-message")).to_have_count(1)
    expect(new_condition.locator("#id_title")).to_have_value(TITLE)
    expect(field(new_condition, "3-value-do_not-0-value")).to_have_value("Drive if you feel weak")
    expect(field(new_condition, "0-value-body")).to_have_value(re.compile("Words of a text"))
    expect(field(new_condition, "4-value-rows-0-value-term")).to_have_value("A term")


def test_an_editor_sees_which_pages_use_a_danger_message(admin):
    page = TreatmentPage.objects.get(locale__language_code="en", slug="botox-for-dystonia")
    danger = page.danger_messages[0]
    admin.goto("/admin/snippets/content/dangermessage/")
    admin.get_by_role("link", name=danger.title, exact=True).first.click()

    admin.get_by_role("button", name="Toggle status").click()
    admin.get_by_role("link", name=re.compile(r"Used \d+ times?")).click()

    expect(admin.locator("main").get_by_role("link", name=page.title)).to_be_visible()
