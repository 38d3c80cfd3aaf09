"""Words that cannot wait bring 911 first, and the way on is always there."""

import pytest

from clinic_site.appointments.models import AppointmentRequest
from tests.appointments.emergency_phrases import (
    ENGLISH_EMERGENCIES,
    ENGLISH_EVERYDAY,
    SPANISH_EMERGENCIES,
    SPANISH_EVERYDAY,
)
from tests.appointments.typing import ADDRESS, hidden, opened, typed

STOP, CHECK = "appointments/stop.html", "appointments/check.html"
NOTE = "Trouble swallowing since my injection"


def page_for(client, **changes):
    """Which page comes after the form."""
    answer = client.post(ADDRESS, typed(step="check", **changes))
    assert answer.status_code == 200
    return answer.templates[0].name


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("phrase", ENGLISH_EMERGENCIES + SPANISH_EMERGENCIES)
def test_an_emergency_is_heard(client, db, phrase):
    assert page_for(client, note=f"Hello. {phrase}, what shall I do?") == STOP


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("phrase", ENGLISH_EVERYDAY + SPANISH_EVERYDAY)
def test_everyday_words_are_no_emergency(client, db, phrase):
    assert page_for(client, note=phrase) == CHECK


@pytest.mark.parametrize("change", [str.upper, str.title, lambda text: text.replace("'", "’")])
def test_capitals_and_curly_apostrophes_hide_nothing(client, db, change):
    assert page_for(client, note=change("i can't breathe")) == STOP


@pytest.mark.parametrize("note", ["can't\r\nbreathe", "can't   breathe", "can\u200b't breathe"])
def test_blanks_and_line_ends_hide_nothing(client, db, note):
    assert page_for(client, note=note) == STOP


@pytest.mark.parametrize("field", ["note", "access_needs", "name"])
def test_every_box_for_words_is_listened_to(client, db, field):
    assert page_for(client, **{field: "I cannot breathe"}) == STOP


@pytest.mark.parametrize("address", [ADDRESS, "/es/appointments/"])
def test_the_stop_page_names_911_and_the_clinic(client, db, address):
    text = client.post(address, typed(step="check", note=NOTE)).content.decode()

    main = text[text.index("<main") : text.index("</main>")]
    assert 'href="tel:911"' in main
    assert 'href="tel:+13055550142"' in main
    assert not AppointmentRequest.objects.exists()


@pytest.mark.parametrize("sign", ["Your face or throat swells up", "a fever and a stiff neck"])
def test_the_stop_page_names_the_signs_it_was_shown_for(client, db, sign):
    assert sign in client.post(ADDRESS, typed(step="check", note=NOTE)).content.decode()


def test_sending_at_once_meets_the_stop_page_too(client, db):
    answer = client.post(ADDRESS, typed(**opened(), step="send", note=NOTE))

    assert answer.templates[0].name == STOP
    assert not AppointmentRequest.objects.exists()


def test_the_way_on_leads_to_a_request_that_is_flagged(client, db):
    stopped = client.post(ADDRESS, typed(step="check", note=NOTE))
    checked = client.post(ADDRESS, hidden(stopped) | {"step": "check"})
    assert checked.templates[0].name == CHECK

    sent = client.post(ADDRESS, hidden(checked) | {"step": "send"})

    assert sent.status_code == 303
    assert AppointmentRequest.objects.get().sounds_urgent
    assert AppointmentRequest.objects.get().note == NOTE


def test_the_way_back_keeps_every_answer(client, db):
    stopped = client.post(ADDRESS, typed(step="check", note=NOTE, windows=["tue_am", "fri_pm"]))

    again = client.post(ADDRESS, hidden(stopped) | {"step": "change"})

    form = again.context["form"]
    assert form["note"].value() == NOTE
    assert form["windows"].value() == ["tue_am", "fri_pm"]


def test_an_everyday_request_is_not_flagged(client, db):
    client.post(ADDRESS, typed(**opened(), step="send", note=ENGLISH_EVERYDAY[0]))

    assert not AppointmentRequest.objects.get().sounds_urgent
