"""Finding a request by what somebody says on the phone, and leaving no trace of the words."""

import pytest
from django.urls import reverse, reverse_lazy

from clinic_site.appointments.desk.inbox import ON_A_PAGE
from clinic_site.appointments.models import Event, SearchTerm
from clinic_site.appointments.retention import purge_one
from tests.appointments.copies import fill

FIND = reverse_lazy("appointments_desk:find")


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def names(answer):
    return [request.name for request in answer.context["object_list"]]


@pytest.mark.parametrize(
    "words",
    [
        "muñoz",
        "MUNOZ maria",
        "mar muñ",
        "(305) 555-0199",
        "+1 305 555 0199",
        "555-0199",
        "0199",
        "maria@example.com",
        "Maria@Example.com",
        "Ana Helper",
        "muñoz helper",
    ],
)
def test_a_search_finds_by_what_people_say(desk, new_request, words):
    new_request(
        name="María Muñoz",
        requester_name="Ana Helper",
        phone="+13055550199",
        email="maria@example.com",
    )
    new_request(name="Somebody Else")

    assert names(desk.post(FIND, {"words": words})) == ["María Muñoz"]


@pytest.mark.parametrize("words", ["", "   ", "\0", "%", "x" * 500, "nobody", "TNG-0000-00"])
def test_a_search_for_nothing_finds_nothing(desk, new_request, words):
    new_request()

    answer = desk.post(FIND, {"words": words})

    assert (answer.status_code, names(answer)) == (200, [])


def test_a_reference_leads_straight_to_its_request(desk, new_request):
    request = new_request()

    answer = desk.post(FIND, {"words": f" {request.reference.lower()} "})

    assert answer.headers["Location"] == reverse("appointments_desk:request", args=[request.pk])


def test_a_part_of_a_reference_finds_its_request(desk, new_request):
    request = new_request(name="The one")
    new_request(name="Another")

    found = desk.post(FIND, {"words": request.reference[:-3].replace("-", " ")})

    assert names(found) == ["The one"]


def test_a_purged_request_leaves_no_words_behind(new_request):
    purge_one(new_request(name="María Muñoz").reference)

    assert not SearchTerm.objects.exists()


def test_a_search_shows_the_latest_and_says_that_there_are_more(desk, new_request):
    fill(new_request(), ON_A_PAGE + 1)

    answer = desk.post(FIND, {"words": "Test Person"})

    assert len(answer.context["object_list"]) == ON_A_PAGE
    assert "These are the latest 50." in answer.content.decode()


def test_the_words_of_a_search_are_kept_nowhere(desk, new_request):
    before = Event.objects.count()

    desk.post(FIND, {"words": "Secret Name"})
    answer = desk.get(FIND, {"words": "Secret Name"})

    assert answer.headers["Location"] == reverse("appointments_desk:inbox")
    assert [event.detail for event in Event.objects.all()[before:]] == ["search"]
    assert "Secret" not in str(list(Event.objects.values()))


def test_no_copy_of_what_was_found_is_kept(desk, new_request):
    answer = desk.post(FIND, {"words": new_request().name})

    assert "no-store" in answer.headers["Cache-Control"]
