"""Whatever is sent to the form: no fault of ours, and nothing stored that breaks a rule.

HYPOTHESIS_EXAMPLES says how many forms are made up for each test; without it they are the same
ones each time.
"""

import os
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_site.appointments.forms import AppointmentRequestForm
from clinic_site.appointments.models import AppointmentRequest
from tests.appointments.any_form import any_form, sheets, words
from tests.appointments.typing import ADDRESS, opened

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES") or 0)
TEXTS = ["name", "requester_name", "email", "interpreter_language", "access_needs", "note"]
many = settings(
    max_examples=EXAMPLES or 150,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
some = settings(many, max_examples=max(30, EXAMPLES // 5))


@contextmanager
def taken_back():
    """Nothing that one example stores is there for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_typed(stored):
    """What a patient would type to ask for what is stored."""
    return MultiValueDict(
        {name: [getattr(stored, name)] for name in TEXTS}
        | {
            "is_for_other": ["other" if stored.is_for_other else "me"],
            "relationship": [stored.relationship],
            "been_before": ["yes" if stored.been_before else "no"],
            "phone": [f"{stored.phone} ext {stored.phone_extension or ''}".removesuffix(" ext ")],
            "channel": [stored.channel],
            "may_leave_message": ["yes" if stored.may_leave_message else "no"],
            "best_time": [stored.best_time],
            "language": [stored.language],
            "reason": [stored.reason.code],
            "windows": stored.windows,
            "consent": ["on"],
        }
        | parts("birth", stored.birth_date)
        | parts("shots", stored.last_injection)
    )


def parts(name, date):
    names = ("month", "day", "year")
    return {f"{name}_{part}": [str(getattr(date, part))] for part in names} if date else {}


def check_stored():
    """What is stored keeps every rule, and says the same when it is typed in again."""
    stored = AppointmentRequest.objects.select_related("reason").get()
    # No time chosen is an empty list, which the model's own check takes for a blank.
    stored.full_clean(exclude=[] if stored.windows else ["windows"])
    connection.check_constraints()
    assert not {c for name in TEXTS for c in getattr(stored, name)} & set("\x00\u202e\u200b\r\t")
    form = AppointmentRequestForm(as_typed(stored))
    assert form.is_valid(), form.errors
    assert {name: getattr(stored, name) for name in form.answers()} == form.answers()


@pytest.mark.django_db
@many
@given(form=any_form, sheet=sheets)
def test_any_form_is_answered_and_stored_right_or_not_at_all(form, sheet, client):
    with taken_back():
        answer = client.post(ADDRESS, form | sheet)

        assert answer.status_code in (200, 303, 422)
        if answer.status_code == 303:
            assert client.post(ADDRESS, form | sheet).url == answer.url
            assert client.get(answer.url).status_code == 200
            check_stored()
        else:
            assert not AppointmentRequest.objects.exists()


@pytest.mark.django_db
@some
@given(form=st.dictionaries(words, words | st.lists(words, max_size=3), max_size=8))
def test_any_fields_at_all_are_answered(form, client):
    with taken_back():
        assert client.post(ADDRESS, opened() | form).status_code in (200, 422)


@pytest.mark.django_db
@some
@given(token=words, page=words)
def test_any_link_is_answered(token, page, client):
    assert client.get(ADDRESS, {"page": page}).status_code == 200
    assert client.get(f"{ADDRESS}status/{quote(token, safe='')}/").status_code in (200, 301, 404)


def test_many_forms_of_those_made_up_are_stored(client, db):
    """The twin: if none were stored, the tests above would prove little."""
    statuses = []

    @some
    @given(form=any_form)
    def try_out(form):
        with taken_back():
            statuses.append(client.post(ADDRESS, form | opened()).status_code)

    try_out()

    assert statuses.count(303) > len(statuses) / 10
    assert statuses.count(422) > len(statuses) / 10
