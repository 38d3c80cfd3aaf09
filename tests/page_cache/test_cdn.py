"""A cache before the site that keeps pages for a day hears of every change, by address."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from content.models import ConditionPage, StandardPage


@pytest.fixture
def cdn(settings):
    """The addresses that the site has asked a cache on this machine to drop."""
    dropped = set()

    class Cache(BaseHTTPRequestHandler):
        def do_PURGE(self):  # noqa: N802 - the name that http.server looks for
            dropped.add(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.WAGTAILFRONTENDCACHE = {
        "default": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": f"http://127.0.0.1:{server.server_port}",
        }
    }
    yield dropped
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia", locale__language_code="en")


def test_a_changed_page_is_dropped_with_those_that_show_it(
    cdn, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page.summary = "A new summary."
        page.save_revision().publish()

    assert {page.url, page.get_parent().url} <= cdn
    assert "/en/about/" not in cdn


def test_a_page_that_is_taken_back_is_dropped_in_each_language(
    cdn, page, django_capture_on_commit_callbacks
):
    spanish = page.get_translations().get()

    for one in (page, spanish):
        with django_capture_on_commit_callbacks(execute=True):
            one.unpublish()

    assert {page.url, spanish.url} <= cdn


def test_a_page_whose_address_changes_is_dropped_at_the_old_one(
    cdn, page, django_capture_on_commit_callbacks
):
    before = page.url

    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "dystonia-and-cramps"
        page.save_revision().publish()

    assert {before, ConditionPage.objects.get(pk=page.pk).url} <= cdn
    assert before != ConditionPage.objects.get(pk=page.pk).url


def test_pages_that_move_are_dropped_where_they_were(cdn, page, django_capture_on_commit_callbacks):
    before = page.url

    with django_capture_on_commit_callbacks(execute=True):
        page.move(StandardPage.objects.get(slug="about"), "last-child")

    assert before in cdn


def test_what_is_below_a_page_is_dropped_where_it_was(
    cdn, page, django_capture_on_commit_callbacks
):
    before, above = page.url, page.get_parent().specific

    with django_capture_on_commit_callbacks(execute=True):
        above.slug = "illnesses"
        above.save_revision().publish()

    assert {before, before.replace("/conditions/", "/illnesses/")} <= cdn


@pytest.mark.parametrize("change", ["words", "place"])
def test_nothing_that_readers_have_is_dropped_before_the_change_is_there(
    cdn, page, change, django_capture_on_commit_callbacks
):
    """Whoever asked in between would leave the old page in the cache for a day."""
    shows_it = {"words": page.get_parent().url, "place": page.url}[change]

    with django_capture_on_commit_callbacks(execute=True):
        if change == "words":
            page.summary = "A new summary."
            page.save_revision().publish()
        else:
            page.move(StandardPage.objects.get(slug="about"), "last-child")
        assert shows_it not in cdn

    assert shows_it in cdn


def test_with_a_new_release_every_page_is_dropped(cdn, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("forget_pages")

    assert {"/en/", "/es/", "/en/about/", "/en/conditions/dystonia/"} <= cdn
    assert len(cdn) > 90
