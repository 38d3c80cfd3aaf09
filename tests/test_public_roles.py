"""Addresses outside the admin answer everybody alike, and a patient's page only whoever has its key.

`ANSWERS` has a line for each address the resolver knows; a new one fails until somebody decides.
"""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import get_resolver
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction

from clinic_site.appointments.keys import token_of
from clinic_site.pictures import PATTERN
from content.models import ConditionIndexPage, ConditionPage
from tests.admin_addresses import PATIENT, make_request, routes
from tests.who_may_open import ROLES

pytestmark = pytest.mark.slow

VISITOR, NO_GROUP, ADMINISTRATOR = "a visitor", "staff without a group", "Administrator"
# The queries for a role are those for an administrator, with another number in them.
OTHERS = [pytest.param(role, marks=pytest.mark.one_database) for role in (NO_GROUP, *ROLES)]
EVERYBODY = [VISITOR, *OTHERS, ADMINISTRATOR]
OPEN, MOVED, ABSENT, NOT_SO = 200, 302, 404, 405
TO_LOGIN = "/admin/login/"

# Route, what fills its places, and how it answers everybody. A private key is the only way in.
ANSWERS = [
    ("", "", MOVED),
    ("robots.txt", "robots.txt", OPEN),
    ("sitemap.xml", "sitemap.xml", OPEN),
    ("social/<int:pk>.png", "social/{page}.png", OPEN),
    ("social/<int:pk>.png", "social/{draft}.png", ABSENT),
    # tests/deploy/test_bucket.py sees pictures handed out.
    (PATTERN.lstrip("^").rstrip("$"), "media/images/none.jpg", ABSENT),
    (PATTERN.lstrip("^").rstrip("$"), "media/documents/none.jpg", ABSENT),
    (r"documents/(\d+)/(.*)", "documents/{document}", OPEN),
    (r"documents/(\d+)/(.*)", "documents/9999/none.pdf", ABSENT),
    (
        "documents/authenticate_with_password/<int:restriction_id>/",
        "documents/authenticate_with_password/9999/",
        MOVED,
    ),
    ("en/appointments/", "en/appointments/", OPEN),
    ("en/appointments/status/<str:token>/", "en/appointments/status/{token}/", OPEN),
    ("en/appointments/status/<str:token>/", "en/appointments/status/{other}/", ABSENT),
    ("en/appointments/status/<str:token>/", "en/appointments/status/{number}/", ABSENT),
    (
        "en/appointments/status/<str:token>/cancel/",
        "en/appointments/status/{token}/cancel/",
        NOT_SO,
    ),
    (
        "en/appointments/status/<str:token>/cancel/",
        "en/appointments/status/{other}/cancel/",
        NOT_SO,
    ),
    (
        "en/appointments/status/<str:token>/another-time/",
        "en/appointments/status/{token}/another-time/",
        NOT_SO,
    ),
    (
        "en/appointments/status/<str:token>/another-time/",
        "en/appointments/status/{other}/another-time/",
        NOT_SO,
    ),
    # There is a calendar file once a visit is booked.
    (
        "en/appointments/status/<str:token>/appointment.ics",
        "en/appointments/status/{token}/appointment.ics",
        ABSENT,
    ),
    ("en/search/", "en/search/?q=hand", OPEN),
    ("en/feedback/<int:pk>/", "en/feedback/{page}/", OPEN),
    ("en/feedback/<int:pk>/", "en/feedback/{draft}/", ABSENT),
    ("en/feedback/<int:pk>/thanks/", "en/feedback/{page}/thanks/", OPEN),
    ("en/feedback/<int:pk>/thanks/", "en/feedback/{draft}/thanks/", ABSENT),
    (r"en/((?:[\w\-]+/)*)", "en/conditions/{slug}/", OPEN),
    (r"en/((?:[\w\-]+/)*)", "en/conditions/{draft_slug}/", ABSENT),
    (r"en/((?:[\w\-]+/)*)", "en/no-such-page/", ABSENT),
    (
        "en/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        "en/_util/authenticate_with_password/9999/{page}/",
        ABSENT,
    ),
    # Staff sign in at the admin's own page alone, where the rules of signing in are kept.
    ("en/_util/login/", "en/_util/login/", MOVED),
]


@pytest.fixture
def places(db):
    """One of everything, and what fills the places of addresses with it."""
    index = ConditionIndexPage.objects.get(locale=Locale.get_default())
    page, draft = ConditionPage.objects.live().child_of(index)[:2]
    draft.unpublish()
    request = make_request()
    file = ContentFile(b"%PDF-1.7", name="map.pdf")
    document = Document.objects.create(title="Map", file=file)
    return {
        "page": page.pk,
        "draft": draft.pk,
        "slug": page.slug,
        "draft_slug": draft.slug,
        "document": document.url.removeprefix("/documents/"),
        "token": token_of(request),
        "other": "0" * 64,
        "number": request.pk,
    }


@pytest.fixture
def sign_in(client, django_user_model):
    """A function that makes the client a visitor, or somebody with that role."""

    def become(role):
        client.logout()
        if role != VISITOR:
            user = django_user_model.objects.create_user(role, is_superuser=role == ADMINISTRATOR)
            user.groups.set(Group.objects.filter(name=role))
            client.force_login(user)
        return client

    return become


def public_routes():
    """Wagtail's own route for pages stands behind ours, which answers first: they are one."""
    every = routes(get_resolver().url_patterns)
    return {route for _name, route in every if not route.startswith("admin/")}


def test_somebody_decided_how_each_public_address_answers():
    assert public_routes() == {route for route, _address, _status in ANSWERS}


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_public_address_answers_everybody_alike(sign_in, places, role):
    client = sign_in(role)
    given = {}
    for _route, pattern, _status in ANSWERS:
        address = pattern.format(**places)
        answer = client.get(f"/{address}")
        given[pattern] = answer.status_code
        told = b"".join(answer)
        assert PATIENT.encode() not in told or "{token}" in pattern, pattern

    assert given == {pattern: status for _route, pattern, status in ANSWERS}


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_for_staff_alone_leads_visitors_to_the_login_page(sign_in, places, role):
    page = ConditionPage.objects.get(pk=places["page"])
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    inside = Collection.get_first_root_node().add_child(name="Inside")
    CollectionViewRestriction.objects.create(collection=inside, restriction_type="login")
    file = ContentFile(b"%PDF-1.7", name="inside.pdf")
    document = Document.objects.create(title="Inside", file=file, collection=inside)
    client = sign_in(role)

    answers = [client.get(page.url), client.get(document.url)]

    wanted = MOVED if role == VISITOR else OPEN
    assert [answer.status_code for answer in answers] == [wanted] * 2
    if role == VISITOR:
        assert all(TO_LOGIN in answer.headers["Location"] for answer in answers)
