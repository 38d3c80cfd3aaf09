"""Who may open which part of the admin: every address, with every role."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from clinic_site.appointments.roles import LEADS
from content.groups import GROUPS
from tests.admin_addresses import admin_addresses, admin_routes, make_arguments

pytestmark = pytest.mark.slow

EDITORS, REVIEWERS, TRANSLATORS, DESK, MANAGERS = GROUPS
ROLES = [*GROUPS, LEADS]
STAFF = set(ROLES)
WRITERS = {EDITORS, REVIEWERS, MANAGERS}
PUBLISHERS = {REVIEWERS, MANAGERS}
CLINICAL = {EDITORS, REVIEWERS, TRANSLATORS, MANAGERS}
INTERPRETERS = {TRANSLATORS, MANAGERS}
RECEPTION = {DESK, LEADS}
NOBODY: set = set()

# Who may open the views whose names begin so, on English pages and texts. The longest one counts.
MAY_OPEN = {
    "wagtailadmin_home": STAFF,
    "wagtailadmin_account": STAFF,
    "wagtailadmin_dismissibles": STAFF,
    "wagtailadmin_error_test": STAFF,
    "second_factor:": STAFF,
    "second_factor:reset": {MANAGERS},
    # Pages.
    "wagtailadmin_api:": CLINICAL,
    "wagtailadmin_api:pages:action": PUBLISHERS,
    "wagtailadmin_explore": CLINICAL,
    "wagtailadmin_choose_page": CLINICAL,
    "wagtailadmin_tag": CLINICAL,
    "wagtailadmin_block_preview": CLINICAL,
    "wagtailadmin_editing_sessions:": CLINICAL,
    "wagtailembeds:": CLINICAL,
    "wagtail_bulk_action": CLINICAL,
    "wagtailadmin_pages:": WRITERS,
    "wagtailadmin_pages:search": CLINICAL,
    "wagtailadmin_pages:type_use": CLINICAL,
    "wagtailadmin_pages:revisions_index": CLINICAL,
    "wagtailadmin_pages:confirm_workflow_cancellation": CLINICAL,
    "wagtailadmin_pages:choose_parent": CLINICAL,
    "wagtailadmin_pages:delete": PUBLISHERS,
    "wagtailadmin_pages:unpublish": PUBLISHERS,
    "wagtailadmin_pages:move": PUBLISHERS,
    "wagtailadmin_pages:set_p": PUBLISHERS,
    "wagtailadmin_pages:lock": PUBLISHERS,
    "wagtailadmin_pages:unlock": PUBLISHERS | {TRANSLATORS},
    "wagtailadmin_pages:revisions_unschedule": PUBLISHERS,
    "wagtailadmin_pages:workflow_action": {REVIEWERS},
    "wagtailadmin_pages:collect_workflow_action_data": {REVIEWERS},
    "wagtailadmin_pages:workflow_preview": {REVIEWERS},
    # Images and documents.
    "wagtailimages:": WRITERS,
    "wagtailimages_chooser:": CLINICAL,
    "wagtailimages_chooser:create": WRITERS,
    "wagtaildocs:": WRITERS,
    "wagtaildocs_chooser:": CLINICAL,
    "wagtaildocs_chooser:create": WRITERS,
    # Shared texts.
    "wagtailsnippets:index": NOBODY,
    "wagtailsnippetchoosers_content_": CLINICAL,
    "wagtailsnippetchoosers_content_source:create": WRITERS,
    "wagtailsnippetchoosers_content_glossaryterm:create": WRITERS,
    "wagtailsnippetchoosers_content_dangermessage:create": PUBLISHERS,
    "wagtailsnippets_content_source:": CLINICAL,
    "wagtailsnippets_content_source:add": WRITERS,
    "wagtailsnippets_content_source:edit": WRITERS,
    "wagtailsnippets_content_source:copy": WRITERS,
    "wagtailsnippets_content_source:delete": WRITERS,
    "wagtailsnippets_content_glossaryterm:": CLINICAL,
    "wagtailsnippets_content_glossaryterm:add": WRITERS,
    "wagtailsnippets_content_glossaryterm:copy": WRITERS,
    "wagtailsnippets_content_glossaryterm:edit": PUBLISHERS,
    "wagtailsnippets_content_glossaryterm:delete": PUBLISHERS,
    "wagtailsnippets_content_glossaryterm:usage": PUBLISHERS | {TRANSLATORS},
    "wagtailsnippets_content_dangermessage:": PUBLISHERS,
    "wagtailsnippets_content_dangermessage:list": CLINICAL,
    "wagtailsnippets_content_dangermessage:history": PUBLISHERS | {TRANSLATORS},
    "wagtailsnippets_content_dangermessage:usage": PUBLISHERS | {TRANSLATORS},
    # Translations.
    "check_translation": {TRANSLATORS},
    "wagtail_localize:": CLINICAL,
    "wagtail_localize:submit_": INTERPRETERS,
    "wagtail_localize:update_translations": INTERPRETERS,
    "wagtail_localize:translations_report": INTERPRETERS,
    "wagtail_localize:convert_to_alias": WRITERS,
    # Requests for appointments.
    "appointments_desk:": RECEPTION,
    "appointment_reasons:": {LEADS, MANAGERS},
    # Reports.
    "wagtailadmin_reports:": CLINICAL,
    "wagtailadmin_reports:locked_pages": PUBLISHERS | {TRANSLATORS},
    "broken_links": WRITERS,
    "page_feedback": WRITERS,
    "delete_page_feedback": PUBLISHERS,
    "search_misses": WRITERS,
    "name_page": WRITERS,
    "drop_search_miss": WRITERS,
    # Numbers on appointment requests, and exports of them.
    "appointments_reports:": {LEADS, MANAGERS},
    "appointments_reports:export": {LEADS},
    # The site.
    "site_health": {MANAGERS},
    "wagtailadmin_collections:": {MANAGERS},
    "wagtailadmin_workflows:": {MANAGERS},
    "wagtailredirects:": {MANAGERS},
    "wagtailsettings:": {MANAGERS},
    "wagtaillocales:": {MANAGERS},
    "wagtailsites:": {MANAGERS},
    "wagtailusers_users:": {MANAGERS},
    "wagtailusers_groups:": {MANAGERS},
}
FORM = "application/x-www-form-urlencoded"
# What needs no account.
PUBLIC = {
    "wagtailadmin_sprite",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
    # For whoever has shown a password, and only until there is a second factor.
    "staff_accounts:enrol",
    "staff_accounts:leave",
}
# Views that let everybody see a form and refuse what it sends.
ANSWERED_BY_POST = {"wagtailadmin_pages:move_confirm"}
# Views that only send on to another one, which decides.
SENT_ON = {"wagtailsettings:edit"}
# Views that need more than an address, such as a file or one's own upload: whoever is let in is
# told that it is missing.
INCOMPLETE = (
    "wagtailadmin_error_test",
    "wagtailadmin_api:pages:find",
    "wagtailadmin_api:documents:find",
    "wagtailadmin_api:images:find",
    "wagtailadmin_pages:convert_alias",
    "wagtailadmin_block_preview",
    "wagtailadmin_editing_sessions:ping",
    "wagtail_localize:edit_override",
    "wagtail_localize:machine_translate",
    "wagtail_localize:convert_to_alias",
    "wagtail_localize:upload_pofile",
    "wagtail_localize:preview_translation",
    "wagtailredirects:process_import",
    "wagtailsettings:preview_on_edit",
    "wagtaildocs:create_multiple_from_uploaded_document",
    "wagtaildocs:delete_upload_multiple",
    "wagtailimages:create_multiple_from_uploaded_image",
    "wagtailimages:delete_upload_multiple",
    "wagtailimages:url_generator",
)


def expected(name):
    """The roles that may open a view; none if nobody has decided."""
    starts = [start for start in MAY_OPEN if name.startswith(start)]
    return MAY_OPEN[max(starts, key=len)] if starts else None


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
        user = django_user_model.objects.create_user(role)
        user.groups.add(Group.objects.get(name=role))
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
    may_open = role in expected(address.name)
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


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_own_parts_of_the_admin_and_no_others(role, client, staff, addresses):
    user = staff(role)
    client.raise_request_exception = False
    complaints = []

    for address in addresses:
        client.force_login(user)
        complaints.append(complaint(role, address, ask(client, address)))

    assert [text for text in complaints if text] == []


def test_without_signing_in_every_address_leads_to_the_login_page(client, addresses):
    answers = {address: client.get(address.url) for address in addresses}

    assert [
        address
        for address, answer in answers.items()
        if not answer.headers.get("Location", "").startswith("/admin/login/")
    ] == []
