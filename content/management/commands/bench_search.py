"""Prints how fast the search and the lists of pages are on this database. It fails nothing."""

import statistics
import time

from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from content.models import ConditionIndexPage, FAQIndexPage, TreatmentIndexPage

RUNS = 10
# One word, several, a sentence, a slip, the other language, what many pages have and what none has.
WORDS = {
    "en": [
        "migraine",
        "stiff arm",
        "botox migraine",
        "how long does it take until it works",
        "migrane",
        "derrame",
        "pain",
        "xyzzy",
    ],
    "es": ["migraña", "brazo rígido", "botoks", "cuanto dura", "stroke", "dolor"],
}


class Command(BaseCommand):
    help = "Print queries and milliseconds of searches and of each list of pages."

    def handle(self, **options):
        self.client = Client(HTTP_HOST="127.0.0.1")
        self.stdout.write(f"{Page.objects.live().count()} pages on {connection.vendor}")
        runs = [self.measure(say, url, query) for say, url, query in searches()]
        times = [seconds for run in runs for seconds in run]
        self.stdout.write(f"search: p95 {percentile(times) * 1000:.0f} ms over {len(times)} pages")
        for model in (ConditionIndexPage, TreatmentIndexPage, FAQIndexPage):
            page = model.objects.live().filter(locale__language_code="en").get()
            self.measure(f"the list {page.url}", page.url)

    def measure(self, name, url, query=None):
        self.client.get(url, query)
        with CaptureQueriesContext(connection) as captured:
            self.client.get(url, query)
        queries = captured.captured_queries
        in_database = sum(float(query["time"]) for query in queries) * 1000
        times = [timed(self.client.get, url, query) for _run in range(RUNS)]
        self.stdout.write(
            f"  {name:44} {len(queries):3} queries, {in_database:4.0f} ms in the database;"
            f" p50 {statistics.median(times) * 1000:4.0f} ms, p95 {percentile(times) * 1000:4.0f} ms"
        )
        return times


def searches():
    for language, texts in WORDS.items():
        with override(language):
            url = reverse("content:search")
        yield from ((f"{language}: {text}", url, {"q": text}) for text in texts)


def timed(ask, *args):
    began = time.perf_counter()
    ask(*args)
    return time.perf_counter() - began


def percentile(times):
    return statistics.quantiles(times, n=20, method="inclusive")[-1]
