"""What is kept, for whom, and how it is sent."""

import gzip
from time import time
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, get_page_models

from clinic_site.page_cache.memory import HEARD
from content.models import BasePage, ConditionPage
from content.touched_pages import EVERYTHING, Touched
from tests.page_cache.conftest import ask

ADDRESS = "/en/conditions/chronic-migraine/"
CAMPAIGN = {"utm_source": "news letter", "fbclid": "IwAR0", "q": "arm", "page": "2"}
NEVER_KEPT = [
    "/",
    "/en/appointments/",
    "/es/appointments/",
    "/en/search/",
    "/en/nothing-here/",
    "/admin/login/",
    "/robots.txt",
]


@pytest.mark.slow
def test_every_page_is_kept_and_asks_the_database_nothing(site, django_assert_num_queries):
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
    drawn = {page.url: ask(site, page.url) for page in pages}

    with django_assert_num_queries(0):
        kept = {url: ask(site, url) for url in drawn}

    assert {url: (a.status, a.body) for url, a in kept.items()} == {
        url: (a.status, a.body) for url, a in drawn.items()
    }
    assert {answer.status for answer in kept.values()} == {200}
    assert not [url for url, answer in kept.items() if "Set-Cookie" in answer.headers]
    assert len(kept) > 90


def test_the_kept_page_is_the_page_that_django_draws(site, client):
    ask(site, ADDRESS)

    assert ask(site, ADDRESS).text == client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0,gzip;q=0", None),
        ("gzip;q=odd,br;q=0", None),
        ("", None),
    ],
)
def test_a_reader_gets_an_encoding_that_they_understand(site, accepted, encoding):
    plain = ask(site, ADDRESS).text

    answer = ask(site, ADDRESS, HTTP_ACCEPT_ENCODING=accepted)

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.text == plain
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_each_encoding_has_an_etag_and_whoever_has_it_gets_no_page_again(site):
    tags = set()
    for accepted in ("", "gzip", "br"):
        etag = ask(site, ADDRESS, HTTP_ACCEPT_ENCODING=accepted).headers["ETag"]
        seen = {"HTTP_ACCEPT_ENCODING": accepted, "HTTP_IF_NONE_MATCH": f'"other", {etag}'}
        again = ask(site, ADDRESS, **seen)

        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == etag
        tags.add(etag)

    assert len(tags) == 3
    assert ask(site, ADDRESS, HTTP_IF_NONE_MATCH='"other"').status == 200


def test_browsers_and_proxies_ask_before_they_show_a_page_again(site, settings):
    for _drawn_then_kept in range(2):
        before, headers, after = int(time()), ask(site, ADDRESS).headers, int(time())

        assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert before <= int(headers["X-Accel-Expires"].removeprefix("@")) <= after


def test_a_cdn_that_is_told_of_changes_may_keep_pages(site, settings):
    settings.CDN_SECONDS = 600

    assert "s-maxage=600" in ask(site, ADDRESS).headers["Cache-Control"]


def test_a_cdn_never_keeps_a_page_under_an_address_that_it_is_not_told_of(site, client, settings):
    settings.CDN_SECONDS = 600
    bare = "public, max-age=0, must-revalidate"

    for _drawn_then_kept in range(2):
        answer = ask(site, ADDRESS, query="fbclid=x")
        assert answer.headers["Cache-Control"] == bare

    tag = ask(site, ADDRESS).headers["ETag"]
    seen = ask(site, ADDRESS, query="fbclid=x", HTTP_IF_NONE_MATCH=tag)
    assert (seen.status, seen.headers["Cache-Control"]) == (304, bare)
    assert client.get(ADDRESS, CAMPAIGN).headers["Cache-Control"] == bare
    assert "s-maxage=600" in ask(site, ADDRESS).headers["Cache-Control"]


