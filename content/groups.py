"""The groups of staff, what each may do, and the review between editors and readers.

Migrations call `set_up`; after a change here, add a migration that calls it again. It only ever
adds, so that what the clinic granted by hand stays.
"""

from typing import NamedTuple

from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions

EDITORS = "Editors"
REVIEWERS = "Clinical reviewers"
TRANSLATORS = "Translators"
FRONT_DESK = "Front desk"
SITE_MANAGERS = "Site managers"
REVIEW = "Clinical review"


class Grants(NamedTuple):
    """What one group may do, beside entering the admin."""

    pages: str = ""
    # On the home page of each language but English, and all below it.
    translated_pages: str = ""
    files: str = ""
    collections: str = ""
    permissions: tuple = ()


def model_permissions(app_label, model, actions):
    return tuple(f"{app_label}.{action}_{model}" for action in actions.split())


# Danger messages and glossary terms go live as soon as they are saved: who may not publish may not
# change one that readers see.
GROUPS = {
    EDITORS: Grants(
        pages="add change",
        files="add change choose",
        permissions=(
            *model_permissions("content", "source", "add change delete"),
            *model_permissions("content", "glossaryterm", "add view"),
            *model_permissions("content", "dangermessage", "view"),
            *model_permissions("content", "searchmiss", "view change delete"),
            *model_permissions("content", "pagefeedback", "view"),
            *model_permissions("content", "brokenlink", "view"),
        ),
    ),
    REVIEWERS: Grants(
        pages="add change publish lock unlock",
        files="add change choose",
        permissions=(
            *model_permissions("content", "source", "add change delete"),
            *model_permissions("content", "glossaryterm", "add change delete"),
            *model_permissions("content", "dangermessage", "add change delete"),
            *model_permissions("content", "searchmiss", "view change delete"),
            *model_permissions("content", "pagefeedback", "view delete"),
            *model_permissions("content", "brokenlink", "view"),
        ),
    ),
    TRANSLATORS: Grants(
        # Wagtail shows pages only to whoever holds some permission on them. This is the one that
        # changes nothing: translators look at the English pages and ask for translations of them.
        pages="unlock",
        translated_pages="change publish",
        files="choose",
        permissions=(
            *model_permissions("content", "source", "change"),
            *model_permissions("content", "glossaryterm", "change"),
            *model_permissions("content", "dangermessage", "change"),
            "wagtail_localize.submit_translation",
            "content.check_translation",
        ),
    ),
    FRONT_DESK: Grants(),
    # Everything but vouching for a translation, which only a translator can.
    SITE_MANAGERS: Grants(
        pages="add bulk_delete change lock publish unlock",
        files="add change choose",
        collections="add change delete",
        permissions=(
            *model_permissions("content", "source", "add change delete"),
            *model_permissions("content", "glossaryterm", "add change delete"),
            *model_permissions("content", "dangermessage", "add change delete"),
            *model_permissions("content", "searchmiss", "view change delete"),
            *model_permissions("content", "pagefeedback", "view delete"),
            *model_permissions("content", "brokenlink", "view"),
            *model_permissions("content", "clinicsettings", "change"),
            *model_permissions("auth", "user", "add change delete"),
            *model_permissions("auth", "group", "add change delete"),
            *model_permissions("wagtailcore", "site", "add change delete"),
            *model_permissions("wagtailcore", "locale", "add change delete"),
            *model_permissions("wagtailcore", "workflow", "add change delete"),
            *model_permissions("wagtailcore", "task", "add change delete"),
            *model_permissions("wagtailredirects", "redirect", "add change delete"),
            "wagtail_localize.submit_translation",
            "operations.view_health",
        ),
    ),
}


def set_up(apps):
    """Make the groups and grant each what stands above and exists by now."""
    make_permissions(apps)
    for name, grants in GROUPS.items():
        group, _made = apps.get_model("auth.Group").objects.get_or_create(name=name)
        names = ("wagtailadmin.access_admin", *grants.permissions)
        group.permissions.add(*find_permissions(apps, names))
        grant_files(apps, group, grants)
        root = apps.get_model("wagtailcore.Page").objects.filter(depth=1).first()
        grant_pages(apps, group, root, grants.pages)
    homes = apps.get_model("content.HomePage").objects
    for home in homes.exclude(locale__language_code=settings.LANGUAGE_CODE):
        let_translators_in(apps, home)


def make_permissions(apps):
    """Make the permissions of all models now: Django does so only after the last migration."""
    for config in installed.get_app_configs():
        create_permissions(config, apps=apps, verbosity=0)


def find_permissions(apps, names):
    permissions = apps.get_model("auth.Permission").objects
    for name in names:
        app_label, codename = name.split(".")
        yield from permissions.filter(content_type__app_label=app_label, codename=codename)[:1]


def grant_pages(apps, group, page, actions):
    """Allow these actions on a page and everything below it."""
    names = [f"wagtailcore.{action}_page" for action in actions.split()]
    for permission in find_permissions(apps, names):
        apps.get_model("wagtailcore.GroupPagePermission").objects.get_or_create(
            group_id=group.pk, page_id=page.pk, permission_id=permission.pk
        )


def let_translators_in(apps, home):
    """Allow translators to work on a language's pages, once it has a home page."""
    group = apps.get_model("auth.Group").objects.filter(name=TRANSLATORS).first()
    if group:
        grant_pages(apps, group, home, GROUPS[TRANSLATORS].translated_pages)


def grant_files(apps, group, grants):
    """Allow actions on images, documents and collections, in every collection."""
    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    names = [f"wagtailcore.{action}_collection" for action in grants.collections.split()]
    for action in grants.files.split():
        names += [f"wagtailimages.{action}_image", f"wagtaildocs.{action}_document"]
    for permission in find_permissions(apps, names):
        apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
            group_id=group.pk, collection_id=root.pk, permission_id=permission.pk
        )


def replace_wagtails_own(apps):
    """Turn the groups and the workflow that Wagtail comes with into ours, without their grants."""
    groups = apps.get_model("auth.Group").objects
    if not groups.filter(name=REVIEWERS).exists():
        groups.filter(name="Moderators").update(name=REVIEWERS)
    for group in groups.filter(name__in=[EDITORS, REVIEWERS]):
        group.permissions.clear()
        for model in ("GroupPagePermission", "GroupCollectionPermission"):
            apps.get_model("wagtailcore", model).objects.filter(group_id=group.pk).delete()
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name="Moderators approval").update(
            name=REVIEW
        )


def set_up_review(apps):
    """Make the one workflow: whatever editors submit, a clinical reviewer approves."""
    get_model = apps.get_model
    kind, _made = get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    task, _made = get_model("wagtailcore.GroupApprovalTask").objects.get_or_create(
        name=REVIEW, defaults={"content_type": kind}
    )
    task.groups.set(get_model("auth.Group").objects.filter(name=REVIEWERS))
    workflow, _made = get_model("wagtailcore.Workflow").objects.get_or_create(name=REVIEW)
    get_model("wagtailcore.WorkflowTask").objects.get_or_create(
        workflow_id=workflow.pk, task_id=task.task_ptr_id, defaults={"sort_order": 0}
    )
    root = get_model("wagtailcore.Page").objects.filter(depth=1).first()
    get_model("wagtailcore.WorkflowPage").objects.update_or_create(
        page_id=root.pk, defaults={"workflow_id": workflow.pk}
    )
