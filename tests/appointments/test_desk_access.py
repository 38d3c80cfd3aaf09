"""Nobody but the front desk learns of a request, by any path through the admin."""

import pytest
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from clinic_site.appointments import moves
from clinic_site.appointments.models import AppointmentRequest, Event, Reason
from content.groups import GROUPS
from tests.appointments.desk import send, sheet

NAME = "Canary Patient"
OTHERS = [group for group in GROUPS if group != "Front desk"]
others = pytest.mark.parametrize("group", OTHERS)
# Wagtail's own pages that gather what happens on a site, whoever looks.
GATHERING = [
    "/admin/",
    "/admin/reports/site-history/",
    "/admin/reports/site-history/results/?label=TNG",
    "/admin/reports/locked/",
    "/admin/reports/aging-pages/",
    "/admin/pages/search/?q=canary",
    "/admin/api/main/pages/?search=canary",
]
# What Wagtail offers for models it was told of. It was not told of this one.
GENERIC = [
    "/admin/bulk/appointments/appointmentrequest/delete/?id={pk}",
    "/admin/snippets/appointments/appointmentrequest/",
    "/admin/snippets/appointments/appointmentrequest/edit/{pk}/",
    "/admin/appointmentrequest/",
    "/admin/appointments/request/{pk}/history/",
    "/admin/appointments/request/{pk}/usage/",
    "/admin/appointments/request/{pk}/edit/",
    "/admin/appointments/request/{pk}/copy/",
    "/admin/appointments/request/{pk}/delete/",
    "/admin/appointments/request/{pk}/inspect/",
    "/admin/choose-generic/appointments/appointmentrequest/",
    "/admin/editing-sessions/ping/appointments/appointmentrequest/{pk}/1/",
    "/admin/api/main/appointmentrequests/",
    "/admin/api/main/appointments/",
]


@pytest.fixture
def canary(new_request, lead):
    """A request with some history."""
    request = new_request(name=NAME)
    moves.claim(request.pk, lead, 0)
    moves.log_attempt(request.pk, lead, 1, "no_answer")
    return AppointmentRequest.objects.get(pk=request.pk)


def tells(answer, request):
    """Does this answer say anything of the request?"""
    page = answer.content.decode()
    told = [request.reference, NAME, request.phone, request.email]
    return [word for word in told if word in page + str(answer.headers)]


@others
def test_others_are_turned_away_and_nothing_is_logged(client, canary, member, group):
    client.force_login(member(group))
    before = Event.objects.count()

    answers = [
        client.get(reverse("appointments_desk:inbox")),
        client.get(reverse("appointments_desk:view", args=["open"])),
        client.post(reverse("appointments_desk:find"), {"words": NAME}),
        client.post(reverse("appointments_desk:find"), {"words": canary.reference}),
        client.get(sheet(canary)),
        client.get("/admin/appointments/request/999999/"),
        send(client, canary, "withdraw"),
    ]

    assert [answer.headers["Location"] for answer in answers] == ["/admin/"] * len(answers)
    assert not any(tells(answer, canary) for answer in answers)
    assert Event.objects.count() == before


@others
def test_others_see_neither_the_inbox_nor_its_numbers(client, canary, member, group):
    client.force_login(member(group))

    page = client.get("/admin/").content.decode()

    assert "Inbox" not in page
    assert "appointment request" not in page


@pytest.mark.slow
@pytest.mark.parametrize("group", [*GROUPS, "Front desk leads", "superuser"])
def test_wagtails_own_pages_tell_nobody_of_a_request(client, canary, member, admin_user, group):
    client.force_login(admin_user if group == "superuser" else member(group, "somebody"))

    for address in GATHERING:
        assert tells(client.get(address), canary) == [], address


@pytest.mark.parametrize("address", GENERIC)
@pytest.mark.parametrize("group", ["Site managers", "Front desk leads", "superuser"])
def test_wagtails_ways_to_edit_a_model_do_not_reach_requests(
    client, canary, member, admin_user, group, address
):
    client.force_login(admin_user if group == "superuser" else member(group, "somebody"))
    client.raise_request_exception = False

    answer = client.get(address.format(pk=canary.pk), follow=True)

    assert tells(answer, canary) == []
    assert AppointmentRequest.objects.filter(pk=canary.pk, version=canary.version).exists()


def test_requests_are_in_no_log_and_no_index_of_wagtail(canary):
    assert not ModelLogEntry.objects.filter(label__contains=canary.reference).exists()
    assert not ReferenceIndex.objects.filter(
        base_content_type__app_label="appointments",
        base_content_type__model__in=["appointmentrequest", "event", "contactattempt"],
    ).exists()


def test_a_superuser_sees_everything(client, canary, admin_user):
    client.force_login(admin_user)

    assert tells(client.get(sheet(canary)), canary)
    assert tells(client.get(reverse("appointments_desk:view", args=["open"])), canary)


def test_without_signing_in_every_address_leads_to_the_login_page(client, canary):
    for address in [sheet(canary), reverse("appointments_desk:inbox")]:
        assert client.get(address).headers["Location"].startswith("/admin/login/")


REASON = {"label_en": "Tremor", "label_es": "Temblor", "position": 5, "code": "tremor"}


@pytest.mark.parametrize("group", ["Front desk leads", "Site managers"])
def test_reasons_are_added_and_retired(client, member, group):
    client.force_login(member(group))

    client.post(reverse("appointment_reasons:add"), {**REASON, "is_offered": "on"})
    reason = Reason.objects.get(code="tremor")
    assert reason.is_offered
    client.post(reverse("appointment_reasons:edit", args=[reason.pk]), {**REASON, "code": "other"})
    reason.refresh_from_db()

    assert (reason.is_offered, reason.code) == (False, "tremor")


def test_a_lead_reads_what_order_and_code_of_a_reason_are_for(client, lead):
    client.force_login(lead)

    page = client.get(reverse("appointment_reasons:add")).content.decode()

    assert "the lowest first" in page
    assert "It never changes" in page


def test_no_reason_is_deleted_here(client, admin_user):
    client.force_login(admin_user)
    reason = Reason.objects.all()[0]

    page = client.get(reverse("appointment_reasons:edit", args=[reason.pk])).content.decode()

    assert "delete" not in page.lower()
    for name in ("delete", "copy", "usage", "history", "inspect"):
        with pytest.raises(NoReverseMatch):
            reverse(f"appointment_reasons:{name}", args=[reason.pk])
