"""Words that open their meaning: by keyboard, by touch, without scripts, on paper, in the editor."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from content.models import ConditionIndexPage

pytestmark = pytest.mark.browser

ADDRESS = "/en/treatments/botulinum-toxin-therapy/"
PHONE = {"width": 360, "height": 740}
SCREENS = [PHONE, {"width": 1280, "height": 800}]
scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])

TITLE = "A condition with words"
LINES_KEEP_THEIR_PLACE = """(button) => {
    const paragraph = button.closest("p");
    const before = paragraph.offsetHeight;
    button.style.paddingBlock = button.style.marginBlock = 0;
    const after = paragraph.offsetHeight;
    button.style = "";
    return before === after;
}"""
RUN_AXE = """async ([theme]) => {
    document.documentElement.dataset.theme = theme;
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`);
}"""


def words(page, text="albumin"):
    return page.locator(".term__words", has_text=text)


def meaning(page, text="albumin"):
    return page.locator(".term", has=words(page, text)).locator(".term__meaning")


def told_to_screen_readers(page, name):
    """The state of the button with this name in the browser's accessibility tree."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    button = next(
        node
        for node in tree["nodes"]
        if node.get("role", {}).get("value") == "button"
        and node.get("name", {}).get("value") == name
    )
    return {state["name"]: state["value"]["value"] for state in button["properties"]}


@scripts
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_a_meaning_and_closes_it(new_page, scripts, key):
    page = new_page(java_script_enabled=scripts)
    page.goto(ADDRESS)
    expect(meaning(page)).to_be_hidden()

    words(page).focus()
    page.keyboard.press(key)
    expect(meaning(page)).to_be_visible()
    expect(meaning(page)).to_contain_text("A protein that is found in blood.")
    page.keyboard.press("Escape")

    expect(meaning(page)).to_be_hidden()
    expect(words(page)).to_be_focused()


@scripts
def test_a_touch_opens_a_meaning_and_a_touch_elsewhere_closes_it(new_page, scripts):
    page = new_page(java_script_enabled=scripts, has_touch=True, viewport=PHONE)
    page.goto(ADDRESS)

    words(page).tap()
    expect(meaning(page)).to_be_visible()
    page.locator(".term__words", has_text="brand").tap()

    expect(meaning(page)).to_be_hidden()
    expect(meaning(page, "brand")).to_be_visible()
    page.locator("h1").tap()
    expect(meaning(page, "brand")).to_be_hidden()


def test_pressing_the_words_again_closes_the_meaning(new_page):
    page = new_page()
    page.goto(ADDRESS)

    words(page).click()
    words(page).click()

    expect(meaning(page)).to_be_hidden()


def test_screen_readers_hear_whether_the_meaning_is_open(new_page):
    page = new_page()
    page.goto(ADDRESS)
    assert told_to_screen_readers(page, "albumin")["expanded"] is False

    words(page).click()

    assert told_to_screen_readers(page, "albumin")["expanded"] is True


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desk"])
def test_the_meaning_lies_close_to_its_words_and_on_the_screen(new_page, screen):
    page = new_page(viewport=screen)
    page.goto(ADDRESS)

    buttons = page.locator(".term__words").all()
    assert buttons
    for button in buttons:
        button.click()
        box, shown = button.bounding_box(), page.locator(":popover-open").bounding_box()
        gap = max(shown["y"] - box["y"] - box["height"], box["y"] - shown["y"] - shown["height"])
        assert gap < 8
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= screen["width"]
        assert shown["y"] >= 0
        assert shown["y"] + shown["height"] <= screen["height"]
        page.keyboard.press("Escape")


def test_the_words_are_large_to_press_and_leave_the_lines_where_they_are(new_page):
    page = new_page(viewport=PHONE)
    page.goto(ADDRESS)

    buttons = page.locator("p .term__words").all()
    assert buttons
    for button in buttons:
        box = button.bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 47.5
        assert button.evaluate(LINES_KEEP_THEIR_PLACE)


@pytest.mark.parametrize("theme", ["light", "dark", "low-glare"])
def test_axe_finds_nothing_wrong_with_an_open_meaning(new_page, theme):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    page.goto(ADDRESS)
    page.evaluate(AXE_SCRIPT)

    words(page).click()

    assert page.evaluate(RUN_AXE, [theme]) == []


def test_words_stay_readable_in_the_colors_of_the_device(new_page):
    page = new_page(forced_colors="active", color_scheme="dark")
    page.goto(ADDRESS)

    words(page).focus()

    outline = words(page).evaluate("(button) => getComputedStyle(button).outlineColor")
    ground = words(page).evaluate("(button) => getComputedStyle(button).backgroundColor")
    assert outline == "rgb(255, 255, 255)"
    assert ground == "rgba(0, 0, 0, 0)"


def test_paper_lists_the_words_with_their_meanings_at_the_end(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(ADDRESS)
    listed = page.locator(".words-on-this-page")
    expect(listed).to_be_hidden()
    terms = {text.split(":")[0] for text in page.locator(".term__meaning").all_text_contents()}

    page.emulate_media(media="print")

    expect(listed.get_by_role("heading")).to_have_text("Words on this page")
    assert set(listed.locator("dt").all_inner_texts()) == terms
    expect(listed.locator("dd").first).to_be_visible()
    expect(page.locator(".term__meaning").first).to_be_hidden()


def test_the_glossary_leads_to_a_page_that_uses_the_word(new_page):
    page = new_page()
    page.goto("/en/")

    page.locator(".site-footer").get_by_role("link", name="Glossary").click()
    page.get_by_role("link", name="S", exact=True).click()
    used = page.locator("dl > div", has=page.locator("#word-saline"))
    used.get_by_role("link", name="Botulinum toxin").click()

    expect(words(page, "saline")).to_be_visible()


@pytest.fixture
def new_text(admin):
    """The form for a new condition with one empty text block."""
    conditions = ConditionIndexPage.objects.get(locale__language_code="en")
    admin.goto(f"/admin/pages/add/content/conditionpage/{conditions.pk}/")
    admin.locator("#id_title").fill(TITLE)
    admin.locator("#id_summary").fill("Two or three words.")
    admin.locator("#body-root").get_by_title("Insert a block").last.click()
    admin.get_by_role("option", name="Text", exact=True).click()
    return admin


def editor_of(form):
    return (
        form.locator('[name="body-0-value-body"]').locator("..").locator("[contenteditable=true]")
    )


def pick(form, name):
    """Choose a term in the window that opened."""
    form.locator(".modal").get_by_label("Search term").fill(name)
    form.locator(".modal").get_by_role("link", name=name, exact=True).click()
    expect(form.locator(".modal")).to_be_hidden()


def test_an_editor_marks_words_and_a_reader_opens_them(new_text, new_page):
    editor = editor_of(new_text)
    editor.press_sequentially("Mixed with salt water")
    for _letter in "salt water":
        new_text.keyboard.press("Shift+ArrowLeft")
    new_text.get_by_role("button", name="Glossary term").first.click()
    pick(new_text, "Saline")
    expect(editor.locator(".TooltipEntity")).to_have_text("salt water")

    editor.press("End")
    editor.press_sequentially(" or /glossary")
    new_text.get_by_role("option", name="Glossary term").click()
    pick(new_text, "Albumin")
    expect(editor.locator(".TooltipEntity")).to_have_text(["salt water", "Albumin"])
    # The editor hands its words to the form a moment after they are typed.
    expect(new_text.locator('[name="body-0-value-body"]')).to_have_value(re.compile("Albumin"))

    new_text.get_by_role("button", name="More actions").click()
    new_text.get_by_role("button", name="Publish").click()
    expect(new_text.locator(".messages .success")).to_contain_text(TITLE)

    reader = new_page()
    reader.goto("/en/conditions/")
    reader.get_by_role("link", name=TITLE).first.click()
    words(reader, "salt water").click()
    expect(meaning(reader, "salt water")).to_contain_text("Saline:")
    words(reader, "Albumin").click()
    expect(meaning(reader, "Albumin")).to_be_visible()

    new_text.get_by_role("link", name=re.compile("Edit")).first.click()
    expect(editor_of(new_text).locator(".TooltipEntity")).to_have_text(["salt water", "Albumin"])
