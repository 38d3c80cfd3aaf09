"""Exports: who may, what stands in them, and that no cell is computed."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from clinic_site.appointments.exporting import FIELDS
from clinic_site.appointments.models import AppointmentRequest, Event, Reason
from clinic_site.appointments.states import State
from tests.appointments.test_moves import VISIT, put

DANGEROUS = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]
TEXT_FIELDS = [
    "name",
    "requester_name",
    "relationship",
    "phone",
    "phone_extension",
    "email",
    "interpreter_language",
    "access_needs",
    "note",
    "consent_version",
    "place",
    "clinician",
    "decline_reason",
    "channel",
    "best_time",
    "language",
    "reference",
]
# What a request holds besides what people read.
LEFT_OUT = {"id", "key", "content_hash", "search_name", "page", "spam_signs", "version"} | {
    "changed_at",
    "sequence",
}
every_danger = pytest.mark.parametrize("text", DANGEROUS, ids=repr)
in_each_format = pytest.mark.parametrize("file_format", ["csv", "xlsx"])


@pytest.fixture
def export(client, lead):
    """A function that downloads a file as the lead of the desk."""
    client.force_login(lead)

    def download(file_format="csv", group="all", **choice):
        data = {"file_format": file_format, "group": group, **choice}
        return client.post(reverse("appointments_reports:export"), data)

    return download


def table(response, file_format="csv"):
    content = b"".join(response.streaming_content)
    if file_format == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(content)).active
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


@in_each_format
@every_danger
def test_nothing_typed_is_computed_in_any_column(new_request, export, file_format, text):
    lengths = {name: AppointmentRequest._meta.get_field(name).max_length for name in TEXT_FIELDS}
    typed = {name: text[:length] for name, length in lengths.items()}
    AppointmentRequest.objects.filter(pk=new_request().pk).update(**typed)

    _head, row = table(export(file_format), file_format)

    cells = {name: row[FIELDS.index(name)].replace("\r", "\n")[:2] for name in TEXT_FIELDS}
    assert cells == dict.fromkeys(TEXT_FIELDS, f"'{text[0]}".replace("\r", "\n"))


@in_each_format
@every_danger
def test_names_of_staff_and_reasons_are_not_computed(
    new_request, export, member, file_format, text
):
    reason = Reason.objects.create(code="x", label_en=text, label_es=text)
    clerk = member("Front desk", text)
    AppointmentRequest.objects.filter(pk=new_request(reason=reason).pk).update(assigned_to=clerk)

    _head, row = table(export(file_format), file_format)

    for field in ("reason", "assigned_to"):
        assert row[FIELDS.index(field)].startswith("'")


def test_a_sheet_holds_no_formula_and_every_cell_is_text(new_request, export):
    new_request(note="=1+1", birth_date="1961-02-03")

    content = b"".join(export("xlsx").streaming_content)

    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


@in_each_format
def test_letters_of_all_scripts_and_control_characters_pass(new_request, export, file_format):
    new_request(name="O'Brien-Ñ 李 \x0b\u202e😀", note='a "b", c;\nd')

    _head, row = table(export(file_format), file_format)

    assert row[FIELDS.index("name")] == "O'Brien-Ñ 李 \u202e😀"
    assert row[FIELDS.index("note")] == 'a "b", c;\nd'


def test_every_field_is_a_column_or_left_out_on_purpose():
    fields = {field.name for field in AppointmentRequest._meta.fields}

    assert set(FIELDS) | LEFT_OUT == fields
    assert not set(FIELDS) & LEFT_OUT


@pytest.mark.parametrize(
    ("group", "states"),
    [
        ("open", {"new", "in_review", "awaiting_patient", "waitlisted"}),
        ("booked", {"scheduled"}),
        ("closed", {"declined", "duplicate", "unreachable", "withdrawn", "cancelled"}),
        ("spam", {"quarantined", "spam"}),
        ("all", set(State)),
    ],
)
def test_a_group_holds_its_states(new_request, export, group, states):
    references = {state: put(new_request(), state).reference for state in State}

    _head, *rows = table(export(group=group))

    assert {row[0] for row in rows} == {references[state] for state in states}


def test_days_are_the_clinics_days(new_request, export):
    """Half past eleven in the evening in Miami is the next day in UTC."""
    late, early = new_request(), new_request()
    AppointmentRequest.objects.filter(pk=late.pk).update(created_at="2026-03-03T04:30:00Z")
    AppointmentRequest.objects.filter(pk=early.pk).update(created_at="2026-03-03T05:30:00Z")

    _head, *rows = table(export(received_from="2026-03-02", received_to="2026-03-02"))

    assert [row[0] for row in rows] == [late.reference]
    assert rows[0][FIELDS.index("created_at")] == "2026-03-02 23:30-05:00"


def test_until_the_last_day_of_the_calendar_is_until_today(new_request, export):
    request = new_request()

    _head, *rows = table(export(received_from="0001-01-01", received_to="9999-12-31"))

    assert [row[0] for row in rows] == [request.reference]


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "fhir"])
def test_an_export_is_in_the_audit_once_with_its_rows(new_request, export, lead, file_format):
    new_request(name="Canary Name")
    new_request()

    export(file_format)

    event = Event.objects.get(kind="exported")
    assert (event.detail, event.by) == (f"{file_format} 2", lead.username)


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "fhir"])
def test_a_file_has_a_neutral_name_and_is_not_kept(new_request, export, file_format):
    response = export(file_format)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="export-20')


def test_a_choice_that_makes_no_sense_is_explained(export):
    response = export(group="x", received_from="2026-02-31", received_to="2026-02-01")

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"group", "received_from"}
    assert not Event.objects.filter(kind="exported").exists()


def test_days_in_the_wrong_order_are_refused(export):
    response = export(received_from="2026-02-02", received_to="2026-02-01")

    assert set(response.context["form"].errors) == {"received_to"}


def test_a_choice_in_the_address_exports_nothing(client, lead):
    client.force_login(lead)

    response = client.get(
        reverse("appointments_reports:export"), {"group": "all", "file_format": "csv"}
    )

    assert not response.streaming
    assert not Event.objects.filter(kind="exported").exists()


@pytest.mark.parametrize("group", ["Front desk", "Site managers", "Editors"])
def test_only_leads_export(client, member, new_request, group):
    client.force_login(member(group))
    new_request()

    for method in (client.get, client.post):
        response = method(
            reverse("appointments_reports:export"), {"group": "all", "file_format": "csv"}
        )
        assert response.status_code in (302, 403)
        assert not response.streaming
    assert not Event.objects.filter(kind="exported").exists()


def test_an_export_asks_as_often_for_many_requests_as_for_one(
    new_request, export, lead, django_assert_max_num_queries
):
    for _request in range(5):
        put(new_request(), State.SCHEDULED)
    with django_assert_max_num_queries(25):
        table(export("csv"))
    for _request in range(20):
        put(new_request(), State.SCHEDULED)

    with django_assert_max_num_queries(25):
        assert len(table(export("csv"))) == 26


def test_visits_are_shown_in_clinic_time(new_request, export):
    put(new_request(), State.SCHEDULED)

    _head, row = table(export())

    assert row[FIELDS.index("starts_at")] == "2090-01-10 10:00-05:00"
    assert VISIT["starts_at"].hour == 15
