"""A morning at the front desk: from the first page of the admin to a booked visit."""

import re
from datetime import datetime, time, timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from clinic_site.appointments import moves
from clinic_site.appointments.clinic import today, working_day_after, zone
from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import AppointmentRequest, Reason
from clinic_site.appointments.receiving import receive
from tests.browser.signing_in import sign_in as sign_in_by_form

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Around it is Wagtail's own frame.
RUN_AXE = """async (tags) => {
    const { violations } = await axe.run("#main", { runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
PASSWORD = "what the desk types"
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def ask_for_visit(name, days=0):
    """A patient's request whose answer is promised for so many days from now."""
    answers = {
        "name": name,
        "phone": "+13055550188",
        "channel": "call",
        "may_leave_message": True,
        "language": "en",
        "reason": Reason.objects.get(code="migraine"),
        "windows": ["tue_am"],
    }
    request = receive(new_key(), answers)
    AppointmentRequest.objects.filter(pk=request.pk).update(due_on=today() + timedelta(days=days))
    return request


@pytest.fixture
def clerk(server, django_user_model):
    """A member of the front desk, who goes in the end with every request."""
    user = django_user_model.objects.create_user("clerk", password=PASSWORD)
    user.groups.add(Group.objects.get(name="Front desk"))
    yield user
    AppointmentRequest.objects.all().delete()
    user.delete()


@pytest.fixture
def sit_down(clerk, new_page):
    """A function that signs the clerk in and returns the first page of the admin."""

    def sign_in():
        page = new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        sign_in_by_form(page, clerk, PASSWORD)
        return page

    return sign_in


@pytest.fixture
def visit(clerk):
    """A visit that is booked already: when it starts."""
    starts_at = datetime.combine(working_day_after(today(), 3), time(10, 0), zone())
    booked = moves.claim(ask_for_visit("Test Other").pk, clerk, 0)
    ends_at = starts_at + timedelta(minutes=30)
    moves.schedule(booked.pk, clerk, 1, starts_at=starts_at, ends_at=ends_at, place="Room 1")
    return starts_at


