"""Nothing that anybody types runs in anybody's browser: 100 hostile texts in every field there is.

XSS_ROUNDS makes every field begin with that many of them in turn; short fields hold only one.
"""

import os
from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.template import engines
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Locale, Page, get_page_models

from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.retention import purge_one
from content.models import (
    BasePage,
    ClinicImage,
    ClinicSettings,
    ConditionIndexPage,
    DangerMessage,
    GlossaryTerm,
    HomePage,
    PageFeedback,
    SearchMiss,
    Source,
    TreatmentPage,
)
from tests.admin_addresses import make_image, make_request
from tests.browser.hostile_values import PAYLOADS, Hostile, fill_model

pytestmark = pytest.mark.browser

ROUNDS = int(os.environ.get("XSS_ROUNDS", "1"))
# Apart, so that each round begins with others.
STEP = 7
# Every so many texts are searched for.
SOME = 12
PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
RICHEST = (HomePage, TreatmentPage)
OWN = (DangerMessage, GlossaryTerm, Source, ClinicImage, Document)
DETAILS = ("name", "street", "city", "state")
ANSWERS = ("name", "requester_name", "interpreter_language", "access_needs", "note")
NOTE = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
        violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
"""
# What would run at a click or a touch; the site's own pages have neither.
WAITING = """() => [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]
    .filter(({ name, value }) => (name.startsWith("on") && value.includes("alert"))
        || (/^(href|src|action|formaction|xlink:href|data)$/.test(name)
            && /^(javascript|vbscript|data):/i.test(value.replace(/[\\s\\x00-\\x1f]/g, ""))))
    .map(({ name, value }) => `${element.tagName} ${name}=${value}`))"""


class Watched:
    """A browser page, and what ran or tried to run in it."""

    def __init__(self, page):
        self.page, self.ran = page, []
        page.add_init_script(NOTE)
        page.on("dialog", self.note)

    def note(self, dialog):
        self.ran.append(f"{self.page.url} said {dialog.message}")
        dialog.dismiss()

    def complaints(self, address, is_admin=False):
        """What is wrong at this address, one line each."""
        self.ran.clear()
        answer = self.page.goto(address)
        found = [] if answer.status < 500 else [f"answered {answer.status}"]
        found += self.page.evaluate(WAITING)
        # The admin's own policy lets inline code run: there, only what ran counts.
        found += [] if is_admin else self.page.evaluate("window.violations")
        return [f"{address}: {line}" for line in found + self.ran]


def make_objects(hostile):
    """What the pages choose: pictures and shared texts with hostile words of their own."""
    english = Locale.get_default()
    image = make_image()
    fill_model(image, hostile, {}).save()
    made = {ClinicImage: image, Page: ConditionIndexPage.objects.get(locale=english)}
    for model in (DangerMessage, GlossaryTerm, Source):
        snippet = model(locale=english, slug=f"hostile-{model.__name__.lower()}")
        made[model] = fill_model(snippet, hostile, made)
        snippet.save()
    made[Document] = Document.objects.create(
        title=hostile.text(str, 255), file=ContentFile(b"%PDF-1.7", name="hostile.pdf")
    )
    return made


def make_pages(hostile, objects):
    """A page of each type, which chooses those things."""
    home = Page.objects.get(depth=2, locale=Locale.get_default())
    for model in PAGE_TYPES:
        page = model(slug=f"hostile-{model.__name__.lower()}", locale=home.locale)
        fill_model(page, hostile, objects | dict.fromkeys(PAGE_TYPES, objects[Page]))
        yield home.add_child(instance=page)


def make_request_of(hostile):
    """A request whose every answer is hostile, as if no form had looked at it."""
    request = make_request()
    fill_model(request, hostile, {})
    AppointmentRequest.objects.filter(pk=request.pk).update(
        **{name: getattr(request, name) for name in ANSWERS}
    )
    return request


@pytest.fixture
def details(server):
    """The clinic's details, put back afterwards."""
    clinic = ClinicSettings.load()
    before = {name: getattr(clinic, name) for name in DETAILS}
    yield clinic
    ClinicSettings.objects.filter(pk=clinic.pk).update(**before)
    ClinicSettings.load().save()


@pytest.fixture
def fill(server, superuser, details):
    """A function that fills the site with hostile texts and returns its addresses."""
    made = []

    def fill_site(first):
        hostile = Hostile(first)
        for name in DETAILS:
            setattr(details, name, hostile.text(str, details._meta.get_field(name).max_length))
        details.save()
        objects = make_objects(hostile)
        pages = list(make_pages(hostile, objects))
        request = make_request_of(hostile)
        told = PageFeedback.objects.create(
            page_id=pages[0].pk, is_helpful=False, comment=hostile.text(str, 200)
        )
        missed = SearchMiss.objects.create(language="en", terms=hostile.text(str, 100))
        made.extend([*pages, *(objects[model] for model in OWN), told, missed])
        made.append(request)
        return pages, objects, request

    yield fill_site
    for thing in reversed(made):
        if isinstance(thing, AppointmentRequest):
            purge_one(thing.reference)
        else:
            thing.delete()


def public_addresses(pages):
    search = reverse("content:search")
    return [
        *(page.url for page in pages),
        "/en/",
        "/en/conditions/",
        *(f"{search}?{urlencode({'q': payload})}" for payload in PAYLOADS[::SOME]),
        f"{search}?{urlencode({'q': 'alert hostile'})}",
        *(f"/en/feedback/{page.pk}/" for page in pages if isinstance(page, TreatmentPage)),
        f"/en/appointments/?page={pages[0].pk}",
    ]


def staff_addresses(pages, objects, request):
    edited = pages if ROUNDS > 1 else [page for page in pages if type(page) in RICHEST]
    return [
        "/admin/",
        reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk]),
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in edited),
        reverse("wagtailsnippets_content_dangermessage:list"),
        reverse("wagtailsnippets_content_source:edit", args=[objects[Source].pk]),
        reverse("wagtailimages:edit", args=[objects[ClinicImage].pk]),
        reverse("appointments_desk:inbox"),
        reverse("appointments_desk:request", args=[request.pk]),
        reverse("page_feedback"),
        reverse("search_misses"),
    ]


@pytest.fixture
def reader(new_page):
    return Watched(new_page())


@pytest.fixture
def colleague(new_page, superuser, server):
    """Somebody who works in the admin and looks at what others wrote."""
    client = Client()
    client.force_login(superuser)
    watched = Watched(new_page())
    value = client.cookies["sessionid"].value
    watched.page.context.add_cookies([{"name": "sessionid", "value": value, "url": server}])
    return watched


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_is_typed_runs_in_no_browser(fill, reader, colleague, number):
    pages, objects, request = fill(number * STEP)

    found = [line for url in public_addresses(pages) for line in reader.complaints(url)]
    for url in staff_addresses(pages, objects, request):
        found += colleague.complaints(url, is_admin=True)

    assert sorted(set(found)) == []


def test_without_escaping_it_would(fill, reader, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)
    pages, _objects, _request = fill(0)

    assert reader.complaints(pages[0].url)


def test_there_are_a_hundred_hostile_texts():
    assert len(set(PAYLOADS)) >= 100
