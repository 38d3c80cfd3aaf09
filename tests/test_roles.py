"""Who may open which part of the admin: every address, with every role."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from tests.admin_addresses import PATIENT, admin_addresses, admin_routes, make_arguments
from tests.who_may_open import (
    ANSWERED_BY_POST,
    FORM,
    INCOMPLETE,
    PUBLIC,
    RECEPTION,
    ROLES,
    SENT_ON,
    expected,
)

pytestmark = pytest.mark.slow

ADMINISTRATOR = "Administrator"


@pytest.fixture
def addresses(db, django_user_model):
    author = django_user_model.objects.create_user("author")
    member = django_user_model.objects.create_user("member")
    found = admin_addresses(make_arguments(author, member))
    return [address for address in found if address.name and address.name not in PUBLIC]


@pytest.fixture
def staff(db, django_user_model):
    """A function that makes a member of staff with one role."""

    def make(role):
        user = django_user_model.objects.create_user(role, is_superuser=role == ADMINISTRATOR)
        user.groups.set(Group.objects.filter(name=role))
        return user

    return make


def ask(client, address):
    """Open an address the way it asks for, and undo what that changed."""
    with transaction.atomic():
        answer = client.get(address.url)
        if answer.status_code == 405 or address.name in ANSWERED_BY_POST:
            answer = client.post(address.url, {"next": "/admin/account/"})
        if answer.status_code == 405:
            answer = client.put(address.url, "value=words", FORM)
        if address.name in SENT_ON and answer.status_code == 302 and not is_refused(answer):
            answer = client.get(answer.headers["Location"])
        transaction.set_rollback(True)
    return answer


def is_refused(answer):
    return answer.status_code == 403 or answer.headers.get("Location") == "/admin/"


def is_absent(answer):
    """Is there nothing at this address? (The language redirect tries /en/ before it says so.)"""
    goes_to = answer.headers.get("Location", "")
    return answer.status_code == 404 or goes_to.startswith("/en/admin/")


def complaint(role, address, answer):
    """Say what is wrong with an answer, or nothing."""
    if role not in RECEPTION | {ADMINISTRATOR} and PATIENT.encode() in b"".join(answer):
        return f"told {role} of a patient: {address.name} {address.url}"
    roles = expected(address.name)
    may_open = role in roles or bool(roles and role == ADMINISTRATOR)
    refused, absent = is_refused(answer), is_absent(answer)
    if address.name.startswith(INCOMPLETE):
        is_wrong = refused if may_open else answer.status_code == 200
    elif may_open:
        is_wrong = refused or absent or answer.status_code not in (200, 201, 302)
    else:
        is_wrong = not (refused or absent)
    wish = "should open" if may_open else "should not open"
    return f"{wish} {address.name} {address.url}: {answer.status_code}" if is_wrong else ""


def test_somebody_decided_who_may_open_each_view_of_the_admin():
    names = {name for name, _route in admin_routes()} - PUBLIC - {""}

    assert sorted(name for name in names if expected(name) is None) == []


# An administrator's queries are every query that a view asks; whom a view refuses is decided in Python.
@pytest.mark.parametrize(
    "role", [ADMINISTRATOR, *(pytest.param(role, marks=pytest.mark.one_database) for role in ROLES)]
)
def test_a_role_opens_its_own_parts_of_the_admin_and_no_others(role, client, staff, addresses):
    client.force_login(staff(role))
    client.raise_request_exception = False
    signed_in, complaints = client.cookies, []

    for address in addresses:
        # Some views sign out. What they did to the session is undone; the cookie comes back here.
        client.cookies = deepcopy(signed_in)
        complaints.append(complaint(role, address, ask(client, address)))

    assert [text for text in complaints if text] == []


@pytest.mark.one_database
def test_staff_without_a_group_are_let_in_nowhere(client, staff, addresses):
    client.force_login(staff("Nobody's colleague"))

    answers = {address: client.get(address.url) for address in addresses}

    assert [
        address
        for address, answer in answers.items()
        if not (is_refused(answer) or is_absent(answer) or is_sent_to_login(answer))
    ] == []


def is_sent_to_login(answer):
    return answer.headers.get("Location", "").startswith("/admin/login/")


@pytest.mark.one_database
def test_without_signing_in_every_address_leads_to_the_login_page(client, addresses):
    answers = {address: client.get(address.url) for address in addresses}

    assert [address for address, answer in answers.items() if not is_sent_to_login(answer)] == []
