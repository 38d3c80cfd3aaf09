"""No account of staff opens with a password alone."""

import pytest
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core import checks
from django.test import Client, override_settings
from django.urls import get_resolver
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin_addresses import admin_addresses, make_arguments
from tests.staff_accounts.signing_in import DOOR, ENROL, LOGIN, code_of, is_in, sign_in

CODES = "/admin/account/second-factor/recovery-codes/"
REPLACE = "/admin/account/second-factor/replace/"


def enrol(client, app):
    """Set up the authenticator that the page offers; return the recovery codes."""
    page = client.get(ENROL)
    answer = client.post(ENROL, {"first_code": app(page.context["key"])})
    return answer.context["codes"]


def login_views(patterns):
    """Every pattern whose view takes a password and starts a session."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from login_views(pattern.url_patterns)
        elif issubclass(getattr(pattern.callback, "view_class", object), LoginView):
            yield pattern


def test_a_password_without_a_code_opens_nothing(client, newcomer, phone):
    answer = sign_in(client)

    assert "The name, the password or the code is not right." in answer.content.decode()
    assert not is_in(client)
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "typed", [{"password": ""}, {"name": ""}, {"name": "  "}, {"name": "x" * 300}]
)
def test_what_is_missing_on_the_login_page_is_said_there(client, newcomer, phone, typed):
    answer = sign_in(client, **typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not is_in(client)


def test_a_password_and_a_code_open_the_admin(client, newcomer, phone):
    sign_in(client, code=code_of(phone))

    assert is_in(client)


def test_with_the_second_factor_off_a_password_is_enough(client, newcomer, phone):
    """The twin of the two above: what they prove is the factor's doing."""
    with override_settings(STAFF_SECOND_FACTOR=False):
        sign_in(client)

        assert is_in(client)


def test_a_code_works_once(client, newcomer, phone):
    code = code_of(phone)
    sign_in(client, code=code)

    sign_in(other := Client(), code=code)

    assert is_in(client)
    assert not is_in(other)


def test_the_code_of_somebody_else_opens_nothing(client, newcomer, phone, django_user_model):
    other = django_user_model.objects.create_user("other")
    theirs = TOTPDevice.objects.create(user=other)

    sign_in(client, code=code_of(theirs))

    assert not is_in(client)


def test_whoever_has_no_second_factor_may_only_set_one_up(client, newcomer):
    sign_in(client)

    assert not is_in(client)
    assert client.get(LOGIN).headers["Location"] == ENROL
    page = client.get(ENROL)
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_setting_it_up_opens_the_admin_and_shows_ten_codes_once(client, newcomer, app):
    sign_in(client)
    before = client.session.session_key

    codes = enrol(client, app)

    assert is_in(client)
    assert len(set(codes)) == 10
    assert client.session.session_key != before
    assert client.get(ENROL).headers["Location"] == LOGIN


def test_the_code_that_set_it_up_opens_nothing_more(client, newcomer, app):
    sign_in(client)
    code = app(client.get(ENROL).context["key"])
    client.post(ENROL, {"first_code": code})

    sign_in(other := Client(), code=code)

    assert not is_in(other)


def test_a_wrong_first_code_sets_nothing_up(client, newcomer):
    sign_in(client)

    answer = client.post(ENROL, {"first_code": "1234567"})

    assert "This code is not right." in answer.content.decode()
    assert not TOTPDevice.objects.exists()
    assert not is_in(client)


def test_the_page_to_set_it_up_is_closed_to_visitors(client, db):
    assert client.get(ENROL).headers["Location"] == LOGIN


def test_a_password_is_not_enough_to_set_up_another_one(client, newcomer, phone):
    """However the half session came about, here by a login view without the form."""
    client.force_login(newcomer)
    session = client.session
    del session["otp_device_id"]
    session.save()

    assert client.get(ENROL).headers["Location"] == LOGIN
    assert client.get(LOGIN).status_code == 200
    assert not is_in(client)


def test_somebody_who_cannot_set_it_up_now_can_leave(client, newcomer):
    sign_in(client)

    client.post("/admin/second-factor/leave/")

    assert SESSION_KEY not in client.session


def test_a_recovery_code_works_once_and_however_it_is_typed(client, newcomer, app):
    sign_in(client)
    code = enrol(client, app)[0]

    sign_in(second := Client(), code=f" {code.upper().replace('-', ' ')} ")
    sign_in(third := Client(), code=code)

    assert is_in(second)
    assert not is_in(third)


def test_new_recovery_codes_need_a_code_and_end_the_old_ones(client, newcomer, phone, app):
    sign_in(client, code=code_of(phone, -3))

    refused = client.post(CODES, {"own_code": "aaaa-aaaa"})
    first = client.post(CODES, {"own_code": code_of(phone, 3)}).context["codes"]
    second = client.post(CODES, {"own_code": first[0]}).context["codes"]

    assert "codes" not in refused.context
    sign_in(new := Client(), code=second[1])
    sign_in(old := Client(), code=first[1])
    assert is_in(new)
    assert not is_in(old)