def faults(page):
    """What axe finds in the page itself, in the dark and on a narrow screen too."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, scheme in ((800, "light"), (1400, "dark"), (1400, "light")):
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(RUN_AXE, TAGS)
        if page.evaluate(SIDEWAYS) > 0:
            found.append("it is wider than the screen")
    return found


def press(page, name, within=None):
    """Press a button as somebody does who uses no mouse."""
    button = (within or page).get_by_role("button", name=name, exact=True)
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def book(page, starts_at):
    form = page.locator("form[action$='/schedule/']")
    form.get_by_label("Date").fill(starts_at.date().isoformat())
    form.get_by_label("Starts").fill("10:15")
    form.get_by_label("Place").fill("Room 1")
    press(page, "Book", form)


# Where the name is too long for its line, it is what else there is to see that suffers.
CUT_OFF = """() => [...document.querySelectorAll("#main :is(bdi, td, th, h2, strong, a)")]
    .filter((element) => element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().right > innerWidth)
    .map((element) => element.textContent.trim().slice(0, 30))"""


def test_a_name_without_spaces_cuts_nothing_off(sit_down):
    asked = ask_for_visit("W" * 120)
    page = sit_down()

    for name, arguments in (("inbox", []), ("request", [asked.pk])):
        page.goto(reverse(f"appointments_desk:{name}", args=arguments))
        for width in (1024, 1280):
            page.set_viewport_size({"width": width, "height": 1000})
            assert page.evaluate(CUT_OFF) == []


def test_the_report_draws_its_weeks_from_edge_to_edge(admin):
    admin.goto(reverse("appointments_reports:report"))
    chart = admin.locator(".numbers__chart svg").bounding_box()
    weeks_drawn = [bar.bounding_box() for bar in admin.locator(".numbers__bar").all()]

    step = chart["width"] / len(weeks_drawn)
    assert weeks_drawn[0]["x"] == pytest.approx(chart["x"], abs=2)
    assert weeks_drawn[-1]["x"] == pytest.approx(chart["x"] + chart["width"] - step, abs=2)


def test_what_chooses_the_weeks_of_the_report_stands_on_one_line(admin):
    admin.goto(reverse("appointments_reports:report"))

    boxes = [
        admin.locator(".numbers__period").locator(part).bounding_box()
        for part in ("select", "button", "a")
    ]

    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert max(middles) - min(middles) < 4


def test_the_desk_answers_a_request(sit_down, visit):
    ask_for_visit("Test Later", days=1)
    ask_for_visit("Test Patient", days=-2)
    desk = sit_down()
    expect(desk.get_by_role("link", name="Inbox (2)")).to_be_visible()
    desk.get_by_role("link", name="2 appointment requests are new").click()
    expect(desk.locator(".inbox tbody tr").first).to_contain_text("Overdue by 2 days")
    assert faults(desk) == []

    desk.get_by_role("link", name="Test Patient").click()
    expect(desk.get_by_role("link", name="305-555-0188")).to_have_attribute(
        "href", "tel:+13055550188"
    )
    press(desk, "Claim")
    desk.get_by_label("Left a voice message").check()
    press(desk, "Log an attempt")
    expect(desk.get_by_text("Waiting for the patient", exact=True).first).to_be_visible()
    press(desk, "The patient replied")

    book(desk, visit)
    expect(desk.get_by_role("alert")).to_contain_text("is booked then: 10 a.m. to 10:30 a.m.")
    expect(desk.get_by_role("alert")).to_be_focused()
    assert faults(desk) == []
    desk.get_by_label("Do it anyway").check()
    press(desk, "Book")
    expect(desk.locator("main")).to_contain_text("10:15 a.m. to 10:45 a.m., Room 1")

    desk.get_by_role("link", name="Inbox").click()
    desk.get_by_role("link", name="Booked 2").click()
    expect(desk.locator(".inbox tbody tr").last).to_contain_text("Test Patient")


def test_a_second_click_logs_no_second_attempt(sit_down):
    request = ask_for_visit("Test Patient")
    desk = sit_down()
    desk.goto(
        desk.url.partition("/admin/")[0] + reverse("appointments_desk:request", args=[request.pk])
    )
    desk.get_by_label("No answer").check()

    desk.get_by_role("button", name="Log an attempt", exact=True).dblclick()

    expect(desk.get_by_text("Waiting for the patient", exact=True).first).to_be_visible()
    expect(desk.get_by_text("Somebody changed this request")).to_have_count(0)
    assert request.attempts.count() == 1


def test_a_search_leaves_the_name_out_of_the_address(sit_down):
    ask_for_visit("Test Patient")
    desk = sit_down()

    desk.goto("/admin/appointments/")
    desk.get_by_label("Reference, name, phone or email").fill("test patient")
    press(desk, "Search")

    expect(desk.get_by_role("status").filter(has_text="One request found")).to_be_visible()
    expect(desk.get_by_role("link", name="Test Patient")).to_be_visible()
    assert "patient" not in desk.url
    assert faults(desk) == []


def test_the_desks_lists_and_sheets_are_printed_whole(sit_down):
    requests = [ask_for_visit(f"Test Patient {number}") for number in range(20)]
    desk = sit_down()

    desk.get_by_role("link", name="20 appointment requests are new").click()
    desk.get_by_role("link", name="Test Patient 19").wait_for()
    assert sheets_of_paper(desk.pdf()) > 1

    desk.get_by_role("link", name=requests[0].reference).first.click()
    desk.emulate_media(media="print")
    expect(desk.get_by_text(requests[0].reference).first).to_be_visible()
    expect(desk.get_by_text("What they asked")).to_be_visible()
    expect(desk.get_by_role("button", name="Claim")).to_be_hidden()
    expect(desk.get_by_role("link", name="Inbox")).to_be_hidden()


def sheets_of_paper(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
