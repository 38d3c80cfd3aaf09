"""Searching as readers do: by keyboard, by touch on a small screen, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from content.models import SearchMiss
from tests.browser.addresses import LOST, QUESTIONS

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 800}
PREGUNTAS = "/es/preguntas/"
# Of some twenty questions, as many as one looks through.
FEW = 4


@pytest.fixture
def no_misses_left(db):
    """The database as it was: the server counts searches that find nothing."""
    yield
    SearchMiss.objects.all().delete()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(new_page, request):
    return new_page(viewport=PHONE, reduced_motion="reduce", java_script_enabled=request.param)


def test_the_menu_leads_to_a_search_by_keyboard_alone(new_page):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto("/en/")
    page.get_by_role("banner").get_by_role("link", name="Search", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")

    page.get_by_role("searchbox", name="Search for").focus()
    page.keyboard.type("wry neck")
    page.keyboard.press("Enter")

    first = page.locator(".search-results a").first
    expect(first).to_have_text("Cervical dystonia (spasmodic torticollis)")
    expect(page.get_by_role("searchbox")).to_have_value("wry neck")
    first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/en/conditions/cervical-dystonia/$"))


def test_a_misspelling_leads_to_what_was_meant(phone, no_misses_left):
    phone.goto(LOST)

    phone.get_by_role("searchbox").fill("botoks migrane")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("link", name="Botox migraine").click()

    expect(phone).to_have_title(re.compile("^Search: Botox migraine"))
    expect(phone.locator(".search-results a").first).to_contain_text("migraine")


def test_a_spanish_word_leads_to_the_spanish_page(phone, no_misses_left):
    phone.goto("/en/search/?q=cuello+torcido")

    phone.locator("main a[lang=es]").first.click()

    expect(phone.locator("html")).to_have_attribute("lang", "es")


def test_typing_narrows_the_questions_and_says_how_many_are_left(new_page):
    page = new_page(viewport=PHONE)
    page.goto(QUESTIONS)
    all_questions = page.locator("details.question").count()

    page.get_by_role("searchbox", name="Search these questions").fill("Pregnant")

    shown = page.locator("details.question").filter(visible=True)
    expect(page.get_by_role("status")).to_have_text(f"Matching questions: {shown.count()}")
    assert 0 < shown.count() < all_questions
    page.get_by_role("searchbox").fill("")
    expect(shown).to_have_count(all_questions)
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize(
    ("address", "typed", "question"),
    [
        (QUESTIONS, "how long last", "How long does it last? Is it permanent?"),
        (QUESTIONS, "How long will the shots last?", "How long does it last? Is it permanent?"),
        (QUESTIONS, "how long does it take to work", "How soon does it work?"),
        (QUESTIONS, "breastfeed pregn", "Can I have it if I am pregnant or breastfeeding?"),
        (QUESTIONS, "MS", "Can it help after a stroke, or with MS or Parkinson's?"),
        (PREGUNTAS, "cuanto dura el efecto", "¿Cuánto dura? ¿Es permanente?"),
        (PREGUNTAS, "PAGA SEGÚRO", "¿Paga el seguro médico?"),
    ],
)
def test_the_words_of_a_question_find_it(new_page, address, typed, question):
    page = new_page(viewport=PHONE)
    page.goto(address)

    page.get_by_role("searchbox").fill(typed)

    shown = page.locator("details.question").filter(visible=True)
    expect(shown.filter(has_text=question)).to_have_count(1)
    assert shown.count() <= FEW


@pytest.mark.parametrize(
    ("address", "typed", "button"),
    [(QUESTIONS, "what will it cost me", "Search"), (PREGUNTAS, "cuánto cuesta", "Buscar")],
)
def test_words_of_no_question_lead_to_the_search_of_the_site(
    new_page, no_misses_left, address, typed, button
):
    page = new_page(viewport=PHONE)
    page.goto(address)

    page.get_by_role("searchbox").fill(typed)

    expect(page.locator("details.question").filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text(f"“{button}”")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value(typed)
    expect(page.locator("main .search-results a").first).to_be_visible()


def test_the_questions_form_searches_the_site(phone):
    phone.goto(QUESTIONS)

    phone.get_by_role("searchbox").fill("does it hurt")
    phone.get_by_role("searchbox").press("Enter")

    expect(phone.locator(".search-results a").first).to_have_text("Does it hurt?")


def test_the_contents_lead_to_no_part_that_typing_took_away(new_page):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(QUESTIONS)
    contents = page.locator(".on-this-page li a")
    everything = contents.all_inner_texts()

    page.get_by_role("searchbox").fill("pregnant")

    assert contents.filter(visible=True).all_inner_texts() == ["Safety"]
    page.get_by_role("searchbox").fill("")
    assert contents.filter(visible=True).all_inner_texts() == everything != ["Safety"]


@pytest.mark.parametrize(("address", "typed"), [(QUESTIONS, "full"), (PREGUNTAS, "completa")])
def test_the_words_that_lead_to_every_answer_find_none(new_page, address, typed):
    page = new_page()
    page.goto(address)

    page.get_by_role("searchbox").fill(typed)

    expect(page.locator(".question")).not_to_have_count(0)
    expect(page.locator(".question:not([hidden])")).to_have_count(0)
