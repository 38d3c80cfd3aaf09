"""Each question of the form is asked, read over and shown to the desk, those not written yet, too."""

import pytest

from clinic_site.appointments.fields import LinesField, OneLineField
from clinic_site.appointments.forms import AppointmentRequestForm
from clinic_site.appointments.models import AppointmentRequest
from tests.appointments.any_form import ANSWERS
from tests.appointments.desk import sheet
from tests.appointments.typing import ADDRESS, go_through, typed

FIELDS = AppointmentRequestForm.base_fields
# A phone number is shown in another form than it was typed in.
WRITTEN = {
    name: f"Canary of {name}"
    for name, field in FIELDS.items()
    if isinstance(field, (OneLineField, LinesField)) and name != "phone"
}
FOR_ANOTHER = {"is_for_other": "other", "relationship": "child"}


def unread(text):
    return [name for name, answer in WRITTEN.items() if answer not in text]


@pytest.mark.parametrize("name", FIELDS)
def test_the_form_asks_it(client, db, name):
    assert f'name="{name}"' in client.get(ADDRESS).content.decode()


def test_what_is_written_is_read_over_before_it_is_sent(client, db):
    checked = client.post(ADDRESS, typed(step="check", **FOR_ANOTHER, **WRITTEN))

    groups = checked.context["groups"]
    assert unread([line.text for _heading, lines in groups for line in lines]) == []


def test_what_is_written_reaches_the_desk(client, clerk):
    go_through(client, **FOR_ANOTHER, **WRITTEN)
    client.force_login(clerk)

    assert unread(client.get(sheet(AppointmentRequest.objects.get())).content.decode()) == []


def test_the_forms_that_are_made_up_answer_it():
    assert FIELDS.keys() <= ANSWERS.keys()
