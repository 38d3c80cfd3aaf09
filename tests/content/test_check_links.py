"""`manage.py check_links` and the report of what it found."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Locale

from content.models import BrokenLink, ConditionPage, Source


class Handler(BaseHTTPRequestHandler):
    """Answers by the address: /404 with 404, and so on; /get-only refuses HEAD."""

    def do_HEAD(self):  # noqa: N802
        self.answer(405 if self.path == "/get-only" else self.status())

    def do_GET(self):  # noqa: N802
        self.answer(200 if self.path == "/get-only" else self.status())

    def status(self):
        return self.server.statuses.get(self.path, 200)

    def answer(self, status):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        self.send_response(status)
        self.send_header("Set-Cookie", "a=b")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def other_site():
    """A server on this machine that stands for every other site; it notes what it is asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.statuses, server.asked = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def source(db, other_site):
    """The only address outside the site: the other sources have none."""
    Source.objects.update(url="")
    source = Source.objects.first()
    source.url = f"{other_site.url}/source"
    source.save()
    return source


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia", locale=Locale.get_default())


def link_from(page, address):
    page.body.append(
        ("text", {"heading": "More", "body": f'<p><a href="{address}">Elsewhere</a></p>'})
    )
    page.save_revision().publish()


@pytest.fixture
def check(settings):
    """A function that runs the command and returns what it said."""
    settings.EXTERNAL_LINK_CHECKS = True

    def check():
        output = StringIO()
        call_command("check_links", stdout=output)
        return output.getvalue()

    return check


def test_a_switched_off_check_says_so_and_asks_nobody(source, other_site, check, settings):
    settings.EXTERNAL_LINK_CHECKS = False

    assert "switched off" in check()
    assert other_site.asked == []


def test_an_address_that_answers_is_asked_once(source, other_site, check):
    check()

    assert [(method, path) for method, path, _headers in other_site.asked] == [("HEAD", "/source")]
    assert not BrokenLink.objects.exists()


def test_the_check_says_who_asks_and_brings_no_cookie(source, page, other_site, check):
    link_from(page, f"{other_site.url}/page")

    check()

    assert other_site.asked
    for _method, _path, headers in other_site.asked:
        assert "link check" in headers["User-Agent"]
        assert "Cookie" not in headers


def test_a_broken_address_is_noted_with_its_problem_and_its_pages(source, page, other_site, check):
    other_site.statuses["/gone"] = 404
    link_from(page, f"{other_site.url}/gone")

    said = check()

    link = BrokenLink.objects.get()
    assert link.url == f"{other_site.url}/gone"
    assert link.problem == "The page is gone (404)"
    assert [found.pk for found in link.pages.all()] == [page.pk]
    assert "1 of 2 links are broken" in said


def test_a_broken_source_is_noted(source, other_site, check):
    other_site.statuses["/source"] = 500

    check()

    assert BrokenLink.objects.get().problem == "The server answered with an error (500)"


def test_a_site_that_refuses_programs_is_not_called_gone(source, other_site, check):
    other_site.statuses["/source"] = 403

    check()

    assert BrokenLink.objects.get().problem == "Refuses programs (403): open it yourself"


def test_a_server_that_refuses_to_answer_briefly_is_asked_in_full(source, other_site, check):
    Source.objects.filter(pk=source.pk).update(url=f"{other_site.url}/get-only")

    check()

    assert [method for method, _path, _headers in other_site.asked] == ["HEAD", "GET"]
    assert not BrokenLink.objects.exists()


def test_a_server_that_is_not_there_is_noted(source, other_site, check):
    Source.objects.filter(pk=source.pk).update(url="http://127.0.0.1:9/")

    check()

    assert BrokenLink.objects.get().problem.startswith("No answer")


def test_a_mended_address_is_forgotten(source, other_site, check):
    other_site.statuses["/source"] = 404
    check()
    other_site.statuses.clear()

    check()

    assert not BrokenLink.objects.exists()


def test_an_address_that_is_named_no_more_is_forgotten(source, other_site, check):
    other_site.statuses["/source"] = 404
    check()
    Source.objects.filter(pk=source.pk).update(url="")

    check()

    assert not BrokenLink.objects.exists()


def test_a_draft_is_not_asked_about(source, page, other_site, check):
    page.body.append(
        ("text", {"heading": "More", "body": f'<p><a href="{other_site.url}/draft">x</a></p>'})
    )
    page.save_revision()

    check()

    assert "/draft" not in [path for _method, path, _headers in other_site.asked]


def test_the_report_leads_to_where_a_link_is_mended(source, page, other_site, check, admin_client):
    other_site.statuses |= {"/source": 404, "/gone": 410}
    link_from(page, f"{other_site.url}/gone")
    check()

    report = admin_client.get("/admin/reports/broken-links/").content.decode()

    assert "The page is gone (410)" in report
    assert f'<a href="/admin/pages/{page.pk}/edit/">{page.title}</a>' in report
    assert f'<a href="/admin/snippets/content/source/edit/{source.pk}/">' in report
