"""A public page is the same for everybody: nothing of whoever read it before, or reads it now."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from clinic_site.page_cache import marking

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

FORMS = ["/en/appointments/", "/es/appointments/"]


def pages():
    """The address of one page of each type in each language."""
    live = Page.objects.live().filter(depth__gte=2).order_by("path")
    return {(page.content_type_id, page.locale_id): page.url for page in live}.values()


@pytest.fixture
def colleague(db, django_user_model):
    """A browser in which an administrator is signed in."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("ana-of-the-staff"))
    return client


def complaints(colleague, urls):
    """What tells a reader's page from another's, for each address: nothing, where all is well."""
    first, again = Client(), Client()
    return {url: found for url in urls if (found := told(url, first, colleague, again))}


def told(url, first, colleague, again):
    before, repeated = first.get(url), first.get(url)
    staff = colleague.get(url)
    after = again.get(url)
    public = (before, repeated, after)
    signs = {
        "other bytes": len({answer.content for answer in public}) > 1,
        "a cookie": any(answer.cookies for answer in public),
        "a token": any(b"csrfmiddlewaretoken" in answer.content for answer in public),
        "a toolbar": any(b"wagtail-userbar" in answer.content for answer in public),
        "a name": b"ana-of-the-staff" in after.content,
        "shared": b"wagtail-userbar" in staff.content and is_shared(staff),
    }
    return {sign for sign, is_there in signs.items() if is_there}


def test_a_page_is_the_same_bytes_before_and_after_staff_read_it(colleague):
    others = [reverse("content:search") + "?q=hand", "/robots.txt", "/sitemap.xml"]

    assert complaints(colleague, [*pages(), *others]) == {}


def is_shared(answer):
    """May a proxy give this answer to others?"""
    control = answer.headers.get("Cache-Control", "")
    varies = answer.headers.get("Vary", "")
    return not ("private" in control or "no-store" in control or "cookie" in varies.lower())


def test_a_page_of_staff_would_be_shared_by_whoever_forgets_who_reads(colleague, monkeypatch):
    monkeypatch.setattr(marking, "is_staff_reading", lambda _request: False)

    assert complaints(colleague, ["/en/about/"]) == {"/en/about/": {"shared"}}


def test_a_page_with_a_token_would_be_told_from_another(colleague):
    assert complaints(colleague, FORMS[:1])[FORMS[0]] >= {"other bytes", "a cookie", "a token"}


@pytest.mark.parametrize("url", FORMS)
def test_a_form_is_kept_by_nobody(db, url):
    assert "no-store" in Client().get(url).headers["Cache-Control"]
