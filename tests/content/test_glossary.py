"""Words that open their meaning, the page that lists them, and the terms the fixtures mark."""

import json
import re
import shutil
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail.rich_text import RichText

from content.models import ConditionPage, GlossaryPage, GlossaryTerm, QuestionPage
from content.page_text import page_pieces
from content.readability import measure, split_sentences
from content.sorting import sort_key

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PARTS = re.compile(
    r'<button class="term__words" type="button" popovertarget="(?P<button>[^"]+)">(?P<words>.*?)'
    r'</button><span class="term__meaning" id="(?P<meaning_id>[^"]+)" popover[^>]*>'
    r"<strong>(?P<term>.*?):</strong> (?P<meaning>.*?)</span>"
)
PARAGRAPH = "<p>{}</p>"


@pytest.fixture
def saline(db):
    return GlossaryTerm.objects.get(slug="saline", locale__language_code="en")


@pytest.fixture
def page(db):
    """A page that names no glossary term."""
    return QuestionPage.objects.get(slug="driving", locale__language_code="en")


def html(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def mark(term, words):
    return f'<a linktype="glossary" id="{term.pk}">{words}</a>'


def write(page, *texts):
    """Give the page a body of these rich texts."""
    page.body = json.dumps(
        [
            {"type": "text", "value": {"heading": f"Part {number}", "body": PARAGRAPH.format(text)}}
            for number, text in enumerate(texts, start=1)
        ]
    )


def publish(page, *texts):
    write(page, *texts)
    page.save_revision().publish()


def count_queries(client, page):
    client.get(page.url)
    with CaptureQueriesContext(connection) as queries:
        client.get(page.url)
    return len(queries)


def test_words_stand_beside_a_meaning_that_they_open(client, page, saline):
    publish(page, f"It is mixed with {mark(saline, 'salt water')}, as ever.")

    part = PARTS.search(html(client, page))

    assert (part["words"], part["term"]) == ("salt water", "Saline")
    assert part["meaning"] == saline.meaning
    assert part["button"] == part["meaning_id"]


def test_a_term_used_twice_has_two_meanings_with_ids_of_their_own(client, page, saline):
    publish(page, mark(saline, "saline") + " and " + mark(saline, "salt water"), mark(saline, "it"))

    parts = list(PARTS.finditer(html(client, page)))

    assert [part["words"] for part in parts] == ["saline", "salt water", "it"]
    assert len({part["meaning_id"] for part in parts}) == 3


def test_a_comma_stays_with_its_word(client, page, saline):
    publish(page, f"Salt water ({mark(saline, 'saline')}), as ever.")

    assert re.search(
        r'<span class="term">\(<button.*?</button><span.*?</span>\),</span> as ever',
        html(client, page),
    )


def test_a_page_reads_the_same_each_time(client, page, saline):
    publish(page, mark(saline, "saline"))

    assert html(client, page) == html(client, page)


def test_the_print_out_lists_each_word_once_in_order(client, page, saline):
    aura = GlossaryTerm.objects.get(slug="aura", locale=page.locale)
    publish(page, mark(saline, "saline") + mark(aura, "aura") + mark(saline, "salt water"))

    listed = re.search(
        r'<section class="words-on-this-page.*?</section>', html(client, page), re.S
    )[0]

    assert re.findall(r"<dt>(.*?)</dt>", listed) == ["Aura", "Saline"]
    assert saline.meaning in listed


def test_a_page_without_terms_has_no_list_of_words(client, page):
    assert 'class="words-on-this-page' not in html(client, page)


def test_words_of_a_term_that_is_gone_are_plain_words(client, page, saline):
    publish(page, f"Mixed with {mark(saline, 'salt water')}.")
    saline.delete()

    assert "Mixed with salt water." in html(client, page)


def test_a_reader_gets_the_term_in_the_language_of_the_page(client, saline):
    spanish = QuestionPage.objects.filter(locale__language_code="es").first()
    publish(spanish, mark(saline, "agua con sal"))

    part = PARTS.search(html(client, spanish))

    assert part["term"] == saline.get_translation(spanish.locale).term == "Solución salina"


def test_a_term_without_translation_says_that_it_is_english(client, saline):
    spanish = QuestionPage.objects.filter(locale__language_code="es").first()
    saline.get_translation(spanish.locale).delete()
    publish(spanish, mark(saline, "agua con sal"))

    answer = html(client, spanish)

    assert re.search(r'class="term__meaning" id="[^"]+" popover lang="en"><strong>Saline', answer)


def test_terms_cost_one_query_however_many_there_are(client, page):
    publish(page, "No term at all.", "None here.")
    without = count_queries(client, page)
    terms = GlossaryTerm.objects.filter(locale=page.locale)

    publish(page, "".join(mark(term, term.term) for term in terms), mark(terms[0], "again"))

    assert count_queries(client, page) == without + 1


def test_readers_of_the_text_alone_see_the_words_without_markup(page, saline):
    publish(page, f"It is mixed with {mark(saline, 'salt water')}, as ever.")

    assert "It is mixed with salt water, as ever." in page_pieces(page)
    assert "salt water, as ever" in " ".join(
        page.body.stream_block.get_searchable_content(page.body)
    )


def test_a_preview_of_an_unsaved_page_explains_new_words(page, saline):
    write(page, mark(saline, "saline"))

    response = page.make_preview_request()

    assert PARTS.search(response.content.decode())["term"] == "Saline"


def test_text_outside_a_page_is_explained_too(saline):
    text = RichText(mark(saline, "saline"))

    ids = [PARTS.search(str(text))["meaning_id"] for _twice in range(2)]

    assert len(set(ids)) == 2


def test_the_glossary_lists_every_term_of_its_language_in_order(client, db):
    for glossary in GlossaryPage.objects.all():
        terms = GlossaryTerm.objects.filter(locale=glossary.locale)

        names = re.findall(r'<dt id="word-[\w-]+">(.*?)</dt>', html(client, glossary))

        assert names == sorted((term.term for term in terms), key=sort_key)
        assert len(names) >= 30


def test_the_glossary_is_linked_from_the_foot_of_every_page(client, page):
    glossary = GlossaryPage.objects.get(locale=page.locale)
    foot = html(client, page).split('<footer class="site-footer">')[1]

    assert glossary.url == "/en/glossary/"
    assert f'href="{glossary.url}"' in foot


def test_a_term_links_to_the_live_pages_of_its_language_that_use_it(client, page, saline):
    spanish = QuestionPage.objects.filter(locale__language_code="es").first()
    other = ConditionPage.objects.get(slug="dystonia")
    for user in (page, spanish, other):
        publish(user, mark(saline, "saline"))
    other.unpublish()

    terms = {term.slug: term for term in GlossaryPage.objects.get(locale=page.locale).terms}

    used_on = {found.pk for found in terms["saline"].pages}
    assert page.pk in used_on
    assert not used_on & {spanish.pk, other.pk}
    assert f'<a href="{page.url}">' in html(client, GlossaryPage.objects.get(locale=page.locale))


def test_the_glossary_takes_the_same_queries_whatever_uses_its_terms(client, page):
    glossary = GlossaryPage.objects.get(locale=page.locale)
    before = count_queries(client, glossary)

    publish(page, *(mark(term, term.term) for term in GlossaryTerm.objects.all()))

    assert count_queries(client, glossary) == before


def test_a_fixture_that_marks_an_unknown_term_is_refused(tmp_path, db):
    fixtures = shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures")
    text = (fixtures / "en/questions/driving.toml").read_text()
    marked = text.replace('body = """\n', 'body = """\n[Words](term:nowhere) ', 1)
    (fixtures / "en/questions/new.toml").write_text(marked)

    with pytest.raises(CommandError, match="There is no glossary term “nowhere”."):
        call_command("seed", fixtures=fixtures, stdout=StringIO())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_used_by_a_seeded_page(db, language):
    glossary = GlossaryPage.objects.get(locale__language_code=language)

    assert len(glossary.terms) >= 30
    assert [term.slug for term in glossary.terms if not term.pages] == []


def test_both_languages_explain_the_same_words(db):
    slugs = {
        locale.language_code: set(locale_terms(locale).values_list("slug", flat=True))
        for locale in Locale.objects.all()
    }

    assert slugs["en"] == slugs["es"]


def test_a_page_and_its_translation_explain_the_same_words(db):
    explained = {
        language: {
            (term.slug, page.translation_key)
            for term in GlossaryPage.objects.get(locale__language_code=language).terms
            for page in term.pages
        }
        for language in LANGUAGES
    }

    assert explained["en"] == explained["es"]


def locale_terms(locale):
    return GlossaryTerm.objects.filter(locale=locale)


@pytest.mark.parametrize(
    ("language", "is_easy"), [("en", lambda n: n <= 8), ("es", lambda n: n >= 55)]
)
def test_the_meanings_are_easy_to_read(db, language, is_easy):
    meanings = list(
        GlossaryTerm.objects.filter(locale__language_code=language).values_list(
            "meaning", flat=True
        )
    )

    assert is_easy(measure(split_sentences(meanings), language).score)
