"""What a reader finds on the search page, and how it is shown."""

import re

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from content.models import ConditionPage, QuestionPage, SearchMiss, StandardPage

SEARCH = "/en/search/"


@pytest.fixture
def dystonia(db):
    return ConditionPage.objects.get(slug="cervical-dystonia", locale__language_code="en")


@pytest.fixture
def search(client, db):
    """A function that searches and returns the whole answer."""

    def get(typed, address=SEARCH):
        response = client.get(address, {"q": typed})
        assert response.status_code == 200
        return response

    return get


def found(response):
    return [result.page.slug for result in response.context["answer"].results]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_each_language_has_a_search_page_of_its_own(client, db):
    assert reverse("content:search") == SEARCH
    assert client.get("/es/buscar/").status_code == 200
    assert client.get("/es/search/").status_code == 404


def test_results_are_counted_and_the_match_is_marked(search):
    response = search("stiff arm")

    assert "results for “stiff arm”" in text_of(response)
    assert b"<mark>stiff arm</mark>" in response.content


def test_the_best_come_first_and_the_rest_by_kind(search):
    html = search("botox").content.decode()

    assert html.index("Treatment</p>") < html.index("<h2>More questions</h2>")
    assert "<h2>More conditions</h2>" in html
    assert "<h2>More treatments</h2>" in html


def test_a_page_found_by_another_name_says_so(search):
    response = search("wry neck")

    assert "Also called: wry neck" in text_of(response)
    assert b"<mark>wry neck</mark>" in response.content


def test_a_question_has_no_other_name_but_other_words(search, client):
    found = search("fear of needles")
    question = QuestionPage.objects.get(slug="does-it-hurt", locale__language_code="en")

    assert "Also about: fear of needles" in text_of(found)
    assert "fear of needles" in question.also_called
    assert "fear of needles" not in text_of(client.get(question.url))


def test_a_title_counts_more_than_another_name_and_both_more_than_the_text(search, dystonia):
    in_text = QuestionPage.objects.get(slug="brands", locale__language_code="en")
    in_name = QuestionPage.objects.get(slug="driving", locale__language_code="en")
    in_text.summary, in_name.also_called, dystonia.title = ["Zorble is a word."] + ["Zorble"] * 2
    for page in (in_text, in_name, dystonia):
        page.save_revision().publish()

    assert found(search("zorble")) == ["cervical-dystonia", "driving", "brands"]


def test_only_live_and_public_pages_are_found(search, dystonia):
    assert "cervical-dystonia" in found(search("wry neck"))

    restriction = PageViewRestriction.objects.create(page=dystonia.page_ptr, password="secret")
    assert "cervical-dystonia" not in found(search("wry neck"))

    restriction.delete()
    dystonia.unpublish()
    assert "cervical-dystonia" not in found(search("wry neck"))


def test_results_stay_in_the_readers_language(search):
    english = search("botox").context["answer"].results
    spanish = search("botox", "/es/buscar/").context["answer"].results

    assert {result.page.language_code for result in english} == {"en"}
    assert {result.page.language_code for result in spanish} <= {"es"}


def test_accents_and_endings_make_no_difference(search):
    one = found(search("migraña", "/es/buscar/"))

    assert one
    assert found(search("MIGRANA", "/es/buscar/")) == one
    assert found(search("migrañas", "/es/buscar/")) == one


def test_a_word_of_the_other_language_is_offered_in_that_language(search):
    html = search("cuello torcido").content.decode()

    assert "In Spanish" in html
    assert re.search(r'<a href="/es/enfermedades/[\w-]+/" lang="es" hreflang="es">', html)


def test_a_misspelling_is_offered_as_it_was_meant_with_the_nearest_pages(search):
    response = search("spastisity")
    html = response.content.decode()

    assert "Nothing found for “spastisity”" in text_of(response)
    assert '<a href="/en/search/?q=spasticity">spasticity</a>' in html
    assert '<a href="/en/conditions/spasticity/">' in html


def test_a_new_page_is_suggested_as_soon_as_it_is_published(search, dystonia):
    assert search("flumbago").context["answer"].suggestion == ""

    dystonia.also_called += "\nflumbagor"
    dystonia.save_revision().publish()

    assert search("flumbago").context["answer"].suggestion == "flumbagor"


def test_a_search_without_a_result_tells_what_to_do_next(search):
    response = search("xyzzyplugh")
    text = text_of(response)

    assert "Nothing found for “xyzzyplugh”" in text
    assert "one word instead of several" in text
    assert "Call 305-555-0142" in text
    assert '<a href="/en/questions/">' in response.content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "%", "\x00", "“”"])
def test_an_empty_search_asks_for_a_word(search, typed):
    text = text_of(search(typed))

    assert "What are you looking for?" in text
    assert "Nothing found" not in text


def test_a_search_is_kept_by_no_cache_and_no_search_engine(search):
    response = search("botox")

    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert b'<meta name="robots" content="noindex">' in response.content
    assert not response.cookies


def test_every_page_leads_to_the_search(client, home):
    html = client.get(home.url).content.decode()

    assert html.count('<a href="/en/search/">Search</a>') == 2


def test_the_search_page_is_marked_in_the_menu(search):
    assert b'<a href="/en/search/" aria-current="page">Search</a>' in search("").content


@pytest.mark.parametrize("address", ["/en/no-such-page/", "/en/questions/"])
def test_other_pages_offer_the_search_form(client, db, address):
    html = client.get(address).content.decode()

    assert '<form class="search-box" role="search" action="/en/search/" method="get">' in html


def test_the_language_switch_leads_to_the_same_search(search):
    html = search("cuello torcido").content.decode()

    assert '<a href="/es/buscar/?q=cuello+torcido" hreflang="es" lang="es">' in html


def test_nothing_but_reading_is_allowed(client, db):
    assert client.post(SEARCH, {"q": "botox"}).status_code == 405


def test_a_private_note_for_editors_is_not_searched(search, db):
    page = StandardPage.objects.get(slug="about", locale__language_code="en")
    page.ledger = "confirm with the reviewer: OWN"
    page.save_revision().publish()

    assert "reviewer" not in text_of(search("about us"))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("kill myself", SEARCH),
        ("suicide", SEARCH),
        ("can't breathe", SEARCH),
        ("swollen face", SEARCH),
        ("stiff neck and fever", SEARCH),
        ("threw up after hitting my head", SEARCH),
        ("me quiero morir", "/es/buscar/"),
        ("no puedo respirar", "/es/buscar/"),
        ("cara hinchada", "/es/buscar/"),
        ("dolor de cabeza de repente", "/es/buscar/"),
    ],
)
def test_words_that_cannot_wait_are_answered_first_with_whom_to_call(search, typed, address):
    page = search(typed, address)

    told = page.content.decode()
    assert 'href="tel:911"' in told.split('class="search-results"')[0]
    assert 'href="tel:988"' in told
    assert page.context["answer"].suggestion == ""
    assert not SearchMiss.objects.exists()


def test_other_words_are_not_taken_for_an_emergency(search):
    assert "tel:988" not in search("stiff arm after a stroke").content.decode()
