"""Requests as FHIR R4: a Bundle of Appointments, each with the people it is about inside it."""

import io
import json
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import timezone, translation

from clinic_site.appointments.clinic import LONGEST_WAIT, clinic, zone
from clinic_site.appointments.fhir_people import carer, clinic_as_service, patient
from clinic_site.appointments.states import State
from clinic_site.appointments.words import DAYS, SOONEST

STATUS = {
    State.QUARANTINED: "proposed",
    State.NEW: "proposed",
    State.IN_REVIEW: "proposed",
    State.AWAITING_PATIENT: "proposed",
    State.WAITLISTED: "waitlist",
    State.SCHEDULED: "booked",
}
REASONS = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
# HL7's codes for why an appointment will not take place.
CANCELLED_BECAUSE = {
    State.SPAM: "oth-err",
    State.DECLINED: "prov",
    State.DUPLICATE: "oth-err",
    State.UNREACHABLE: "other",
    State.WITHDRAWN: "pat",
    State.CANCELLED: "other",
}
NOON = time(12)


def write_bundle(file, requests):
    """Write the requests as one Bundle, one at a time; return how many."""
    words, count, ours, here = io.TextIOWrapper(file, encoding="utf-8"), 0, clinic(), zone()
    head = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(timezone.now(), here),
    }
    words.write(json.dumps(head)[:-1])
    with translation.override("en"):
        for count, request in enumerate(requests, start=1):  # noqa: B007
            # FHIR forbids an empty list, so the list begins with its first member.
            words.write(", " if count > 1 else ', "entry": [')
            words.write(json.dumps(entry(request, ours, here), ensure_ascii=False))
    words.write("]}" if count else "}")
    words.detach()
    return count


def instant(moment, here):
    return moment.astimezone(here).isoformat(timespec="seconds")


def entry(request, ours, here):
    name = uuid5(NAMESPACE_URL, f"{settings.WAGTAILADMIN_BASE_URL}/{request.reference}")
    return {"fullUrl": f"urn:uuid:{name}", "resource": appointment(request, ours, here)}


def appointment(request, ours, here):
    """One request as an Appointment; what is empty is left out, as FHIR asks."""
    people = [patient(request), clinic_as_service(ours), *carer(request)]
    resource = {
        "resourceType": "Appointment",
        "id": request.reference,
        "contained": people,
        "identifier": [
            {
                "system": f"{settings.WAGTAILADMIN_BASE_URL}/appointments",
                "value": request.reference,
            }
        ],
        "status": STATUS.get(request.state, "cancelled"),
        "cancelationReason": cancelled_because(request),
        "reasonCode": [{"text": request.reason.label_en}],
        "start": request.starts_at and instant(request.starts_at, here),
        "end": request.ends_at and instant(request.ends_at, here),
        "created": instant(request.created_at, here),
        "participant": participants(request, people),
        "requestedPeriod": list(periods(request, ours, here)),
    }
    return {name: value for name, value in resource.items() if value}


def cancelled_because(request):
    if request.state not in CANCELLED_BECAUSE:
        return None
    text = request.get_decline_reason_display() or request.get_state_display()
    code = CANCELLED_BECAUSE[request.state]
    return {"coding": [{"system": REASONS, "code": code}], "text": str(text)}


def participants(request, people):
    """The patient has accepted what they asked for; the clinic once it has booked."""
    answers = {State.SCHEDULED: "accepted", State.DECLINED: "declined"}
    statuses = {"clinic": answers.get(request.state, "needs-action")}
    return [
        {
            "actor": {"reference": f"#{person['id']}"},
            "status": statuses.get(person["id"], "accepted"),
        }
        for person in people
    ]


def periods(request, ours, here):
    """The times that suit: each the first of its kind after the request came, in clinic time."""
    came = request.created_at.astimezone(here)
    for code in request.windows:
        if code == SOONEST:
            yield {"start": came.isoformat(timespec="seconds")}
            continue
        name, half = code.split("_")
        bounds = open_half(list(DAYS).index(name), half, came.date(), ours)
        if bounds:
            start, end = (datetime.combine(day, at, here).isoformat() for day, at in bounds)
            yield {"start": start, "end": end}


def open_half(weekday, half, after, ours):
    """When the next morning or afternoon of a weekday begins and ends, if the clinic opens then."""
    days = (after + timedelta(days=ahead) for ahead in range(1, LONGEST_WAIT.days))
    day = next((day for day in days if day.weekday() == weekday and ours.closes_on(day)), None)
    if day is None:
        return None
    opens = min(run.opens for run in ours.opening_hours if weekday in run.weekdays)
    start, end = (opens, NOON) if half == "am" else (max(NOON, opens), ours.closes_on(day))
    return ((day, start), (day, end)) if start < end else None
