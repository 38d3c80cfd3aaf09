"""Requests of people who do not exist, and whose names say so, in the shape of a clinic's years."""

import random
from datetime import UTC, datetime, time, timedelta

from clinic_site.appointments.folding import folded
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.models.requests import LANGUAGES
from clinic_site.appointments.states import CLOSED, State
from clinic_site.appointments.words import WINDOWS, BestTime, Channel

# What marks an invented request; a real key is made of 43 random letters.
KEY = "invented-"
FIRST = ["Testa", "Madeup", "Sample", "Fiction", "Invento", "Ejemplo", "Dummy", "Nobody", "Prueba"]
SYLLABLES = ["ba", "co", "di", "fu", "ga", "ló", "mi", "nu", "pe", "ra", "so", "ti", "vu", "ze"]
YEARS = 8
MINUTES_IN_YEARS = YEARS * 365 * 24 * 60
# How many of a thousand requests stand in each state; the others are closed.
OPEN_PER_MILLE = {
    State.NEW: 6,
    State.IN_REVIEW: 6,
    State.AWAITING_PATIENT: 5,
    State.WAITLISTED: 4,
    State.QUARANTINED: 4,
    State.SCHEDULED: 40,
}
ENDS = sorted(CLOSED)
STATES = [state for state, count in OPEN_PER_MILLE.items() for _one in range(count)]
# The desk's part of a day: when it works, how late it is.
VISIT = timedelta(minutes=30)


def invent(number, reasons, staff, now):
    """The request of that number; the same number is always the same person."""
    chance = random.Random(number)
    place = chance.randrange(1000)
    state = STATES[place] if place < len(STATES) else chance.choice(ENDS)
    created = now - timedelta(minutes=chance.randrange(MINUTES_IN_YEARS))
    if state not in CLOSED:
        created = now - timedelta(minutes=chance.randrange(60 * 24 * 60))
    return AppointmentRequest(
        **person(number, chance),
        **wish(chance, reasons),
        **progress(state, created, chance, staff),
    )


def person(number, chance):
    family = "".join(chance.choices(SYLLABLES, k=3)).title()
    name = f"{chance.choice(FIRST)} {family} Invented"
    return {
        "key": f"{KEY}{number:09}",
        "content_hash": "",
        "reference": f"MANY-{number:09}",
        "name": name,
        "search_name": folded(name),
        "birth_date": datetime(1930 + number % 75, 1 + number % 12, 1 + number % 28).date(),
        # 555 is the exchange of people in films.
        "phone": f"+1{201 + number % 700}555{number // 700 % 10_000:04}",
        "email": f"invented.{number}@example.com",
    }


def wish(chance, reasons):
    """What an invented person asks for."""
    return {
        "channel": chance.choice(Channel.values),
        "best_time": chance.choice(BestTime.values),
        "language": chance.choices([code for code, _name in LANGUAGES], [7, 3])[0],
        "been_before": chance.random() < 0.3,
        "reason": chance.choice(reasons),
        "windows": chance.sample(list(WINDOWS), 2),
        "consent_version": "invented",
        "sounds_urgent": chance.random() < 0.01,
        "note": "Invented for a trial." if chance.random() < 0.3 else "",
    }


def progress(state, created, chance, staff):
    """How far the desk has come with it."""
    promised = (created + timedelta(days=2)).date()
    is_closed, is_booked = state in CLOSED, state == State.SCHEDULED
    starts = datetime.combine(promised, time(14), UTC) + timedelta(days=chance.randrange(200))
    closed = created + timedelta(days=chance.randrange(1, 60)) if is_closed else None
    return {
        "state": state,
        "created_at": created,
        "changed_at": closed or created,
        "promised_on": promised,
        "due_on": None if is_closed or is_booked else promised,
        "assigned_to": None if state == State.NEW else chance.choice(staff),
        "asks_another_time": chance.random() < 0.01,
        "mail_failed": not is_closed and chance.random() < 0.01,
        "starts_at": starts if is_booked else None,
        "ends_at": starts + VISIT if is_booked else None,
        "closed_at": closed,
    }
