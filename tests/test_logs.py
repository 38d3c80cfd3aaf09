"""The lines of production's log: what a machine can read of them, and what nobody can."""

import json
import logging
from io import StringIO
from sys import exc_info

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from clinic_site.logs import PrivateFormatter, PrivateJsonFormatter
from clinic_site.request_ids import RequestIdFilter
from content.models import ClinicSettings, ConditionPage
from tests.appointments.typing import ADDRESS, opened, typed

GIVEN = "0123456789abcdef0123456789abcdef"


class JsonLines(logging.Handler):
    """Keeps what production's handler would write."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines: list = []
        self.addFilter(RequestIdFilter())
        self.setFormatter(PrivateJsonFormatter())

    def emit(self, record):
        self.lines.append(self.format(record))

    @property
    def facts(self):
        return [json.loads(line) for line in self.lines]

    def of(self, logger):
        return [line for line in self.facts if line["logger"] == logger]


@pytest.fixture
def log():
    handler, root = JsonLines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def test_each_request_leaves_one_line_with_its_view(db, client, log):
    client.get("/en/search/?q=botox")

    [line] = log.of("clinic_site.access_log")
    assert line["view"] == "content:search"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "INFO")
    assert line["milliseconds"] >= 0
    assert len(line["request_id"]) == 32
    assert line["time"].endswith("+00:00")


def test_no_line_holds_an_address_or_a_question(db, client, log):
    client.get("/en/search/?q=incontinence", headers={"x-forwarded-for": "203.0.113.9"})
    client.get(f"/en/appointments/status/{'0' * 64}/?from=incontinence")

    text = "\n".join(log.lines)
    assert "incontinence" not in text
    assert "203.0.113.9" not in text
    assert "127.0.0.1" not in text
    assert "0" * 64 not in text


def test_what_another_handler_wrote_of_an_error_stays_out():
    """A record keeps the words of whoever formats it first."""
    words = "typed by a patient"
    logger = logging.getLogger("clinic_site.tests")
    plain, private = (logging.StreamHandler(StringIO()) for _handler in range(2))
    private.setFormatter(PrivateFormatter())

    try:
        raise ValueError(words)
    except ValueError:
        error = logger.makeRecord(logger.name, logging.ERROR, "", 0, "It failed.", (), exc_info())
    for handler in (plain, private):
        handler.emit(error)

    assert words in plain.stream.getvalue()
    assert words not in private.stream.getvalue()
    assert "builtins.ValueError" in private.stream.getvalue()


def test_the_lines_of_one_request_share_its_number(db, log):
    ClinicSettings.objects.update(time_zone="Nowhere/Nothing")

    answer = Client(raise_request_exception=False).post(ADDRESS, typed(**opened(), step="send"))

    assert answer.status_code == 500
    numbers = {line["request_id"] for line in log.facts}
    assert numbers == {answer.headers["X-Request-ID"]}
    assert {"django.request", "clinic_site.access_log"} <= {line["logger"] for line in log.facts}


def test_a_reader_can_tell_staff_the_number_of_a_fault(db, log):
    ClinicSettings.objects.update(time_zone="Nowhere/Nothing")

    answer = Client(raise_request_exception=False).post(ADDRESS, typed(**opened(), step="send"))

    assert answer.headers["X-Request-ID"] in answer.content.decode()


def test_a_fault_is_a_line_of_its_own_with_the_place_and_not_the_words(db, log):
    ClinicSettings.objects.update(time_zone="Nowhere/Nothing")

    Client(raise_request_exception=False).post(ADDRESS, typed(**opened(), step="send"))

    [line] = log.of("django.request")
    assert "ZoneInfoNotFoundError" in line["error"]
    assert "Nowhere" not in line["error"]


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, GIVEN, True),
        (1, "01234567-89ab-cdef-0123-456789abcdef", True),
        (0, GIVEN, False),
        (1, "ana.diaz@example.com", False),
        (1, f"{GIVEN}\nforged", False),
        (1, "", False),
    ],
)
def test_only_our_own_proxy_numbers_requests(db, client, settings, proxies, given, is_taken):
    settings.TRUSTED_PROXY_COUNT = proxies

    answer = client.get(reverse("appointments:request"), headers={"x-request-id": given})

    assert (answer.headers["X-Request-ID"] == given) is is_taken


def test_a_page_that_a_cache_may_keep_has_no_number(db, client, home):
    assert "X-Request-ID" not in client.get(home.url).headers


def test_between_two_requests_there_is_no_number(db, client, log):
    client.get("/en/search/")

    logging.getLogger("anything").info("Something else")

    assert "request_id" not in log.facts[-1]


def test_a_line_about_a_private_page_is_still_json(log):
    logging.getLogger("anything").info('See /en/appointments/status/secret" and "more')

    assert log.facts[-1]["message"] == 'See /en/appointments/status/*" and "more'


KEY = "k" * 43


@pytest.mark.parametrize(
    "address", [f"/en/appointments/status//{KEY}/", f"/en/Appointments/Status/{KEY}/"]
)
def test_a_key_in_a_link_typed_wrong_stays_out_of_the_log(db, client, log, address):
    assert client.get(address).status_code == 404

    assert log.of("django.request")
    assert KEY not in "\n".join(log.lines)


def test_staff_who_could_not_be_mailed_stay_out_of_the_log(db, log, settings, django_user_model):
    settings.EMAIL_BACKEND = "tests.appointments.refusing_mail.EmailBackend"
    people = django_user_model.objects
    author = people.create_user("ana", "ana.diaz@example.com")
    reviewer = people.create_user("luis", "luis.soto@example.com")
    reviewer.groups.add(Group.objects.get(name="Clinical reviewers"))
    page = ConditionPage.objects.first()
    page.save_revision()

    page.get_workflow().start(page, author)

    [line] = log.of("wagtail.admin")
    assert "Failed to send notification" in line["message"]
    assert "luis" not in line["message"]


def test_a_line_does_not_repeat_the_key_to_a_new_password(log):
    logging.getLogger("anything").info("Oops: /admin/password_reset/confirm/MQ/c0ffee-secret/")

    assert log.facts[-1]["message"] == "Oops: /admin/password_reset/confirm/MQ/*/"
