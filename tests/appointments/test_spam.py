"""Programs are held for a person to look at; people are neither blocked nor lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from clinic_site.appointments import spam
from clinic_site.appointments.models import AppointmentRequest, SenderCount
from clinic_site.appointments.moves import make_move
from tests.appointments.typing import ADDRESS, go_through, opened, opened_ago, send, typed

# What differs between any two requests: reference, private link, tokens against forgery.
# The minute in which each was received may have ended between the two.
OWN = re.compile(
    r'TNG-\w{4}-\w{2}|[0-9a-f]{64}|csrfmiddlewaretoken" value="\w+"|<h3>Received.*?</li>', re.DOTALL
)


def alike(answer):
    return OWN.sub("*", answer.content.decode())


def stamped(seconds, **changes):
    fields = opened()
    return fields | {"opened": opened_ago(seconds, fields["key"])} | changes


SIGNS = {
    "trap": lambda: {"website": "https://example.com"},
    "too_fast": lambda: stamped(0.5),
    "stamp": lambda: stamped(60, opened=""),
    "link": lambda: {"name": "Cheap pills www.example.com"},
}
STAMPS = {
    "none": lambda: stamped(60, opened=""),
    "made up": lambda: stamped(60, opened="form:1tZZZZ:abc"),
    "of another form": lambda: stamped(60, opened=opened()["opened"]),
    "made older": lambda: older(opened()),
    "nonsense": lambda: stamped(60, opened="\x00:::é" * 40),
}


def older(fields):
    key, _moment, signature = fields["opened"].split(":")
    return fields | {"opened": f"{key}:1aaaaa:{signature}"}


def pages_of(client, **changes):
    """What the sender of one request gets to see, from the receipt until they cancel."""
    sent = send(client, **changes)
    shown = client.get(sent.url)
    client.post(f"{sent.url}another-time/")
    asked = client.get(sent.url)
    client.post(f"{sent.url}cancel/")
    answers = [sent, shown, asked, client.get(sent.url)]
    return [(answer.status_code, alike(answer)) for answer in answers]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_program_is_held_and_sees_what_everybody_sees(client, db, sign):
    accepted = pages_of(client, **opened())
    assert AppointmentRequest.objects.get().spam_signs == []

    held = pages_of(client, **SIGNS[sign]())

    assert AppointmentRequest.objects.latest("pk").spam_signs == [sign]
    assert held == accepted


@pytest.mark.parametrize("kind", STAMPS)
def test_a_form_that_was_not_opened_here_is_held(client, db, kind):
    go_through(client, **STAMPS[kind]())

    stored = AppointmentRequest.objects.get()
    assert (stored.state, stored.spam_signs) == ("quarantined", ["stamp"])


def test_whoever_types_fast_is_no_program(client, db):
    go_through(client, **stamped(spam.LEAST_SECONDS + 1))

    assert signs() == [[]]


def test_a_form_may_stay_open_for_a_year(client, db):
    go_through(client, **stamped(365 * 24 * 3600))

    assert AppointmentRequest.objects.get().state == "new"


def test_a_form_that_is_sent_as_another_request_is_no_program(client, db):
    first = opened()
    go_through(client, **first)
    conflict = send(client, **first, name="Other Person")
    fields = dict(conflict.context["kept"])
    key = fields["key"]

    go_through(client, name="Other Person", key=key, opened=opened_ago(9, key))

    assert spam.age_in_seconds(fields["opened"], key) is not None
    assert [request.state for request in AppointmentRequest.objects.all()] == ["new", "new"]


def test_the_fourth_request_for_one_phone_number_is_held(client, db):
    for count in range(4):
        go_through(client, email=f"test{count}@example.com", REMOTE_ADDR=f"192.0.2.{count}")

    assert signs() == [[], [], [], ["many_for_contact"]]


def test_the_fourth_request_for_one_email_is_held_whatever_its_capitals(client, db):
    for count in range(4):
        email = "test@example.com".upper() if count == 3 else "test@example.com"
        go_through(client, email=email, phone=f"305-555-018{count}")

    assert signs()[-1] == ["many_for_contact"]


def signs():
    return list(AppointmentRequest.objects.order_by("pk").values_list("spam_signs", flat=True))


def send_as_others(client, count, headers):
    """Send for different people, so that only the address is the same."""
    for number in range(count):
        contact = {"email": f"test{number}@example.com", "phone": f"305-555-{1000 + number}"}
        answer = client.post(ADDRESS, typed(**opened(), step="send", **contact), **headers(number))
        assert answer.status_code == 303


NO_PROXY = {
    "nothing": lambda number: {},
    "another each time": lambda number: {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}"},
    "a list": lambda number: {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}, 198.51.100.{number}"},
}
ONE_PROXY = {
    "nothing": lambda number: {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
    "another each time": lambda number: {
        "HTTP_X_FORWARDED_FOR": f"192.0.2.{number}, 203.0.113.9",
    },
    "no address": lambda number: {"HTTP_X_FORWARDED_FOR": f"'; --{number} ,, 203.0.113.9"},
    "another of its home": lambda number: {"HTTP_X_FORWARDED_FOR": f"2001:db8:1:2:{number:x}::7"},
}


@pytest.mark.parametrize(
    ("proxies", "headers"),
    [(0, sent) for sent in NO_PROXY.values()] + [(1, sent) for sent in ONE_PROXY.values()],
)
def test_the_eleventh_from_one_address_is_held_whatever_it_claims(
    client, db, settings, proxies, headers
):
    settings.TRUSTED_PROXY_COUNT = proxies

    send_as_others(client, 11, headers=headers)

    assert signs() == [[]] * 10 + [["many_from_address"]]


@pytest.mark.parametrize("address", ["192.0.2.{}", "::ffff:192.0.2.{}", "2001:db8:1:{}::7"])
def test_behind_our_proxy_each_home_counts_for_itself(client, db, settings, address):
    settings.TRUSTED_PROXY_COUNT = 1

    send_as_others(client, 11, lambda number: {"HTTP_X_FORWARDED_FOR": address.format(number)})

    assert signs() == [[]] * 11


def test_whoever_comes_past_one_of_our_proxies_is_served(client, db, settings):
    """The header is shorter then than the chain of proxies."""
    settings.TRUSTED_PROXY_COUNT = 2

    answer = client.get(ADDRESS, headers={"x-forwarded-for": "192.0.2.1"})

    assert answer.status_code == 200


@pytest.fixture
def flood(db):
    """So many requests from one address within the hour that no more are taken."""
    [sender] = spam.senders_of("127.0.0.1", "", "")
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    return SenderCount.objects.create(sender=sender, hour=hour, sent=spam.FLOOD)


def test_a_flood_is_asked_to_call_and_keeps_its_answers(client, flood):
    form = opened() | {"note": "Two\nlines", "windows": ["tue_am", "thu_pm"]}

    answer = send(client, **form)

    text = answer.content.decode()
    assert answer.status_code == 429
    assert 'href="tel:+13055550142"' in text.split('class="error-summary')[1].split("</div>")[0]
    assert answer.context["form"]["note"].value() == "Two\nlines"
    assert answer.context["form"]["windows"].value() == ["tue_am", "thu_pm"]
    assert answer.context["sheet"].key == form["key"]
    assert not AppointmentRequest.objects.exists()
    flood.delete()
    assert send(client, **form).status_code == 303


@pytest.mark.parametrize(("hours", "found"), [(2, ["many_from_address"]), (25, [])])
def test_a_flood_is_over_after_an_hour_and_forgotten_after_a_day(client, flood, hours, found):
    SenderCount.objects.update(hour=flood.hour - timedelta(hours=hours))

    assert send(client, **opened()).status_code == 303
    assert signs() == [found]


def test_in_a_flood_a_request_that_was_taken_shows_its_receipt(client, flood):
    SenderCount.objects.update(sent=spam.FLOOD - 1)
    form = opened()
    receipt = go_through(client, **form)

    assert go_through(client, **form) == receipt
    assert send(client).status_code == 429


def test_nobody_who_is_held_is_lost(client, db, clerk):
    address = go_through(client, website="filled in by a helpful browser")
    stored = AppointmentRequest.objects.get()
    AppointmentRequest.objects.update(due_on="2020-01-02")
    assert list(AppointmentRequest.objects.overdue()) == [stored]
    assert "We are late" in client.get(address).content.decode()

    make_move("accept", stored.pk, clerk, 0)

    assert AppointmentRequest.objects.get().state == "new"
    # The promise that they were given is the one that counts.
    assert "We are late" in client.get(address).content.decode()


def test_addresses_and_contacts_are_counted_without_being_written_down(client, db):
    go_through(client)

    rows = SenderCount.objects.values_list("sender", flat=True)
    assert len(rows) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", sender) for sender in rows)
