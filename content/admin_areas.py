"""Areas of the admin that are closed to staff who have no work there.

Most of Wagtail's views ask for a permission themselves. Its choosers, its site history and the
translations report open to everyone who may enter the admin; the front desk has no use for them.
"""

from wagtail.admin.auth import permission_denied, user_has_any_page_permission
from wagtail.models import Task, Workflow
from wagtail.permissions import policy_registry


def works_on_pages(user):
    return user_has_any_page_permission(user)


def works_on_workflows(user):
    actions = {"add", "change", "delete"}
    return any(
        policy_registry.get_by_type(model).user_has_any_permission(user, actions)
        for model in (Workflow, Task)
    )


def translates(user):
    return user.has_perm("wagtail_localize.submit_translation")


def nobody(user):
    return False


# The beginning of a view's name, and who may open such views. The first that fits counts.
AREAS = [
    ("wagtailadmin_workflows:", works_on_workflows),
    ("wagtail_localize:translations_report", translates),
    # It asks for no right to publish, and gives readers the English page as the Spanish one.
    ("wagtail_localize:convert_to_alias", nobody),
    ("wagtail_localize:", works_on_pages),
    ("wagtailadmin_pages:", works_on_pages),
    ("wagtailadmin_explore", works_on_pages),
    ("wagtailadmin_choose_page", works_on_pages),
    ("wagtailadmin_api:", works_on_pages),
    ("wagtailadmin_reports:", works_on_pages),
    ("wagtailadmin_tag", works_on_pages),
    ("wagtailadmin_block_preview", works_on_pages),
    ("wagtailadmin_editing_sessions:", works_on_pages),
    ("wagtail_bulk_action", works_on_pages),
    ("wagtailsnippetchoosers_", works_on_pages),
    ("wagtailembeds:", works_on_pages),
    ("wagtailimages", works_on_pages),
    # Not “wagtaildocs_serve”: everybody may have the site's documents.
    ("wagtaildocs:", works_on_pages),
    ("wagtaildocs_chooser:", works_on_pages),
]


def key_of(view_name):
    """The test that opens the area a view belongs to, or none if the view decides by itself."""
    return next((test for start, test in AREAS if view_name.startswith(start)), None)


class AdminAreasMiddleware:
    """Turn staff away from areas that are not theirs; visitors are left to the login page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        opens = key_of(request.resolver_match.view_name)
        # Public pages must not touch the user: that would make them vary by cookie.
        if opens is None or not request.user.is_authenticated or opens(request.user):
            return None
        return permission_denied(request)
