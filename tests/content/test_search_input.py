"""Whatever is typed, the search page answers, says what to do next, and stays itself."""

import pytest

from content.models import ConditionPage, StandardPage

HOSTILE = [
    "\x00",
    "botox\x00shots",
    "100%",
    "%' OR 1=1 --",
    '"',
    '"botox',
    "'; DROP TABLE content_conditionpage; --",
    "botox AND",
    "AND OR NOT NEAR",
    "NEAR(botox shots, 5)",
    "botox*",
    "title:botox",
    "-botox",
    "^botox",
    "{title body}: botox",
    "(botox",
    ":*&|!<->",
    "\\",
    "\u202etext\u202c",
    "a\u0301" * 50,
    "\ud800".encode("utf-8", "surrogatepass"),
    "🧠 💉",
    "偏头痛",
    "الصداع النصفي",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "'" * 200,
    "a " * 500,
    "0" * 300,
    "ﬁﬂ ⅷ",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("address", ["/en/search/", "/es/buscar/"])
def test_a_hostile_search_is_answered_with_a_way_on(client, db, address, typed):
    response = client.get(address, {"q": typed})

    assert response.status_code == 200
    assert b"search-box" in response.content
    assert response.context["answer"].results or b"305-555-0142" in response.content


def test_an_endless_search_is_shortened_and_kept_in_the_box(client, db):
    response = client.get("/en/search/", {"q": "stiff arm " * 1000})

    assert response.status_code == 200
    assert response.context["answer"].query == ("stiff arm " * 10).strip()
    assert b'value="stiff arm stiff arm' in response.content
    assert response.context["answer"].results


def test_what_was_typed_is_shown_as_text(client, db):
    html = client.get("/en/search/", {"q": '<b onclick="x">arm</b>'}).content.decode()

    assert "<b onclick" not in html
    assert "&lt;b onclick=&quot;x&quot;&gt;arm&lt;/b&gt;" in html


def test_marks_that_turn_the_writing_around_are_taken_out(client, db):
    response = client.get("/en/search/", {"q": "stiff\u202e arm\u200f"})

    assert response.context["answer"].query == "stiff arm"
    assert "\u202e" not in response.content.decode()


def test_a_search_that_is_given_twice_or_not_at_all_is_answered(client, db):
    assert client.get("/en/search/").status_code == 200
    assert client.get("/en/search/?q=arm&q=neck").context["answer"].query == "neck"
    assert client.get("/en/search/?q=%FF%FE").status_code == 200


def test_text_of_editors_is_shown_as_text(client, db):
    page = ConditionPage.objects.get(slug="spasticity", locale__language_code="en")
    page.summary = "Zorble <script>alert(1)</script> & more."
    page.save_revision().publish()

    html = client.get("/en/search/", {"q": "zorble"}).content.decode()

    assert "<mark>Zorble</mark> &lt;script&gt;alert(1)&lt;/script&gt; &amp; more." in html
    assert "<script>alert" not in html


def test_a_word_of_a_script_without_capitals_is_looked_for_as_any_other(client, db):
    page = StandardPage.objects.get(slug="about")
    page.body = [*page.body.raw_data, {"type": "note", "value": {"body": "<p>ملاحظة: خدمات</p>"}}]
    page.save_revision().publish()

    assert client.get("/en/search/", {"q": "صداع"}).status_code == 200
