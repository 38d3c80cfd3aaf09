"""A public page is the same for everybody: nothing of whoever read it before, or reads it now."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

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


def test_a_page_is_the_same_bytes_before_and_after_staff_read_it(colleague):
    first, again = Client(), Client()
    urls = [*pages(), reverse("content:search") + "?q=hand", "/robots.txt", "/sitemap.xml"]
    for url in urls:
        before, repeated = first.get(url), first.get(url)
        staff = colleague.get(url)
        after = again.get(url)

        assert before.content == repeated.content == after.content, url
        for answer in (before, repeated, after):
            assert not answer.cookies, url
            assert b"csrfmiddlewaretoken" not in answer.content, url
            assert b"wagtail-userbar" not in answer.content, url
        assert b"ana-of-the-staff" not in after.content, url
        if b"wagtail-userbar" in staff.content:
            assert not is_shared(staff), url


def is_shared(answer):
    """May a proxy give this answer to others?"""
    control = answer.headers.get("Cache-Control", "")
    varies = answer.headers.get("Vary", "")
    return not ("private" in control or "no-store" in control or "cookie" in varies.lower())


def test_staff_would_leave_something_behind(colleague):
    """The twin: a page that staff read does hold what the check above looks for."""
    assert b"wagtail-userbar" in colleague.get("/en/").content


@pytest.mark.parametrize("url", FORMS)
def test_a_form_is_kept_by_nobody(db, url):
    assert "no-store" in Client().get(url).headers["Cache-Control"]
