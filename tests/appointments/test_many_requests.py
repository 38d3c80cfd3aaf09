"""Very many invented requests: only where nobody's own are, and as good as real ones to the desk."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from clinic_site.appointments.models import AppointmentRequest, SearchTerm

MAKE = "make_many_requests"
# VACUUM is nothing for a transaction, and every test is one.
NUMBER = 40


@pytest.fixture
def invented(db, settings, monkeypatch):
    monkeypatch.setattr(f"clinic_site.appointments.management.commands.{MAKE}.learn", lambda: None)
    settings.DEBUG = True
    call_command(MAKE, NUMBER)


def test_they_are_made_nowhere_but_in_development(db):
    with pytest.raises(CommandError, match="no development site"):
        call_command(MAKE, NUMBER)

    assert not AppointmentRequest.objects.exists()


@pytest.mark.parametrize("options", [{}, {"scratch": True}])
def test_they_are_not_made_among_real_requests(new_request, settings, options):
    settings.DEBUG = not options
    new_request()

    with pytest.raises(CommandError, match="Somebody's requests"):
        call_command(MAKE, NUMBER, **options)

    assert AppointmentRequest.objects.count() == 1


def test_a_second_run_makes_only_what_is_missing(invented):
    before = set(AppointmentRequest.objects.values_list("reference", flat=True))

    call_command(MAKE, NUMBER + 10)

    after = set(AppointmentRequest.objects.values_list("reference", flat=True))
    assert (len(before), len(after), before <= after) == (NUMBER, NUMBER + 10, True)


def test_they_say_that_nobody_is_meant(invented):
    for request in AppointmentRequest.objects.all():
        assert request.name.endswith("Invented")
        assert request.email.endswith("@example.com")
        assert request.phone[5:8] == "555"


def test_the_desk_finds_and_opens_them(client, lead, invented):
    client.force_login(lead)
    one = AppointmentRequest.objects.first()

    found = client.post(reverse("appointments_desk:find"), {"words": one.name})

    assert one in found.context["object_list"]
    assert client.get(reverse("appointments_desk:request", args=[one.pk])).status_code == 200
    assert SearchTerm.objects.filter(request=one).count() > 4
