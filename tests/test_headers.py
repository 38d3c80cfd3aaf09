"""What every response says to the browser, under the settings of production."""

from importlib import import_module

import pytest
from django.test import Client
from wagtail.models import Page

from clinic_site.csp import ADMIN_POLICY
from tests.observatory import points, score
from tests.test_settings import GOOD

pytestmark = pytest.mark.one_database

# What production sets and a response shows.
SHOWN = ("SECURE_", "CONTENT_SECURITY_POLICY", "SESSION_COOKIE_", "CSRF_COOKIE_")
PAGES = [
    "/",
    "/en/",
    "/es/",
    "/en/search/?q=botox",
    "/en/appointments/",
    "/en/no-such-page/",
    "/admin/",
    "/admin/login/",
]
FILES = ["/robots.txt", "/sitemap.xml", "/static/css/print.css", "/favicon.ico"]
EXPECTED = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
DENIED = ("camera", "microphone", "geolocation", "payment", "usb")


@pytest.fixture
def browser(db, settings, monkeypatch):
    """A browser that visits the site as production serves it."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    production = import_module("clinic_site.settings.production")
    for name in filter(str.isupper, dir(production)):
        if name.startswith(SHOWN):
            setattr(settings, name, getattr(production, name))
    return Client(headers={"X-Forwarded-Proto": "https"})


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_every_response_has_the_headers(browser, address):
    response = browser.get(address)

    assert response.status_code < 500
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("address", PAGES)
def test_every_page_denies_itself_the_devices_of_the_browser(browser, address):
    policy = browser.get(address).headers["Permissions-Policy"]

    assert all(f"{feature}=()" in policy for feature in DENIED)


def test_a_failure_has_them_too(browser, monkeypatch, settings):
    settings.ROOT_URLCONF = "tests.failing_urls"
    browser.raise_request_exception = False

    response = browser.get("/broken/")

    assert response.status_code == 500
    assert EXPECTED.items() <= dict(response.headers.items()).items()


@pytest.mark.slow
def test_every_public_page_scores_at_least_130_in_the_observatory(browser):
    pages = Page.objects.live().filter(depth__gte=2)
    scores = {page.url: score(browser.get(page.url)) for page in pages}

    assert len(scores) > 50
    assert {address: points for address, points in scores.items() if points < 130} == {}


def test_the_form_with_its_cookie_scores_at_least_130(browser):
    response = browser.get("/en/appointments/", follow=True)

    cookie = response.cookies["__Host-csrftoken"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert score(response) >= 135


def test_the_score_falls_when_a_header_is_missing(browser):
    """The twin: the rules can tell."""
    response = browser.get("/en/")
    best = score(response)

    del response.headers["Cross-Origin-Resource-Policy"]
    assert score(response) == best - 10
    response.headers["Content-Security-Policy"] = "script-src 'self' 'unsafe-inline'"
    assert points(response)["content_security_policy"] == -20
    del response.headers["X-Content-Type-Options"]
    assert score(response) == 75


def test_the_admins_policy_allows_no_eval_and_no_other_host():
    allowed = {source for sources in ADMIN_POLICY.values() for source in sources}

    assert "'unsafe-eval'" not in allowed
    assert not [source for source in allowed if "." in source or source in ("*", "https:")]
