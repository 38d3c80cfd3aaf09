"""Prints how fast the front desk's pages are on this database. It measures; it fails nothing."""

import statistics
import time

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic_site.appointments.desk.saved_views import VIEWS
from clinic_site.appointments.management.load import percentile
from clinic_site.appointments.models import AppointmentRequest, Reason
from clinic_site.appointments.states import CLOSED

RUNS = 20


class Command(BaseCommand):
    help = "Print queries and milliseconds of the inbox and the call sheet, and of each search."

    def handle(self, **options):
        if not AppointmentRequest.objects.exists():
            raise CommandError("There is no request: make_many_requests makes some.")
        self.client = Client(HTTP_HOST="127.0.0.1")
        self.stdout.write(f"{AppointmentRequest.objects.count()} requests on {connection.vendor}")
        # What the audit notes of this, and who looked, is nobody's business afterwards.
        with transaction.atomic():
            self.client.force_login(get_user_model().objects.create_superuser("bench-desk"))
            self.measure_all()
            transaction.set_rollback(True)

    def measure_all(self):
        inbox = [self.measure(name, "get", *ask) for name, ask in lists().items()]
        self.report("inbox", inbox)
        found = [self.measure(name, "post", *ask) for name, ask in searches().items()]
        self.report("search", found)
        sheet = AppointmentRequest.objects.latest("pk").pk
        self.measure("a call sheet", "get", reverse("appointments_desk:request", args=[sheet]))
        self.measure("the first page", "get", reverse("wagtailadmin_home"))

    def report(self, name, runs):
        """The 95th percentile over every way of asking, each asked as often as any other."""
        times = [seconds for run in runs for seconds in run]
        self.stdout.write(f"{name}: p95 {percentile(times, 95):.0f} ms over {len(times)} pages")

    def measure(self, name, method, url, data=None):
        ask = getattr(self.client, method)
        ask(url, data)
        with CaptureQueriesContext(connection) as captured:
            ask(url, data)
        queries = captured.captured_queries
        in_database = sum(float(query["time"]) for query in queries) * 1000
        times = [timed(ask, url, data) for _run in range(RUNS)]
        self.stdout.write(
            f"  {name:58} {len(queries):3} queries, {in_database:4.0f} ms in the database;"
            f" p50 {statistics.median(times) * 1000:4.0f} ms, p95 {percentile(times, 95):4.0f} ms"
        )
        return times


def lists():
    """Every saved view, first and last page, and the filters alone and together."""
    found = {f"view {slug}": (view_url(slug), {}) for slug in VIEWS}
    last = {f"view {slug}, far back": (view_url(slug), {"p": 40}) for slug in ("open", "closed")}
    reason = Reason.objects.latest("pk").pk
    year = timezone.localdate().year
    filters: list[dict] = [
        {"language": "es"},
        {"channel": "no_calls"},
        {"reason": reason},
        {"reason": reason, "language": "es", "channel": "email"},
        {"received_from": f"{year - 4}-03-01", "received_to": f"{year - 4}-03-02"},
        {"received_to": f"{year - 6}-03-02"},
    ]
    states = [{"state": state} for state in sorted(CLOSED)]
    narrowed = {
        f"view {slug}, {say(query)}": (view_url(slug), query)
        for slug in ("open", "closed")
        for query in filters + (states if slug == "closed" else [])
    }
    return found | last | narrowed


def view_url(slug):
    return reverse("appointments_desk:view", args=[slug])


def say(query):
    return " ".join(f"{name}={value}" for name, value in query.items())


def searches():
    """What people say on the phone, taken from a request in the middle of all."""
    keys = AppointmentRequest.objects.order_by("pk").values_list("pk", flat=True)
    some = AppointmentRequest.objects.get(pk=keys[AppointmentRequest.objects.count() // 2])
    first, family, *_more = some.name.split()
    words = {
        "a reference": some.reference,
        "a part of a reference": some.reference.rpartition("-")[2][:7],
        "a whole name": some.name,
        "a family name": family,
        "a first name that many have": first,
        "a word that all have": "Invented",
        "one letter": first[0],
        "the beginnings of two names": f"{first[:3]} {family[:3]}",
        "two words that nobody has together": f"{first} Nobodyatall",
        "a phone number": some.phone,
        "the end of a phone number": some.phone[-7:],
        "four digits": some.phone[-4:],
        "an email": some.email,
        "an email that nobody has": "nobody@example.org",
    }
    url = reverse("appointments_desk:find")
    return {f"search for {name}": (url, {"words": text}) for name, text in words.items()}


def timed(ask, *args):
    began = time.perf_counter()
    ask(*args)
    return time.perf_counter() - began
