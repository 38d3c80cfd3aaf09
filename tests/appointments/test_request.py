"""Asking for an appointment: the form, its mistakes, reading it over, sending it."""

from datetime import datetime

import pytest
from django.utils import timezone

from clinic_site.appointments.clinic import zone
from clinic_site.appointments.models import AppointmentRequest
from content.models import ConditionPage
from tests.appointments.typing import ADDRESS, go_through, hidden, typed


def values_in(form):
    """What stands in the form's boxes, for every question that was answered."""
    return {field.name: field.value() for field in form if field.value() not in (None, "")} | {
        "consent": bool(form["consent"].value())
    }


def filled(answers):
    return {name: value for name, value in answers.items() if value != ""}


def test_the_form_stands_beside_the_emergency_message_and_the_phone(client, db):
    text = client.get(ADDRESS).content.decode()

    assert 'href="tel:911"' in text
    assert 'href="tel:+13055550142"' in text
    assert "Monday to Friday, 8:30 a.m. to 5 p.m." in text
    assert text.index("Not for emergencies") < text.index('name="note"')
    assert text.index("Call 911", text.index("What it is about")) < text.index('name="note"')


def test_no_cache_keeps_the_form_and_search_engines_know_it_once(client, db):
    """Each page leads to it by an address of its own."""
    answer = client.get(f"{ADDRESS}?page=5")

    assert "no-store" in answer.headers["Cache-Control"]
    assert "X-Robots-Tag" not in answer.headers
    assert f'<link rel="canonical" href="http://testserver{ADDRESS}">' in answer.content.decode()


@pytest.mark.parametrize("slug", ["chronic-migraine", "migrana-cronica"])
def test_from_a_page_about_migraine_that_reason_is_chosen(client, db, slug):
    page = ConditionPage.objects.get(slug=slug)
    link = f"{ADDRESS}?page={page.pk}".replace("/en/", f"/{page.locale.language_code}/")
    assert f'href="{link}"' in client.get(page.url).content.decode()

    form = client.get(link).context["form"]

    assert form["reason"].value() == "migraine"


@pytest.mark.parametrize("page", ["", "0", "999999", "x", "1 OR 1", "9" * 40, "٣", "\x00"])
def test_a_page_that_suggests_nothing_chooses_nothing(client, db, page):
    answer = client.get(ADDRESS, {"page": page})

    assert answer.status_code == 200
    assert answer.context["form"]["reason"].value() is None


def test_the_way_from_form_to_receipt(client, db):
    checked = client.post(ADDRESS, typed(step="check"))
    assert "Nothing has been sent yet" in checked.content.decode()
    assert not AppointmentRequest.objects.exists()

    sent = client.post(ADDRESS, hidden(checked) | {"step": "send"})

    stored = AppointmentRequest.objects.get()
    assert sent.status_code == 303
    assert stored.reference not in sent.url
    receipt = client.get(sent.url).content.decode()
    assert stored.reference in receipt
    assert "It is not booked yet" in receipt


def test_what_was_typed_is_what_is_stored(client, db):
    go_through(
        client,
        name="  Zoë\u200b   O'Brien-Ñ 李 ",
        is_for_other="other",
        requester_name="Test Carer",
        relationship="child",
        phone="(305) 555-0188 ext 12",
        email="Test.Person@example.com",
        birth_month="3",
        birth_day="27",
        birth_year="1958",
        been_before="yes",
        shots_month="5",
        shots_year="2026",
        may_leave_message="no",
        interpreter_language="Kreyòl",
        windows=["asap", "tue_am"],
        access_needs="Dim light",
        note="One.\r\nTwo.",
        language="es",
    )

    stored = AppointmentRequest.objects.get()
    assert stored.name == "Zoë O'Brien-Ñ 李"
    assert (stored.is_for_other, stored.requester_name) == (True, "Test Carer")
    assert (stored.phone, stored.phone_extension) == ("+13055550188", "12")
    assert str(stored.birth_date) == "1958-03-27"
    assert str(stored.last_injection) == "2026-05-01"
    assert stored.may_leave_message is False
    assert stored.needs_interpreter
    assert stored.windows == ["asap", "tue_am"]
    assert stored.note == "One.\nTwo."
    assert stored.language == "es"
    assert stored.consent_version
    assert stored.state == "new"


