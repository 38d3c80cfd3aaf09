"""The FHIR export against the rules of FHIR R4, in every state."""

import json
import re
from datetime import datetime

import pytest
from django.urls import reverse

from clinic_site.appointments.states import State
from tests.appointments.test_moves import put

STATUS = {
    State.QUARANTINED: "proposed",
    State.NEW: "proposed",
    State.IN_REVIEW: "proposed",
    State.AWAITING_PATIENT: "proposed",
    State.WAITLISTED: "waitlist",
    State.SCHEDULED: "booked",
}
# Appointment's elements in R4; everything else would be unknown to whoever reads it.
ELEMENTS = {
    "resourceType",
    "id",
    "contained",
    "identifier",
    "status",
    "cancelationReason",
    "reasonCode",
    "start",
    "end",
    "created",
    "participant",
    "requestedPeriod",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
in_every_state = pytest.mark.parametrize("state", State)


@pytest.fixture
def bundle(client, lead):
    """A function that exports all requests as FHIR."""
    client.force_login(lead)

    def export():
        data = {"file_format": "fhir", "group": "all"}
        response = client.post(reverse("appointments_reports:export"), data)
        assert response.headers["Content-Type"] == "application/fhir+json"
        return json.loads(b"".join(response.streaming_content))

    return export


@pytest.fixture
def appointment(new_request, bundle):
    """A function that exports one request in a state."""

    def export(state=State.NEW, **changes):
        put(new_request(**changes), state)
        (entry,) = bundle()["entry"]
        return entry["resource"]

    return export


def empties(value, path="$"):
    """Where something is empty: FHIR forbids null, "", [] and {}."""
    if value in (None, "", [], {}):
        yield path
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for key, part in inside:
        yield from empties(part, f"{path}.{key}")


def contained(resource, kind):
    return next((one for one in resource["contained"] if one["resourceType"] == kind), None)


@in_every_state
def test_an_appointment_keeps_the_rules_of_r4(appointment, state):
    resource = appointment(state)

    assert set(resource) <= ELEMENTS
    assert list(empties(resource)) == []
    assert resource["resourceType"] == "Appointment"
    assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", resource["id"])
    assert resource["status"] == STATUS.get(state, "cancelled")
    # app-2: start and end, or neither.
    assert ("start" in resource) == ("end" in resource)
    # app-3: only these may lack them.
    assert "start" in resource or resource["status"] in ("proposed", "cancelled", "waitlist")
    # app-4: a reason for cancelling only where it was cancelled.
    assert ("cancelationReason" in resource) == (resource["status"] == "cancelled")
    # app-1: each participant is somebody.
    assert all(one["actor"] and one["status"] for one in resource["participant"])
    # dom-3: whatever is inside is pointed at.
    pointed = {one["actor"]["reference"] for one in resource["participant"]}
    assert pointed == {f"#{one['id']}" for one in resource["contained"]}


@in_every_state
def test_who_takes_part_and_how(appointment, state):
    patient, clinic = appointment(state)["participant"]

    answers = {State.SCHEDULED: "accepted", State.DECLINED: "declined"}
    assert patient == {"actor": {"reference": "#pat"}, "status": "accepted"}
    assert clinic["status"] == answers.get(state, "needs-action")


def test_a_booked_visit_has_its_times_in_clinic_time(appointment):
    resource = appointment(State.SCHEDULED)

    assert resource["start"] == "2090-01-10T10:00:00-05:00"
    assert resource["end"] == "2090-01-10T10:30:00-05:00"
    assert MOMENT.fullmatch(resource["created"])


def test_the_patient_is_inside(appointment):
    patient = contained(
        appointment(birth_date="1961-02-03", phone_extension="12", language="es"), "Patient"
    )

    assert patient == {
        "resourceType": "Patient",
        "id": "pat",
        "name": [{"text": "Test Person"}],
        "telecom": [
            {"system": "phone", "value": "+13055550188 ext. 12", "rank": 1},
            {"system": "email", "value": "test.person@example.com", "rank": 2},
        ],
        "birthDate": "1961-02-03",
        "communication": [
            {
                "language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}]},
                "preferred": True,
            }
        ],
    }


def test_what_was_not_asked_is_left_out(appointment):
    patient = contained(appointment(email="", birth_date=None), "Patient")

    assert "birthDate" not in patient
    assert [way["system"] for way in patient["telecom"]] == ["phone"]


def test_whoever_asks_for_somebody_is_a_related_person(appointment):
    resource = appointment(is_for_other=True, requester_name="Test Daughter", relationship="child")

    assert contained(resource, "RelatedPerson") == {
        "resourceType": "RelatedPerson",
        "id": "carer",
        "patient": {"reference": "#pat"},
        "name": [{"text": "Test Daughter"}],
        "relationship": [{"text": "Daughter or son"}],
    }
    assert resource["participant"][2] == {
        "actor": {"reference": "#carer"},
        "status": "accepted",
    }


def test_windows_become_periods_in_clinic_time(appointment, new_request):
    resource = appointment(windows=["tue_am", "thu_pm", "sat_am"])

    periods = [
        [datetime.fromisoformat(period[name]) for name in ("start", "end")]
        for period in resource["requestedPeriod"]
    ]
    created = datetime.fromisoformat(resource["created"])
    # The clinic is closed on Saturdays.
    assert [start.weekday() for start, _end in periods] == [1, 3]
    assert [f"{start:%H:%M}-{end:%H:%M}" for start, end in periods] == [
        "08:30-12:00",
        "12:00-17:00",
    ]
    assert all(start > created for start, _end in periods)
    assert all(start.utcoffset() is not None for start, _end in periods)


def test_as_soon_as_possible_begins_at_once(appointment):
    resource = appointment(windows=["asap"])

    assert resource["requestedPeriod"] == [{"start": resource["created"]}]


def test_a_declined_request_says_why_in_code(appointment, new_request):
    reason = appointment(State.DECLINED)["cancelationReason"]

    assert reason["coding"][0]["code"] == "prov"
    assert reason["text"] == "Declined"


def test_a_bundle_names_each_member_once(new_request, bundle):
    requests = [new_request(), new_request()]

    exported = bundle()

    assert exported["resourceType"] == "Bundle"
    assert exported["type"] == "collection"
    assert MOMENT.fullmatch(exported["timestamp"])
    names = [entry["fullUrl"] for entry in exported["entry"]]
    assert len(set(names)) == 2
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in names)
    assert [entry["resource"]["identifier"][0]["value"] for entry in exported["entry"]] == [
        request.reference for request in requests
    ]


def test_an_empty_bundle_has_no_entries(db, bundle):
    assert "entry" not in bundle()


def test_hostile_text_stays_text(appointment):
    name = '"}], "x": [{"\\u0000 <script> \u202e李'
    resource = appointment(name=name)

    assert contained(resource, "Patient")["name"] == [{"text": name}]
