"""The clinic's own details."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from content.models import ClinicSettings
from content.starter.streams import describe


@pytest.fixture
def clinic(db):
    return ClinicSettings.load()


def test_the_phone_number_is_written_for_people_and_for_phones(clinic):
    clinic.phone = "(305) 372 5000"

    assert clinic.phone_label == "305-372-5000"
    assert clinic.tel == "+13053725000"


@pytest.mark.parametrize("phone", ["call us", "305", "305-372-50000000000"])
def test_a_number_nobody_can_call_is_refused(clinic, phone):
    clinic.phone = phone

    with pytest.raises(ValidationError) as caught:
        clinic.full_clean()

    assert "phone" in caught.value.message_dict


def test_an_unknown_time_zone_is_refused(clinic):
    clinic.time_zone = "Miami"

    with pytest.raises(ValidationError) as caught:
        clinic.full_clean()

    assert caught.value.message_dict["time_zone"] == ["Write a time zone such as America/New_York."]


def test_hours_read_as_a_sentence(clinic):
    with translation.override("en"):
        assert clinic.hours_text == "Monday to Friday, 8:30 a.m. to 5 p.m."


def test_hours_read_as_a_sentence_in_spanish(clinic):
    with translation.override("es"):
        assert clinic.hours_text == "De lunes a viernes, de 8:30 a.m. a 5 p.m."


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"closes": "07:00"}, "Closing time comes after opening time."),
        ({"first_day": "4", "last_day": "0"}, "The last day comes after the first day."),
    ],
)
def test_impossible_hours_are_refused(clinic, change, complaint):
    row = {"first_day": "0", "last_day": "4", "opens": "08:30", "closes": "17:00"} | change
    block = clinic.hours.stream_block

    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python([{"type": "hours", "value": row}]))

    assert complaint in "".join(describe(caught.value))


def test_words_on_every_page_follow_the_readers_language(clinic):
    with translation.override("en"):
        assert "call 911" in str(clinic.emergency_text)
    with translation.override("es"):
        assert "llame al 911" in str(clinic.emergency_text)