@pytest.mark.parametrize(
    ("typed_as", "stored_as"),
    [
        ("0 \u200c", "0"),
        ("0\r\r0", "0 0"),
        ("\u200d \u200c0", "0"),
        ("Zoe\u200b\u0308", "Zoë"),
        ("a\u200cb", "a\u200cb"),
    ],
)
def test_what_is_stored_stays_the_same_when_it_is_sent_again(client, typed_as, stored_as, db):
    for text in (typed_as, stored_as):
        go_through(client, access_needs=text)

    assert {request.access_needs for request in AppointmentRequest.objects.all()} == {stored_as}


def test_change_brings_every_answer_back(client, db):
    checked = client.post(ADDRESS, typed(step="check", windows=["mon_am", "fri_pm"], note="A\nb"))

    again = client.post(ADDRESS, hidden(checked) | {"step": "change"})

    form = again.context["form"]
    assert not form.errors
    assert values_in(form) == typed(windows=["mon_am", "fri_pm"], note="A\nb", consent=True)
    assert again.context["sheet"].key == hidden(checked)["key"][0]


@pytest.mark.parametrize(
    ("field", "changes", "words"),
    [
        ("name", {"name": ""}, "Enter the full name"),
        ("name", {"name": "\u200b\u202e\u00a0"}, "Enter the full name"),
        ("name", {"name": "🙂"}, "Enter the full name"),
        ("name", {"name": "x" * 121}, "The most is 120"),
        ("phone", {"phone": "", "email": ""}, "Enter a phone number, or an email"),
        ("phone", {"phone": "555-014"}, "10 digits"),
        ("phone", {"phone": "call me"}, "10 digits"),
        ("phone", {"phone": "555-0188"}, "10 digits"),
        ("phone", {"phone": "305-555-0188 ext 12345678901"}, "extension is too long"),
        ("phone", {"phone": "3" * 60}, "The most is 40"),
        ("phone", {"phone": ""}, "so that we can call you"),
        ("email", {"channel": "no_calls", "email": ""}, "so that we can write to you"),
        ("email", {"email": "a@example.com\r\nBcc: b@example.com"}, "one email address"),
        ("email", {"email": "a@example.com, b@example.com"}, "one email address"),
        ("email", {"email": "a" * 250 + "@example.com"}, "254"),
        ("birth_month", {"birth_month": "2"}, "month, day and year"),
        (
            "birth_month",
            {"birth_month": "2", "birth_day": "31", "birth_year": "1980"},
            "There is no such day.",
        ),
        (
            "birth_month",
            {"birth_month": "1", "birth_day": "1", "birth_year": "2126"},
            "in the past",
        ),
        (
            "birth_month",
            {"birth_month": "1", "birth_day": "1", "birth_year": "1850"},
            "too long ago",
        ),
        (
            "birth_month",
            {"birth_month": "1", "birth_day": "1", "birth_year": "58"},
            "all four digits",
        ),
        (
            "birth_month",
            {"birth_month": "1", "birth_day": "1", "birth_year": "958"},
            "all four digits",
        ),
        (
            "shots_month",
            {"been_before": "yes", "shots_month": "6", "shots_year": "26"},
            "all four digits",
        ),
        (
            "shots_month",
            {"been_before": "yes", "shots_month": "1", "shots_year": "2126"},
            "not be in the future",
        ),
        ("reason", {"reason": ""}, "Something else"),
        ("reason", {"reason": "retired-or-unknown"}, "Something else"),
        ("note", {"note": "x" * 501}, "The most is 500"),
        ("windows", {"windows": ["mon_am", "mon_pm", "tue_am", "tue_pm"]}, "at most three"),
        ("windows", {"windows": ["sun_am"]}, "times on this page"),
        ("requester_name", {"is_for_other": "other"}, "your own name"),
        ("relationship", {"is_for_other": "other"}, "who you are to them"),
        ("channel", {"channel": "fax"}, "Choose one"),
        ("consent", {"consent": ""}, "Check the box"),
    ],
)
def test_a_mistake_is_explained_and_loses_nothing(client, db, field, changes, words):
    answers = typed(step="send", **changes)

    answer = client.post(ADDRESS, answers)

    text = answer.content.decode()
    form = answer.context["form"]
    assert answer.status_code == 422
    assert "<title>Error: " in text
    assert words in form.errors[field][0]
    assert text.count(form.errors[field][0].replace("'", "&#x27;")) >= 2
    assert values_in(form) == filled(typed(**changes) | {"consent": "consent" not in changes})
    assert not AppointmentRequest.objects.exists()


