"""“Was this page helpful?”: what readers send, what is kept of it, and what editors see."""

import json
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from content.feedback.limits import ABOUT_ONE_PAGE, ABOUT_THE_SITE, FROM_ONE_READER
from content.models import ConditionPage, PageFeedback
from content.models.articles import ArticlePage

HERE = {"origin": "http://testserver"}
YES = {"is_helpful": "yes", "comment": "", "trap": ""}


@pytest.fixture
def fresh_counters(db):
    """The counters against floods live in the cache, which outlasts a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def page(fresh_counters):
    return ConditionPage.objects.get(slug="dystonia", locale__language_code="en")


def address(page, language="en"):
    return f"/{language}/feedback/{page.pk}/"


@pytest.fixture
def send(client, page):
    """A function that sends an answer about the page, as the form on it does."""

    def post(about=page, headers=HERE, **answer):
        return client.post(address(about), YES | answer, headers=headers)

    return post


@pytest.mark.slow
def test_every_article_asks_and_nothing_else_does(client, home):
    for asked in home.get_descendants(inclusive=True).live().specific():
        text = client.get(asked.url).content.decode()
        form = f'<form class="feedback-form" method="post" action="{address(asked)}"'
        assert (form in text) == isinstance(asked, ArticlePage), asked.url


def test_the_page_stays_the_same_for_everyone(client, page):
    first, second = client.get(page.url), Client().get(page.url)

    assert first.content == second.content
    assert b"csrfmiddlewaretoken" not in first.content
    assert not first.cookies
    assert "Cookie" not in first.headers.get("Vary", "")


def test_an_answer_is_kept_and_thanked_for(client, page, send):
    answer = send(comment="  More about\tdriving, please. ")

    kept = PageFeedback.objects.get()
    assert (kept.page_id, kept.is_helpful) == (page.pk, True)
    assert kept.comment == "More about driving, please."
    assert (answer.status_code, answer.url) == (303, f"{address(page)}thanks/")
    assert not answer.cookies
    thanks = client.get(answer.url)
    assert thanks.status_code == 200
    assert "Thank you" in thanks.content.decode()
    assert f'href="{page.url}"' in thanks.content.decode()
    assert not thanks.cookies


def test_no_is_an_answer_and_the_line_may_stay_empty(send):
    send(is_helpful="no")

    kept = PageFeedback.objects.get()
    assert (kept.is_helpful, kept.comment) == (False, "")


def test_an_old_answer_is_dropped(page, send):
    send(comment="Old.")
    PageFeedback.objects.update(given_on=date.today() - timedelta(days=366))

    send(comment="New.")

    assert [kept.comment for kept in PageFeedback.objects.all()] == ["New."]


def test_nothing_kept_tells_who_answered(send):
    send(headers={**HERE, "x-forwarded-for": "203.0.113.7", "user-agent": "A browser"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM content_pagefeedback")
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    assert columns == ["id", "is_helpful", "comment", "given_on", "page_id"]
    assert "203.0.113.7" not in str(rows)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Write to ana.diaz+x@example.org today", "Write to […] today"),
        ("Call me: (305) 555-0142.", "Call me: […]."),
        ("+1 305 555 0142", "[…]"),
        ("I was born 03/27/1958", "I was born […]"),
        ("record 1234567", "record […]"),
        ("SSN 123-45-6789 ok", "SSN […] ok"),
        ("٣٠٥٥٥٥٠١٤٢", "[…]"),
        ("３０５－５５５－０１４２", "[…]"),
        ("two\x00lines\nand\u202eturned", None),
        ("100 units in 2024?", "100 units in 2024?"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("¿Y en español?", "¿Y en español?"),
    ],
)
def test_what_could_name_a_person_is_taken_out(send, typed, kept):
    send(comment=typed)

    if kept is None:
        assert not PageFeedback.objects.exists()
    else:
        assert PageFeedback.objects.get().comment == kept


def test_an_answer_without_yes_or_no_is_asked_for_and_the_line_is_kept(page, send):
    answer = send(is_helpful="", comment="The pictures are small.")

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose Yes or No." in text
    assert 'value="The pictures are small."' in text
    assert "<title>Error:" in text
    assert "305-555-0142" in text
    assert f'href="{page.url}"' in text
    assert not PageFeedback.objects.exists()
    assert not answer.cookies


def test_a_line_that_is_too_long_is_handed_back_whole(send):
    long = "word " * 41

    answer = send(comment=long)

    assert answer.status_code == 400
    assert "Your line has 204 characters. The most is 200." in answer.content.decode()
    assert f'value="{long.strip()}' in answer.content.decode()
    assert " checked" in answer.content.decode()


def test_an_answer_that_is_neither_yes_nor_no_is_refused(send):
    assert send(is_helpful="perhaps").status_code == 400
    assert not PageFeedback.objects.exists()


def test_a_page_that_left_meanwhile_is_explained(page, send):
    page.unpublish()

    answer = send(comment="It was good.")

    text = answer.content.decode()
    assert answer.status_code == 404
    assert "is not here any more" in text
    assert "It was good." in text
    assert "305-555-0142" in text


def test_a_page_that_never_was_or_does_not_ask_is_refused(client, home):
    for pk in (999_999, home.pk, home.get_parent().pk):
        answer = client.post(f"/en/feedback/{pk}/", YES, headers=HERE)
        assert answer.status_code == 404
        assert "305-555-0142" in answer.content.decode()
    assert client.get("/en/feedback/999999/thanks/").status_code == 404


def test_the_form_has_a_page_of_its_own(client, page):
    answer = client.get(address(page))

    assert answer.status_code == 200
    assert "You read:" in answer.content.decode()
    assert 'content="noindex"' in answer.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://testserver.evil.example"},
        {"referer": "https://evil.example/http://testserver/"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    ],
)
def test_an_answer_from_another_site_is_refused_and_can_be_sent_again(send, headers):
    answer = send(headers=headers, comment="Fine.")

    assert answer.status_code == 403
    assert "send it once more" in answer.content.decode()
    assert 'value="Fine."' in answer.content.decode()
    assert not PageFeedback.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"referer": "http://testserver/en/conditions/dystonia/"},
        {"sec-fetch-site": "same-origin"},
        HERE,
    ],
)
def test_an_answer_from_our_own_page_is_taken(page, headers):
    """By a client that insists on CSRF tokens wherever a view does."""
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address(page), YES, headers=headers).status_code == 303
    assert PageFeedback.objects.count() == 1


def test_a_program_that_fills_in_every_field_is_thanked_and_forgotten(send):
    answer = send(trap="http://spam.example")

    assert answer.status_code == 303
    assert not PageFeedback.objects.exists()


def test_one_reader_may_answer_only_so_often(client, page, send):
    most = FROM_ONE_READER[0]

    answers = [send(comment="Again.") for _ in range(most + 2)]

    assert [answer.status_code for answer in answers] == [303] * most + [429] * 2
    assert PageFeedback.objects.count() == most
    assert "We got many answers just now" in answers[-1].content.decode()
    assert 'value="Again."' in answers[-1].content.decode()
    assert "305-555-0142" in answers[-1].content.decode()
    other = client.post(address(page), YES, headers=HERE, REMOTE_ADDR="203.0.113.8")
    assert other.status_code == 303


def test_a_reader_behind_a_proxy_is_told_apart_by_what_the_proxy_saw(send, settings):
    """The last address is the proxy's; those before it are the reader's own claim."""
    settings.TRUSTED_PROXY_COUNT = 1
    for claim in range(FROM_ONE_READER[0]):
        send(headers={**HERE, "x-forwarded-for": f"198.51.100.{claim}, 203.0.113.7"})

    again = send(headers={**HERE, "x-forwarded-for": "198.51.100.99, 203.0.113.7"})
    another = send(headers={**HERE, "x-forwarded-for": "203.0.113.8"})

    assert (again.status_code, another.status_code) == (429, 303)


def test_a_home_with_many_ipv6_addresses_is_one_reader(send, settings):
    settings.TRUSTED_PROXY_COUNT = 1

    answers = [
        send(headers={**HERE, "x-forwarded-for": f"2001:db8:1:2::{n:x}"})
        for n in range(FROM_ONE_READER[0] + 1)
    ]

    assert answers[-2].status_code == 303
    assert answers[-1].status_code == 429


@pytest.mark.slow
def test_a_flood_from_many_addresses_fills_neither_a_page_nor_the_table(send, page, settings):
    settings.TRUSTED_PROXY_COUNT = 1

    def flood(about, answers, block):
        for n in range(answers):
            source = f"2001:db8:{block}:{n:x}::1"
            send(about=about, headers={**HERE, "x-forwarded-for": source})

    flood(page, ABOUT_ONE_PAGE[0] + 5, 1)
    assert PageFeedback.objects.count() == ABOUT_ONE_PAGE[0]

    others = [other for other in Page.objects.live().type(ArticlePage) if other.pk != page.pk]
    for block, other in enumerate(others[:6], start=2):
        flood(other, ABOUT_ONE_PAGE[0], block)
    assert PageFeedback.objects.count() <= ABOUT_THE_SITE[0]


def test_no_address_is_left_in_the_cache(send):
    send(headers={**HERE, "x-forwarded-for": "203.0.113.7"})

    left = json.dumps([str(key) for key in cache._cache], default=str)
    assert "feedback-from-" in left
    assert "203.0.113" not in left


def test_a_private_page_takes_no_answer(send, page):
    PageViewRestriction.objects.create(page=page, password="open")

    answer = send()

    assert answer.status_code == 404
    assert page.title not in answer.content.decode()
    assert not PageFeedback.objects.exists()


def test_a_line_that_grows_as_it_is_scrubbed_is_cut(send):
    """One letter of another script may stand for eighteen."""
    most = PageFeedback._meta.get_field("comment").max_length

    answer = send(comment="\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * most)

    assert answer.status_code == 303
    assert len(PageFeedback.objects.get().comment) == most


def test_the_name_of_an_address_hangs_on_a_secret_that_is_not_kept(send):
    """Without one, whoever has the cache tries all addresses, and finds who answered."""

    def names():
        return {key for key in map(str, cache._cache) if "feedback-from-" in key}

    send()
    before = names()
    cache.clear()
    send()

    assert before
    assert before.isdisjoint(names())


def test_spanish_readers_are_asked_and_thanked_in_spanish(client, page):
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    copy = page.get_translation_or_none(spanish) or page.copy_for_translation(
        spanish, copy_parents=True
    )
    for each in copy.get_ancestors(inclusive=True).filter(locale=spanish).specific():
        each.save_revision().publish()
    copy.refresh_from_db()

    assert f'action="{address(copy, "es")}"' in client.get(copy.url).content.decode()
    answer = client.post(address(copy, "es"), YES, headers=HERE)

    assert answer.url == f"{address(copy, 'es')}thanks/"
    assert '<html lang="es">' in client.get(answer.url).content.decode()
    assert PageFeedback.objects.get().page_id == copy.pk