def test_whoever_came_in_by_a_recovery_code_stays_in_when_renewing_them(client, newcomer, app):
    sign_in(client)
    codes = enrol(client, app)
    sign_in(other := Client(), code=codes[0])

    other.post(CODES, {"own_code": codes[1]})

    assert is_in(other)


def test_a_new_phone_replaces_the_old_one(client, newcomer, phone, app):
    sign_in(client, code=code_of(phone, -3))
    sign_in(elsewhere := Client(), code=code_of(phone))
    key = client.get(REPLACE).context["key"]

    answer = client.post(REPLACE, {"own_code": code_of(phone, 3), "first_code": app(key)})

    assert len(answer.context["codes"]) == 10
    assert is_in(client)
    assert not is_in(elsewhere)
    assert not TOTPDevice.objects.filter(pk=phone.pk).exists()


def test_a_wrong_code_of_the_new_phone_uses_up_no_recovery_code(client, newcomer, app):
    sign_in(client)
    codes = enrol(client, app)

    client.post(REPLACE, {"own_code": codes[0], "first_code": "no code"})

    sign_in(other := Client(), code=codes[0])
    assert is_in(other)


def test_each_new_phone_gets_a_key_of_its_own(client, newcomer, app):
    sign_in(client)
    first = client.get(ENROL).context["key"]
    enrol(client, app)

    assert client.get(REPLACE).context["key"] != first


def test_a_new_phone_is_refused_without_a_code_of_the_old_one(client, newcomer, phone, app):
    sign_in(client, code=code_of(phone))
    key = client.get(REPLACE).context["key"]

    client.post(REPLACE, {"own_code": "123", "first_code": app(key)})

    assert list(TOTPDevice.objects.all()) == [phone]


def test_the_account_page_leads_to_both(client, newcomer, phone):
    sign_in(client, code=code_of(phone))

    page = client.get(DOOR).content.decode()

    assert f'href="{CODES}"' in page
    assert f'href="{REPLACE}"' in page


def test_every_login_view_the_resolver_knows_asks_for_a_code(client, newcomer, phone):
    """Wagtail brings two: its own has our form, the one for private pages is covered by ours."""
    found = list(login_views(get_resolver().url_patterns))

    assert {pattern.name for pattern in found} == {"wagtailadmin_login", "wagtailcore_login"}
    for address in ["/admin/login/", "/en/_util/login/", "/es/_util/login/"]:
        fresh = Client()
        form = {"username": "nora", "password": "what nora types", "next": DOOR}
        fresh.post(address, form)
        assert not is_in(fresh), address
        assert SESSION_KEY not in fresh.session, address


def test_resetting_a_password_by_mail_starts_no_session(client, newcomer, phone, mailoutbox):
    get_user_model().objects.update(email="nora@example.org")
    client.post("/admin/password_reset/", {"email": "nora@example.org"})
    link = next(word for word in mailoutbox[0].body.split() if "/confirm/" in word)
    page = client.get(link.split("testserver")[-1].split("8000")[-1], follow=True)

    client.post(
        page.request["PATH_INFO"],
        {"new_password1": "a long new password", "new_password2": "a long new password"},
    )

    assert SESSION_KEY not in client.session
    sign_in(client, password="a long new password")
    assert not is_in(client)


@pytest.mark.slow
def test_a_session_with_a_password_alone_opens_no_address(db, client, newcomer, django_user_model):
    """It gets from each address just what somebody gets who has not signed in."""
    author, member = (django_user_model.objects.create_user(name) for name in ("a", "b"))
    addresses = admin_addresses(make_arguments(author, member))
    newcomer.is_superuser = True
    newcomer.save()
    client.post(LOGIN, {"username": "nora", "password": "what nora types"})
    stranger = Client()

    different = [
        address.url
        for address in addresses
        if address.url not in (ENROL, LOGIN)
        and client.get(address.url).status_code != stranger.get(address.url).status_code
    ]

    assert SESSION_KEY in client.session
    assert different == []


def test_production_does_not_pass_its_checks_without_the_second_factor(db):
    def errors():
        return {error.id for error in checks.run_checks(include_deployment_checks=True)}

    assert "staff_accounts.E001" not in errors()
    with override_settings(STAFF_SECOND_FACTOR=False):
        assert "staff_accounts.E001" in errors()


def test_the_plain_django_form_would_have_let_them_in(newcomer, phone):
    """The twin: it is our form that asks for the code."""
    form = AuthenticationForm(
        request=Client().get(LOGIN).wsgi_request,
        data={"username": "nora", "password": "what nora types"},
    )

    assert form.is_valid()
