"""Rules every page type and every seeded page keep, including the ones not written yet."""

import json
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from django.template.loader import get_template
from django.test import Client
from wagtail.models import Page, get_page_models

from content.models import BasePage

STRICT = [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
]
PAGE_TYPES = [model for model in get_page_models() if model is not Page]
page_types = pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)


@page_types
def test_page_type_extends_base_page(model):
    assert issubclass(model, BasePage)


@page_types
def test_page_type_has_a_template(model):
    get_template(model.template)


@page_types
def test_page_type_says_where_it_belongs(model):
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)


@page_types
def test_page_type_has_a_seeded_page(db, model):
    assert model.objects.live().exists()


@pytest.fixture(scope="module")
def read_answers(django_db_setup, django_db_blocker):
    """Every live page's response, by its address. Read once: no test here changes the site."""
    with django_db_blocker.unblock():
        urls = [page.url for page in Page.objects.live().filter(depth__gte=2)]
        return {url: Client().get(url) for url in urls}


@pytest.fixture
def answers(db, read_answers):
    return read_answers


@pytest.mark.slow
def test_every_seeded_page_opens(answers):
    assert {url: answer.status_code for url, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )


def test_no_page_sets_a_cookie_or_varies_by_one(answers):
    for url, answer in answers.items():
        assert not answer.cookies, url
        assert "Cookie" not in answer.headers.get("Vary", ""), url


def test_every_page_carries_the_strict_policy(answers):
    for url, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert set(STRICT) <= set(policy.split("; ")), url
        assert "unsafe" not in policy, url


def test_no_page_loads_anything_from_another_host(answers):
    loaded = re.compile(
        r'<(?:script|img|source|iframe)[^>]*\bsrc(?:set)?="([^"]+)"|<link [^>]*href="([^"]+)"'
    )
    for url, answer in answers.items():
        for script, link in loaded.findall(answer.content.decode()):
            host = urlsplit(script or link).netloc
            assert host in ("", urlsplit(answer.context["page"].full_url).netloc), url


@pytest.mark.slow
def test_every_link_inside_the_site_leads_somewhere(answers, client):
    targets = {
        urljoin(url, href)
        for url, answer in answers.items()
        for href in re.findall(r'<a [^>]*href="([^"]+)"', answer.content.decode())
        if not href.startswith(("tel:", "http"))
    }
    for target in sorted(targets):
        path, _hash, anchor = target.partition("#")
        answer = answers.get(path) or client.get(path)
        assert answer.status_code == 200, target
        assert not anchor or f'id="{anchor}"' in answer.content.decode(), target


def test_no_page_has_a_link_without_a_target(answers):
    for url, answer in answers.items():
        html = re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)
        assert not re.search(r"<a(?=[ >])(?![^>]*href=)[^>]*>", html), url


def test_every_page_has_one_first_heading_and_skips_no_level(answers):
    for url, answer in answers.items():
        main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", main)]
        assert levels.count(1) == 1, url
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)), (url, levels)


def test_no_page_uses_an_id_twice(answers):
    for url, answer in answers.items():
        ids = Counter(re.findall(r'\sid="([^"]+)"', answer.content.decode()))
        assert [name for name, count in ids.items() if count > 1] == [], url


def test_every_title_and_description_is_its_own(answers):
    titles = [re.search(r"<title>(.*?)</title>", a.content.decode())[1] for a in answers.values()]
    descriptions = [
        re.search(r'<meta name="description" content="([^"]+)"', a.content.decode())[1]
        for a in answers.values()
    ]

    assert [title for title, count in Counter(titles).items() if count > 1] == []
    assert [text for text, count in Counter(descriptions).items() if count > 1] == []


def test_every_page_says_that_nobody_has_reviewed_it(answers):
    """Lists, the glossary and the home page tell medicine too, and name no sources."""
    state = {"en": "Not yet reviewed by a clinician", "es": "Aún no revisado"}
    for url, answer in answers.items():
        language = answer.context["page"].locale.language_code
        assert state[language] in answer.content.decode(), url


def test_every_translated_page_says_that_nobody_has_checked_it(answers):
    for url, answer in answers.items():
        says_so = "Un traductor calificado todavía no ha revisado esta traducción" in (
            answer.content.decode()
        )
        assert says_so != answer.context["page"].is_original, url


def test_every_page_stands_in_both_languages(answers):
    for url, answer in answers.items():
        assert len(answer.context["page"].get_translations()) == 1, url
        other = "es" if url.startswith("/en/") else "en"
        assert f'hreflang="{other}"' in answer.content.decode(), url


def test_no_page_claims_a_review(answers):
    for url, answer in answers.items():
        assert b"lastReviewed" not in answer.content, url
        assert b"reviewedBy" not in answer.content, url


def test_every_page_carries_structured_data(answers):
    for url, answer in answers.items():
        found = re.search(
            r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode()
        )
        data = json.loads(found[1])
        assert "MedicalWebPage" in data["@type"], url
        assert data["url"] == answer.context["page"].full_url
        assert data["audience"] == {"@type": "Patient"}


def test_no_page_shows_ledger_numbers_or_codes(answers):
    for url, answer in answers.items():
        text = re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.DOTALL)
        assert "confirm with the reviewer" not in text, url
        for child in getattr(answer.context["page"], "codes", []):
            assert child.value["prefix"] not in text, url


def test_every_page_shows_the_clinics_phone_number_from_its_settings(answers):
    for url, answer in answers.items():
        assert answer.content.decode().count(answer.context["clinic"].phone_label) >= 3, url