def test_today_and_this_month_are_not_in_the_future(client, db, monkeypatch):
    first = datetime(2026, 6, 1, 12, tzinfo=zone())
    monkeypatch.setattr(timezone, "now", lambda: first)
    born = {"birth_month": "6", "birth_day": "1", "birth_year": "2026"}
    shots = {"been_before": "yes", "shots_month": "6", "shots_year": "2026"}

    checked = client.post(ADDRESS, typed(step="check", **born, **shots))

    assert "Nothing has been sent yet" in checked.content.decode()


def test_an_extension_may_have_ten_digits(client, db):
    go_through(client, phone="305-555-0188 ext 1234567890")

    assert AppointmentRequest.objects.get().phone_extension == "1234567890"


@pytest.mark.parametrize("words", ["x12", "ext. 12", "Extension 12", "extensión 12", "anexo 12"])
def test_an_extension_is_understood_however_people_begin_it(client, db, words):
    go_through(client, phone=f"305-555-0188 {words}")

    stored = AppointmentRequest.objects.get()
    assert (stored.phone, stored.phone_extension) == ("+13055550188", "12")


@pytest.mark.parametrize("phone", ["+44 20 7946 0018", "٣٠٥٥٥٥٠١٨٨", "305.555.0188 x12"])
def test_phone_numbers_of_many_kinds_are_understood(client, db, phone):
    go_through(client, phone=phone)

    assert AppointmentRequest.objects.get().phone.startswith("+")


def test_nobody_sets_what_is_the_desks(client, db, clerk):
    go_through(client, state="scheduled", assigned_to=clerk.pk, reference="X", version=7)

    stored = AppointmentRequest.objects.get()
    assert (stored.state, stored.assigned_to, stored.version) == ("new", None, 0)
    assert stored.reference.startswith("TNG-")


def test_a_page_that_was_retired_is_no_reason_to_fail(client, db):
    go_through(client, page="999999")

    assert AppointmentRequest.objects.get().page is None


def test_other_methods_are_refused(client, db):
    assert client.put(ADDRESS).status_code == 405


def test_the_language_switch_stays_on_the_form(client, db):
    english = client.get("/en/appointments/").content.decode()
    spanish = client.get("/es/appointments/").content.decode()

    assert '<a href="/es/appointments/" hreflang="es" lang="es">Español</a>' in english
    assert '<a href="/en/appointments/" hreflang="en" lang="en">English</a>' in spanish


def test_whoever_goes_on_in_another_language_keeps_what_they_typed(client, db):
    spanish = "/es/appointments/"
    page = client.get(ADDRESS).content.decode()
    assert f'formaction="{spanish}" name="step" value="translate"' in page
    assert "Seguir en español con estas respuestas" in page

    form = client.post(spanish, typed(step="translate", language="en")).context["form"]

    assert form["name"].value() == typed()["name"]
    assert form["language"].value() == "es"
    assert not AppointmentRequest.objects.exists()


def test_the_check_page_switches_the_language_without_losing_an_answer(client, db):
    checked = client.post(ADDRESS, typed(step="check")).content.decode()

    switch = checked.split('class="language-switch"')[1].split("</nav>")[0]
    assert 'form="request-form" formaction="/es/appointments/"' in switch
    assert '<form class="form-page flow" id="request-form"' in checked
