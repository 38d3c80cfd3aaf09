"""An address that leads nowhere any more says so to nginx, too, which would remember the page."""

from time import time

import pytest
from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from content.models import ConditionPage
from tests.page_cache.conftest import ask

ADDRESS = "/en/conditions/chronic-migraine/"


@pytest.fixture
def withdrawn(site):
    """The site without a page that was on it."""
    ConditionPage.objects.get(url_path__endswith=ADDRESS.removeprefix("/en")).unpublish()
    return site


def test_a_page_that_was_taken_back_gives_way_in_nginx_within_the_second(withdrawn):
    before, answer, after = int(time()), ask(withdrawn, ADDRESS), int(time())

    assert answer.status == 404
    assert before <= int(answer.headers["X-Accel-Expires"].removeprefix("@")) <= after


@pytest.fixture(params=[PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN])
def locked(site, request):
    """The site with a page that was everybody's, and no longer is."""
    page = ConditionPage.objects.get(url_path__endswith=ADDRESS.removeprefix("/en"))
    PageViewRestriction.objects.create(page=page, restriction_type=request.param, password="open")
    return site


def test_a_page_that_became_private_gives_way_too(locked):
    before, answer, after = int(time()), ask(locked, ADDRESS), int(time())

    assert answer.status == 302
    assert before <= int(answer.headers["X-Accel-Expires"].removeprefix("@")) <= after
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_who_has_a_session_may_be_led_elsewhere(locked):
    answer = ask(locked, ADDRESS, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=any")

    assert "X-Accel-Expires" not in answer.headers


def test_whatever_is_hung_on_the_address_of_a_page_taken_back_says_so_too(withdrawn):
    assert "X-Accel-Expires" in ask(withdrawn, ADDRESS, query="fbclid=x").headers


@pytest.mark.parametrize("leads_on", ["/en/old-leaflet/", "/en/conditions"])
def test_a_way_on_from_an_address_with_a_query_is_nobody_elses(site, leads_on):
    Redirect.objects.create(old_path="/en/old-leaflet?page=3", redirect_link="/en/glossary/")

    answer = ask(site, leads_on, query="page=3")

    assert answer.status == 301
    assert "X-Accel-Expires" not in answer.headers


@pytest.mark.parametrize("address", ["/admin/", "/en/search/", "/en/appointments/", "/healthz"])
def test_no_other_answer_may_stay_in_nginx(site, address):
    assert "X-Accel-Expires" not in ask(site, address).headers


def test_what_staff_do_not_find_may_be_there_for_others(withdrawn):
    cookie = f"{settings.SESSION_COOKIE_NAME}=any"

    assert "X-Accel-Expires" not in ask(withdrawn, ADDRESS, HTTP_COOKIE=cookie).headers


@pytest.mark.parametrize("query", ["", "fbclid=x"])
def test_no_browser_keeps_the_way_from_an_address_that_may_come_back(site, query):
    Redirect.objects.create(old_path="/en/old-leaflet", redirect_link="/en/glossary/")

    answer = ask(site, "/en/old-leaflet/", query=query)

    assert answer.status == 301
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