def test_a_question_for_the_headers_alone_gets_no_body(site):
    page = ask(site, ADDRESS)

    head = ask(site, ADDRESS, method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers.keys() == page.headers.keys()
    assert head.headers["ETag"] == page.headers["ETag"]


@pytest.mark.parametrize("method", ["OPTIONS", "POST"])
def test_who_does_not_ask_for_the_page_is_not_given_the_one_in_memory(site, method):
    page = ask(site, ADDRESS)

    answer = ask(site, ADDRESS, method=method)

    assert answer.body != page.body
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("address", NEVER_KEPT)
def test_what_is_no_public_page_is_not_kept(site, address):
    ask(site, address)

    assert not site.memory.pages


@pytest.mark.slow
def test_every_page_is_the_same_whatever_is_hung_on_its_address(site, client):
    for model in (model for model in get_page_models() if issubclass(model, BasePage)):
        url = model.objects.live().first().url

        assert client.get(url, CAMPAIGN).content == client.get(url).content, url


def test_readers_from_a_campaign_get_the_page_that_is_kept(site, django_assert_num_queries):
    drawn = ask(site, ADDRESS, query=urlencode(CAMPAIGN))

    with django_assert_num_queries(0):
        kept = [ask(site, ADDRESS, query=query) for query in ("", "fbclid=other", "a=%zz&&=")]

    assert {answer.body for answer in kept} == {drawn.body}
    assert len(site.memory.pages) == 1


@pytest.mark.parametrize("address", NEVER_KEPT)
def test_no_query_makes_anything_else_a_page_to_keep(site, address):
    ask(site, address, query="q=arm&page=4")

    assert not site.memory.pages


def test_staff_are_never_answered_from_memory_and_leave_nothing_in_it(
    site, client, admin_user, new_process
):
    before = ask(site, ADDRESS).text
    client.force_login(admin_user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    for process in (site, new_process()):
        answer = ask(process, ADDRESS, HTTP_COOKIE=cookie)

        assert "wagtail-userbar" in answer.text
        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]
        assert "wagtail-userbar" not in ask(process, ADDRESS).text
    assert ask(site, ADDRESS).text == before


def test_a_page_is_kept_for_one_host_and_one_scheme(site):
    ask(site, ADDRESS)

    assert ask(site, ADDRESS, HTTP_HOST="evil.example").status == 400
    ask(site, ADDRESS, HTTP_HOST="localhost")
    ask(site, ADDRESS, HTTP_X_FORWARDED_PROTO="https")
    assert len(site.memory.pages) == 3


@pytest.mark.parametrize("claimed", ["https, http", "HTTPS", "odd"])
def test_a_scheme_that_no_proxy_of_ours_names_fills_no_memory(site, claimed):
    ask(site, ADDRESS, HTTP_X_FORWARDED_PROTO=claimed)

    assert not site.memory.pages


def test_a_private_page_is_not_kept_and_others_are(site):
    page = ConditionPage.objects.get(slug="chronic-migraine")
    PageViewRestriction.objects.create(page=page, password="open")

    ask(site, ADDRESS)
    ask(site, "/en/about/")

    assert [key[-1] for key in site.memory.pages] == ["/en/about/"]


@pytest.mark.slow
def test_the_oldest_page_goes_when_there_is_no_room(site):
    size = len(gzip.compress(ask(site, ADDRESS).text.encode())) * 2
    site.memory.most_bytes = size * 2

    for page in ConditionPage.objects.live():
        ask(site, page.url)

    assert 0 < site.memory.bytes <= site.memory.most_bytes
    assert site.memory.bytes == sum(page.size for page, _t in site.memory.pages.values())
    assert ("http", "testserver", ADDRESS) not in site.memory.pages


def test_a_page_that_is_kept_too_long_is_drawn_again(site):
    ask(site, ADDRESS)
    site.memory.most_seconds = 0

    assert site.memory.recall(("http", "testserver", ADDRESS)) is None


def test_a_page_that_took_longer_than_we_remember_changes_is_not_kept(new_process):
    def draw(environ, start_response):
        chunks = WSGIHandler()(environ, start_response)
        site.memory.apply([EVERYTHING, *[Touched()] * HEARD])
        return chunks

    site = new_process(draw)

    assert ask(site, ADDRESS).status == 200

    assert not site.memory.pages


def set_cookie(answer):
    answer.set_cookie("somebody", "1")
    return answer


def test_an_answer_with_a_cookie_is_nobody_elses(site):
    def serve_with_cookie(serve):
        return lambda *args, **kwargs: set_cookie(serve(*args, **kwargs))

    with hooks.register_temporarily("on_serve_page", serve_with_cookie):
        answer = ask(site, ADDRESS)

    assert answer.status == 200
    assert not {"X-Accel-Expires", "Cache-Control"} & set(answer.headers)
    assert not site.memory.pages


def test_a_way_elsewhere_with_a_cookie_is_nobody_elses(site):
    def lead_elsewhere(page, request, args, kwargs):
        return set_cookie(redirect("/en/glossary/"))

    with hooks.register_temporarily("before_serve_page", lead_elsewhere):
        answer = ask(site, ADDRESS)

    assert answer.status == 302
    assert "X-Accel-Expires" not in answer.headers


def test_what_nginx_stored_for_a_campaign_is_not_good_for_the_bare_address(site, settings):
    """It would go on without the words for CDNs."""
    settings.CDN_SECONDS = 600
    stored = ask(site, ADDRESS, query="fbclid=x").headers["ETag"]

    answer = ask(site, ADDRESS, HTTP_IF_NONE_MATCH=stored)

    assert answer.status == 200
    assert "s-maxage=600" in answer.headers["Cache-Control"]


def test_without_a_cdn_both_are_the_same_to_nginx(site):
    stored = ask(site, ADDRESS, query="fbclid=x").headers["ETag"]

    assert ask(site, ADDRESS, HTTP_IF_NONE_MATCH=stored).status == 304


def test_a_page_with_other_headers_is_another_page(site, new_process, settings):
    """nginx keeps the old ones if the page itself is as it was."""
    before = ask(site, ADDRESS).headers["ETag"]
    settings.CDN_SECONDS = 600

    answer = ask(new_process(), ADDRESS, HTTP_IF_NONE_MATCH=before)

    assert answer.status == 200
    assert "s-maxage=600" in answer.headers["Cache-Control"]
    assert ask(new_process(), ADDRESS).headers["ETag"] == answer.headers["ETag"]
