"""The front desk's inbox: what each view holds, and what stands out."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic_site.appointments import moves
from clinic_site.appointments.clinic import today
from clinic_site.appointments.desk.inbox import MOST_LISTED, ON_A_PAGE
from clinic_site.appointments.models import AppointmentRequest, Event
from clinic_site.appointments.states import State
from tests.appointments.copies import fill
from tests.appointments.desk import sheet

# The parts of the inbox that ask for requests: the tabs' numbers, how many pages there are, which
# requests stand on this one, their rows with reasons and owners, and the number in the menu.
QUERIES_FOR_REQUESTS = 5


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def inbox(view="new"):
    return reverse("appointments_desk:view", args=[view])


def names(answer):
    return [request.name for request in answer.context["object_list"]]


def change(request, **values):
    AppointmentRequest.objects.filter(pk=request.pk).update(**values)


@pytest.fixture
def one_of_each(new_request, clerk):
    """A request in each saved view, named after it."""
    new_request(name="new")
    moves.claim(new_request(name="mine").pk, clerk, 0)
    late = new_request(name="overdue")
    moves.claim(late.pk, clerk, 0)
    change(late, due_on=today() - timedelta(days=1), assigned_to=None)
    moves.log_attempt(new_request(name="waiting").pk, clerk, 0, "no_answer")
    change(AppointmentRequest.objects.get(name="waiting"), assigned_to=None)
    new_request(name="flagged", sounds_urgent=True)
    change(AppointmentRequest.objects.get(name="flagged"), state=State.IN_REVIEW, due_on=None)
    moves.make_move("waitlist", new_request(name="waitlist").pk, clerk, 0)
    new_request(name="quarantined", spam_signs=["trap"])
    visit = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1)}
    change(new_request(name="booked"), state=State.SCHEDULED, due_on=None, **visit)
    moves.make_move("withdraw", new_request(name="closed").pk, clerk, 0)


@pytest.mark.parametrize(
    "view",
    ["new", "mine", "overdue", "waiting", "waitlist", "flagged", "quarantined", "booked", "closed"],
)
def test_each_view_holds_its_own_requests_and_says_how_many(desk, one_of_each, view):
    answer = desk.get(inbox(view))

    assert names(answer) == [view]
    assert {tab.slug: number for tab, number, _current in answer.context["tabs"]}[view] == "1"


def test_all_open_requests_stand_in_one_view(desk, one_of_each):
    open_now = {"new", "mine", "overdue", "waiting", "waitlist", "flagged", "booked"}

    assert set(names(desk.get(inbox("open")))) == open_now


def test_an_unknown_view_does_not_exist(desk):
    assert desk.get(inbox("nothing"), follow=True).status_code == 404


def test_the_oldest_promise_stands_first(desk, new_request):
    for days, name in [(3, "later"), (-2, "late"), (1, "soon")]:
        change(new_request(name=name), due_on=today() + timedelta(days=days))

    assert names(desk.get(inbox())) == ["late", "soon", "later"]


def test_what_presses_is_said_in_words(desk, new_request):
    request = new_request(sounds_urgent=True)
    change(
        request,
        due_on=today() - timedelta(days=2),
        mail_failed=True,
        asks_another_time=True,
    )

    page = desk.get(inbox()).content.decode()

    assert "Overdue by 2 days" in page
    assert "May be an emergency" in page
    assert "Mail failed: phone them" in page
    assert "Asks for another time" in page


def test_what_is_held_back_falls_due_too(desk, new_request):
    request = new_request(name="held", spam_signs=["trap"])
    change(request, due_on=today() - timedelta(days=2))

    answer = desk.get(inbox("overdue"))

    assert names(answer) == ["held"]
    assert "Overdue by 2 days" in answer.content.decode()


def test_what_is_due_today_is_not_overdue(desk, new_request):
    change(new_request(), due_on=today())

    assert names(desk.get(inbox("overdue"))) == []


def test_nobody_has_to_look_after_a_visit_that_they_booked(desk, new_request, clerk):
    visit = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1)}
    change(new_request(), state=State.SCHEDULED, assigned_to=clerk, due_on=None, **visit)

    assert names(desk.get(inbox("mine"))) == []


def test_the_request_closed_last_stands_first(desk, new_request, clerk):
    for name, days in [("older", 2), ("latest", 1), ("oldest", 3)]:
        request = new_request(name=name)
        moves.make_move("withdraw", request.pk, clerk, 0)
        change(request, closed_at=timezone.now() - timedelta(days=days))

    assert names(desk.get(inbox("closed"))) == ["latest", "older", "oldest"]


def test_failed_mail_is_a_task_even_when_the_request_is_closed(desk, new_request, clerk):
    request = new_request()
    moves.make_move("withdraw", request.pk, clerk, 0)
    change(request, mail_failed=True)

    assert names(desk.get(inbox("flagged"))) == [request.name]


def test_days_at_the_ends_of_the_calendar_narrow_nothing(desk, new_request):
    request = new_request()
    ends = {"received_from": "0001-01-01", "received_to": "9999-12-31"}

    assert names(desk.get(inbox("new"), ends)) == [request.name]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"language": "es"}, ["Spanish"]),
        ({"channel": "email"}, ["Writer"]),
        ({"state": "waitlisted"}, ["Listed"]),
        ({"received_to": "2020-01-31"}, ["Old"]),
        ({"received_from": "2020-02-01", "language": "es"}, ["Spanish"]),
        ({"received_from": "2020-01-01", "received_to": "2020-01-31"}, ["Old"]),
        ({"state": "no such state"}, ["Old", "Spanish", "Writer", "Listed"]),
    ],
)
def test_filters_narrow_a_view(desk, new_request, clerk, filters, found):
    change(new_request(name="Old"), created_at="2020-01-31T23:59:00-05:00", due_on=today())
    new_request(name="Spanish", language="es")
    new_request(name="Writer", channel="email")
    moves.make_move("waitlist", new_request(name="Listed").pk, clerk, 0)

    assert names(desk.get(inbox("open"), filters)) == found


def test_each_list_that_is_opened_is_in_the_audit_once(desk, clerk):
    before = Event.objects.count()

    desk.get(inbox("overdue"), {"p": 2})

    event = Event.objects.all()[before:].get()
    assert (event.kind, event.detail, event.by) == ("listed", "overdue", clerk.username)


def test_no_copy_of_a_list_is_kept(desk, new_request):
    assert "no-store" in desk.get(inbox()).headers["Cache-Control"]


@pytest.mark.slow
def test_many_requests_list_in_as_many_queries_as_few(desk, new_request):
    counted = {}
    for number in (20, 2000):
        AppointmentRequest.objects.all().delete()
        fill(new_request(), number)
        desk.get(inbox())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = desk.get(inbox())
        counted[number] = [query["sql"] for query in queries]
        assert len(answer.context["object_list"]) == min(number, ON_A_PAGE)

    about = [sql for sql in counted[2000] if "appointments_appointmentrequest" in sql]
    assert len(about) == QUERIES_FOR_REQUESTS
    assert len([sql for sql in counted[2000] if "INSERT" in sql]) == 1
    assert len(counted[20]) == len(counted[2000])


@pytest.mark.slow
def test_very_many_are_not_counted_to_the_last(desk, new_request):
    fill(new_request(), MOST_LISTED + 1)

    answer = desk.get(inbox(), {"p": MOST_LISTED // ON_A_PAGE})

    assert len(answer.context["object_list"]) == ON_A_PAGE
    assert "The first 2000; filters find the others" in answer.content.decode()
    assert answer.context["tabs"][0][1] == "999+"
    assert "Inbox (999+)" in answer.content.decode()


def back_link(answer):
    """The query of the link to the page before."""
    return answer.content.decode().split('class="prev"')[1].split("?")[1].split('"')[0]


def test_a_long_list_has_pages(desk, new_request):
    fill(new_request(), ON_A_PAGE + 3)

    answer = desk.get(inbox(), {"p": 2, "language": "en"})

    assert len(answer.context["object_list"]) == 3
    assert {"p=1", "language=en"} == set(back_link(answer).split("&amp;"))


def test_the_menu_and_the_first_page_say_how_many_wait(desk, new_request):
    new_request()
    change(new_request(), due_on=today() - timedelta(days=1))
    change(new_request(), state=State.WAITLISTED, due_on=None)
    closed = {"state": State.DECLINED, "closed_at": timezone.now(), "due_on": None}
    change(new_request(), mail_failed=True, **closed)

    page = desk.get("/admin/").content.decode()

    assert "Inbox (3)" in page
    assert "1 appointment request is overdue" in page
    assert "2 appointment requests are new" in page
    assert "1 patient is on the waiting list" in page


def test_nobody_else_is_told_how_many_wait(client, django_user_model, new_request):
    editor = django_user_model.objects.create_user("editor", password="x")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    new_request()

    answer = client.get("/admin/")

    assert answer.status_code == 200
    assert "appointment request" not in answer.content.decode()


def test_the_first_page_finds_requests_and_offers_no_pages_that_it_would_refuse(desk, new_request):
    request = new_request()

    page = desk.get("/admin/").content.decode()

    assert "Search all pages" not in page
    assert f'method="post" action="{reverse("appointments_desk:find")}"' in page
    found = desk.post(reverse("appointments_desk:find"), {"words": request.reference})
    assert found.url == sheet(request)


def test_staff_of_the_pages_still_find_pages_there(admin_client):
    assert "Search all pages" in admin_client.get("/admin/").content.decode()


def test_a_request_leads_back_to_the_list_it_was_opened_from(desk, new_request):
    request = new_request()
    desk.get(inbox("overdue") + "?language=es&p=1&q=Maria&utm=x")

    page = desk.get(sheet(request)).content.decode()
    moved = desk.post(f"{sheet(request)}claim/", {"version": 0}, follow=True).content.decode()

    assert f'href="{inbox("overdue")}?language=es&amp;p=1"' in page
    assert "Back to “Overdue”" in moved


def test_a_request_that_no_list_led_to_leads_to_the_first(desk, new_request):
    assert f'href="{inbox("new")}"' in desk.get(sheet(new_request())).content.decode()
