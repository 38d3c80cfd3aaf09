"""A translator keeps a Spanish page saying what the English one says."""

import pytest
from playwright.sync_api import expect
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from content.groups import TRANSLATORS
from content.models import DangerMessage, TreatmentPage
from content.starter.adopting import adopt
from tests.browser.desks import PATIENCE, expect_success, member_of, put_back, sit_down

pytestmark = pytest.mark.browser

ENGLISH_WORDS = "A new first sentence about these shots."
SPANISH_WORDS = "Una nueva primera frase sobre estas inyecciones."
NOTICE = "Esta información de seguridad cambió"


@pytest.fixture
def english(db):
    """A page of the seeded site whose translation the translation editor knows."""
    page = TreatmentPage.objects.get(slug="botulinum-toxin-therapy", locale__language_code="en")
    translation = page.get_translations().get()
    with put_back(page, translation):
        adopt(translation)
        yield page
        for model in (Translation, TranslationSource, StringTranslation):
            model.objects.all().delete()


@pytest.fixture
def spanish(english):
    return english.get_translations().get()


@pytest.fixture
def danger(db):
    """The English message that every page with side effects shows."""
    message = DangerMessage.objects.get(slug="after-injection", locale__language_code="en")
    with put_back(message.get_translations().get(), message):
        yield message


@pytest.fixture
def translator(db):
    with member_of(TRANSLATORS) as user:
        yield user


@pytest.fixture
def desk(english, translator, new_page):
    return sit_down(new_page, translator)


def block(page, kind):
    return next(child.value for child in page.body if child.block_type == kind)


def test_a_translator_translates_what_went_stale_and_readers_see_it(
    english, spanish, desk, new_page
):
    block(english, "text")["lead"] = ENGLISH_WORDS
    english.save_revision().publish()

    desk.reload()
    waiting = desk.locator("#waiting-section")
    expect(waiting).to_contain_text("1 page changed in English since its translation was begun")
    waiting.get_by_role("link", name=english.title, exact=True).click()
    desk.get_by_role("button", name="Submit").click()
    expect_success(desk, "Successfully updated")

    desk.goto("/admin/")
    waiting.get_by_role("link", name="1 translation has sentences still to translate").click()
    desk.locator("main").get_by_role("link", name=spanish.title).click()
    stale = desk.locator("li.incomplete")
    expect(stale).to_have_count(1)
    expect(stale).to_contain_text(ENGLISH_WORDS)
    stale.get_by_role("button", name="Translate").click()
    stale.get_by_role("textbox").fill(SPANISH_WORDS)
    stale.get_by_role("button", name="Save").click()
    # What was saved is shown before the server has it; this line is shown after.
    translated = desk.locator("li.complete", has=desk.get_by_text(SPANISH_WORDS))
    expect(translated).to_contain_text("Translated manually", timeout=PATIENCE)
    desk.get_by_role("button", name="Publish in Spanish").click()
    expect_success(desk, "Published")

    reader = new_page()
    reader.goto(spanish.url)
    expect(reader.locator("main").get_by_text(SPANISH_WORDS)).to_be_visible()


def test_changed_side_effects_are_english_until_a_translator_vouches(
    english, spanish, desk, new_page
):
    reader = new_page()
    reader.goto(spanish.url)
    spanish_effect = block(spanish, "side_effects")["common"][0]
    expect(reader.locator("main").get_by_text(spanish_effect).first).to_be_visible()
    block(english, "side_effects")["common"] = ["a new side effect"]
    english.save_revision().publish()

    reader.reload()
    expect(reader.locator("main [lang=en]").get_by_text("a new side effect")).to_be_visible()
    expect(reader.locator("main").get_by_text(NOTICE).first).to_be_visible()
    expect(reader.locator("main").get_by_text(spanish_effect)).to_have_count(0)

    desk.reload()
    waiting = desk.locator("#waiting-section")
    expect(waiting).to_contain_text("1 translation has older danger signs or side effects")
    waiting.get_by_role("link", name=spanish.title, exact=True).click()
    desk.get_by_role("button", name="Actions").first.click()
    desk.get_by_role("link", name="Translation was checked").click()
    expect(desk.locator("main")).to_contain_text("a new side effect")
    desk.get_by_role("button", name="Yes, I checked it").click()
    expect_success(desk, "was checked")

    reader.reload()
    expect(reader.locator("main").get_by_text(spanish_effect).first).to_be_visible()
    expect(reader.locator("main").get_by_text(NOTICE)).to_have_count(0)


def test_a_changed_danger_message_is_english_until_a_translator_vouches(
    danger, spanish, desk, new_page
):
    message = danger.get_translations().get()
    danger.title = "After any of these shots"
    danger.save()

    reader = new_page()
    reader.goto(spanish.url)
    expect(reader.locator("main [lang=en]").get_by_text(danger.title).first).to_be_visible()
    expect(reader.locator("main").get_by_text(NOTICE).first).to_be_visible()
    expect(reader.locator("main").get_by_text(message.title)).to_have_count(0)

    desk.reload()
    desk.locator("#waiting-section").get_by_role("link", name=message.title).click()
    desk.get_by_role("button", name="Actions").first.click()
    desk.get_by_role("link", name="Translation was checked").click()
    desk.get_by_role("button", name="Yes, I checked it").click()
    expect_success(desk, "in place of the English one")

    reader.reload()
    expect(reader.locator("main").get_by_text(message.title).first).to_be_visible()
    expect(reader.locator("main").get_by_text(NOTICE)).to_have_count(0)
