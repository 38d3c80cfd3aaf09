"""Prints what each page type costs when it is drawn. It measures; it fails nothing."""

import gzip
import re
import statistics
import time

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, get_page_models

from clinic_site.stack_room import with_room
from content.models import BasePage

TABLE = re.compile(r'FROM "(\w+)"')
PURPOSES = {
    "content_clinicsettings": "the clinic's name, phone and hours",
    "content_dangermessage": "danger messages",
    "content_source": "sources",
    "content_questionpage": "questions with their short answers",
    "wagtailcore_site": "which site this is",
    "wagtailcore_pageviewrestriction": "is the page private?",
    "wagtailcore_referenceindex": "what the page refers to, and what relates to it",
    "wagtailredirects_redirect": "redirects",
    "content_homepage": "the home page, where routing begins",
    "content_conditionindexpage": "the list of conditions",
    "wagtailcore_locale": "the language",
}


def purpose(sql):
    """Say what a query is for, from the table it reads."""
    if "wagtailsearch_indexentry" in sql:
        return "pages of one type that hold the words"
    if '"url_path" =' in sql:
        return "the page at this address, and whether any page is private"
    table = TABLE.search(sql)
    name = table[1] if table else sql[:60]
    if name == "wagtailcore_page":
        return "ancestors, menu, translations and linked pages"
    if name.startswith("content_") and name not in PURPOSES:
        return f"the page's own fields, or a list of them ({name.removeprefix('content_')})"
    return PURPOSES.get(name, name)


class Command(BaseCommand):
    help = "Print queries, milliseconds of CPU and bytes of one page of each type, uncached."

    def add_arguments(self, parser):
        parser.add_argument("--runs", type=int, default=20, help="How often each page is timed.")

    def handle(self, *, runs, **options):
        self.runs = runs
        # As the server runs it, without the memory in front.
        self.application = with_room(WSGIHandler())
        self.requests = RequestFactory(HTTP_HOST="127.0.0.1")
        self.stdout.write(f"{'page':58} {'queries':>7} {'ms':>6} {'html':>7} {'gzip':>6}")
        for model in get_page_models():
            page = model.objects.live().order_by("-path").first() if model is not Page else None
            if isinstance(page, BasePage):
                self.measure(type(page).__name__, page.url)
        with override(settings.LANGUAGE_CODE):
            self.measure("search", reverse("content:search") + "?q=stiff+arm")

    def measure(self, name, url):
        self.draw(url)
        with CaptureQueriesContext(connection) as queries:
            html, _seconds = self.draw(url)
        purposes = [purpose(query["sql"]) for query in queries.captured_queries]
        spent = statistics.median(self.draw(url)[1] for _run in range(self.runs)) * 1000
        self.stdout.write(
            f"{name:20} {url:37} {len(purposes):7} {spent:6.1f}"
            f" {len(html):7} {len(gzip.compress(html)):6}"
        )
        for line in purposes:
            self.stdout.write(f"    {line}")

    def draw(self, url):
        """Ask for the page; return its HTML and the seconds of CPU that it took."""
        environ = self.requests.get(url).environ
        start = time.process_time()
        response = self.application(environ, lambda *status_and_headers: None)
        html = b"".join(response)
        response.close()
        return html, time.process_time() - start
