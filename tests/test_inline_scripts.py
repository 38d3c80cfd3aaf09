"""The inline scripts that the admin's policy must allow: known ones, and no others.

Wagtail writes a few scripts into its pages. Their words differ from page to page, so no hash can
name them. A nonce would need copies of all the templates below and a change of a method in Python,
and would still stop the scripts in the fragments that Wagtail's dialogs fetch: those would carry
the nonce of another answer. So the admin allows inline scripts, except on its pages that show what
patients wrote or take passwords: these hold none. The test fails when an upgrade brings another
inline script or changes one. When none is left, take 'unsafe-inline' out of ADMIN_POLICY.
"""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from csp.constants import UNSAFE_INLINE
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group

from clinic_site.appointments.roles import LEADS
from clinic_site.csp import ADMIN_POLICY, PUBLIC_POLICY
from tests.admin_addresses import make_request

pytestmark = pytest.mark.one_database

SCRIPT = re.compile(
    r'<script(?![^>]*\s(?:src|type="(?!text/javascript))[^>]*)[^>]*>(.+?)</script>', re.DOTALL
)
HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.DOTALL)
ADMIN = "wagtail/admin/templates/wagtailadmin"
LOCALIZE = "wagtail_localize/templates/wagtail_localize/admin"
PROMOTIONS = "wagtail/contrib/search_promotions/templates/wagtailsearchpromotions"
# The place of each, and the beginning of the hash of its words.
KNOWN = {
    f"{ADMIN}/panels/inline_panel.html": "c84a0f62291c33bb",
    f"{ADMIN}/panels/multiple_chooser_panel.html": "87422779c972a5ff",
    f"{ADMIN}/widgets/date_input.html": "60e07257b594e925",
    f"{ADMIN}/widgets/datetime_input.html": "b4601e227aa0a7b9",
    f"{ADMIN}/widgets/time_input.html": "e5f36a5cd7ab6d2d",
    "wagtail/admin/widgets/chooser.py": "7979452de2215605",
    f"{LOCALIZE}/edit_translation.html": "8ed65c91099ef7ea",
    f"{LOCALIZE}/submit_translation.html": "662eb4db48553494",
    # Comes with Wagtail; not installed here.
    f"{PROMOTIONS}/add.html": "3bb825270637e302",
    f"{PROMOTIONS}/edit.html": "a0b2a537f3834e5f",
}


def is_ours(folder):
    return folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts


def foreign_files(pattern):
    """The files of that name in every installed app that is not ours."""
    folders = sorted({Path(config.path) for config in apps.get_app_configs()})
    for folder in folders:
        if not is_ours(folder):
            yield from (path for path in folder.rglob(pattern) if "test" not in path.parts)


def place(path):
    """Where a file lies in its package."""
    return path.as_posix().split("/site-packages/")[-1]


def test_the_inline_scripts_of_the_admin_are_the_known_ones():
    found = {
        place(path): sha256(match[1].encode()).hexdigest()[:16]
        for pattern in ("*.html", "widgets/*.py")
        for path in foreign_files(pattern)
        for match in SCRIPT.finditer(path.read_text())
    }

    assert found == KNOWN


def test_no_installed_template_has_an_inline_handler():
    templates = foreign_files("*.html")

    assert [place(path) for path in templates if HANDLER.search(path.read_text())] == []


@pytest.fixture
def desk(client, db, django_user_model):
    """A browser in which a lead of the front desk works."""
    user = django_user_model.objects.create_user("lea")
    user.groups.add(Group.objects.get(name=LEADS))
    client.force_login(user)
    return client


def test_pages_with_patients_words_or_passwords_allow_no_inline_script(desk):
    number = make_request().pk
    addresses = [
        "/admin/",
        "/admin/account/",
        "/admin/account/second-factor/replace/",
        "/admin/appointments/",
        "/admin/appointments/inbox/new/",
        f"/admin/appointments/request/{number}/",
    ]
    answers = [desk.get(address) for address in addresses]
    desk.logout()
    answers += [desk.get("/admin/login/"), desk.get("/admin/password_reset/")]

    for answer in answers:
        assert answer.status_code == 200, answer.request["PATH_INFO"]
        assert UNSAFE_INLINE not in scripts_allowed(answer), answer.request["PATH_INFO"]
        assert SCRIPT.findall(answer.text) == []


def scripts_allowed(answer):
    policy = answer.headers["Content-Security-Policy"]
    return next(part for part in policy.split(";") if part.strip().startswith("script-src"))


def test_only_the_admin_allows_inline_scripts():
    assert UNSAFE_INLINE in ADMIN_POLICY["script-src"]
    assert UNSAFE_INLINE not in PUBLIC_POLICY["script-src"]
