"""Who may open which view of the admin: the table that tests/test_roles.py holds every role to.

A line is the beginning of views' names and the roles that may open them; the longest one counts.
Administrators, who are in no group, may open everything that anybody may. Whoever is in no group and is no
administrator may open nothing.
"""

from clinic_site.appointments.roles import LEADS
from content.groups import EDITORS, GROUPS, REVIEWERS, TRANSLATORS
from content.groups import FRONT_DESK as DESK
from content.groups import SITE_MANAGERS as MANAGERS

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
    "wagtail_localize:convert_to_alias": NOBODY,
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
ANSWERED_BY_POST = {"wagtailadmin_pages:move_confirm", "appointments_desk:move"}
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
