"""What no patient types: it is refused in words, or stored as harmless text."""

import pytest
from django.test import Client

from clinic_site.appointments.models import AppointmentRequest
from tests.appointments.typing import ADDRESS, go_through, hidden, opened, send, typed

pytestmark = pytest.mark.slow

TEXTS = {
    "script": "<script>alert(1)</script>",
    "template": "{{7*7}}{% load x %}",
    "sql": "'; DROP TABLE appointments_appointmentrequest; --",
    "NUL": "a\x00b",
    "direction": "a\u202eb\u2066c",
    "10 kB": "x" * 10_000,
    "emoji": "👩‍👩‍👧 ok",
    "many marks": "a" + "\u0301" * 400,
    "growing": "ﷺ" * 60,
    "formula": "=HYPERLINK(1)",
    "lines": "a\r\nBcc: x@example.com\n\tb",
    "blank": "\u00a0\u2003\u200b",
    "percent": "%00%ff%s%(x)s{0}",
    "digits": "٣" * 9,
}
BOXES = [
    *("name", "phone", "email", "requester_name", "interpreter_language", "note", "access_needs"),
    *("birth_month", "birth_year", "shots_month", "website", "reason", "windows", "channel"),
]
CARRIED = ["key", "opened", "page", "heeded", "step", "csrfmiddlewaretoken"]
OTHER_ANSWERS = {"is_for_other": "other", "requester_name": "Carer", "relationship": "child"}


def is_answered(answer):
    """A page that says what is wrong, or the next step; never a fault of ours."""
    return answer.status_code in (200, 303, 422)


@pytest.mark.parametrize("kind", TEXTS)
def test_strange_text_in_any_box_is_answered(client, db, kind):
    for field in BOXES:
        form = typed(**opened(), **OTHER_ANSWERS, been_before="yes") | {field: TEXTS[kind]}

        answer = client.post(ADDRESS, form | {"step": "send"})

        assert is_answered(answer), field
        assert "<script>alert" not in answer.content.decode(), field
        assert ">49" not in answer.content.decode(), field
    for stored in AppointmentRequest.objects.all():
        stored.full_clean(exclude=["duplicate_of", "assigned_to"])


@pytest.mark.parametrize("kind", TEXTS)
def test_strange_text_in_every_box_comes_back_to_be_changed(client, db, kind):
    answer = client.post(ADDRESS, dict.fromkeys(BOXES, TEXTS[kind]) | {"step": "change"})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["script", "NUL", "10 kB", "digits"])
@pytest.mark.parametrize("field", CARRIED)
def test_strange_text_in_a_carried_field_is_answered(client, db, kind, field):
    answer = client.post(ADDRESS, typed(**opened() | {"step": "send", field: TEXTS[kind]}))

    assert is_answered(answer)


@pytest.mark.parametrize("field", [*BOXES, *CARRIED])
def test_a_list_in_place_of_one_answer_is_answered(client, db, field):
    for values in ([], ["x", "<b>", "\x00"]):
        answer = client.post(ADDRESS, typed(**opened(), step="send") | {field: values})

        assert is_answered(answer), values


def test_of_an_answer_given_twice_the_last_one_counts(client, db):
    go_through(client, name=["First Person", "Last Person"])

    assert AppointmentRequest.objects.get().name == "Last Person"


def test_a_time_chosen_three_times_is_one_time(client, db):
    go_through(client, windows=["tue_am"] * 4)

    assert AppointmentRequest.objects.get().windows == ["tue_am"]


@pytest.mark.parametrize("page", ["9" * 5000, "1" * 11, "-1", "1.0", "²", "x" * 5000])
def test_a_long_or_strange_page_is_no_page(client, db, page):
    assert client.get(ADDRESS, {"page": page}).status_code == 200

    go_through(client, page=page)

    assert AppointmentRequest.objects.get().page is None


@pytest.mark.parametrize("name", [b"\xff\xfe", b"%ff%fe", b"%ed%a0%80", b"A%00B%C3"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_text_that_is_no_text_is_answered(db, name, kind):
    answer = Client().generic("POST", ADDRESS, b"name=" + name + b"&step=check", kind)

    assert answer.status_code == 422


def test_a_mountain_of_accents_is_refused_before_it_is_put_in_order(client, db):
    """Whoever sends one must not keep the process busy for a minute."""
    pairs = 1_100

    answer = client.post(ADDRESS, typed(step="check", name="a\u0301" * pairs))

    assert answer.status_code == 422
    # In order, each pair would be one letter.
    assert f"too long: {2 * pairs} characters" in answer.content.decode()


def test_an_upload_is_not_taken(client, db, tmp_path):
    file = tmp_path / "picture.png"
    file.write_bytes(b"x" * 100)
    with file.open("rb") as upload:
        answer = send(client, picture=upload, name="Test Person")

    assert answer.status_code == 303


def test_what_is_shown_again_is_text(client, db):
    texts = {"name": "O'Brien <b>", "note": TEXTS["script"], "access_needs": TEXTS["template"]}

    checked = client.post(ADDRESS, typed(**opened(), **texts, step="check"))

    text = checked.content.decode()
    assert "O&#x27;Brien &lt;b&gt;" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{7*7}}" in text
    assert hidden(checked)["note"] == [TEXTS["script"]]
