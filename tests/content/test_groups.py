"""What each group of staff is granted, sees in the menu, and may do on the way to readers."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Task, Workflow

from clinic_site.appointments.roles import GRANTS
from content.groups import GROUPS, find_permissions, set_up, set_up_review
from content.models import ConditionPage, DangerMessage, HomePage

ACCOUNT_FORM = {
    "username": "somebody",
    "first_name": "Some",
    "last_name": "Body",
    "email": "somebody@example.org",
    "password1": "words of somebody",
    "password2": "words of somebody",
    "is_superuser": "on",
}


@pytest.fixture
def spanish_home(home):
    """A home page in a language that has none yet, with the translators let in."""
    french = Locale.objects.create(language_code="fr")
    return home.copy_for_translation(french)


@pytest.fixture
def condition(db):
    return ConditionPage.objects.get(slug="dystonia", locale=Locale.get_default())


def test_there_are_the_decided_groups_and_one_review(db):
    assert set(Group.objects.values_list("name", flat=True)) == {*GROUPS, *GRANTS}
    workflow = Workflow.objects.get()
    task = Task.objects.get().specific
    assert workflow.name == task.name == "Clinical review"
    assert [group.name for group in task.groups.all()] == ["Clinical reviewers"]
    assert [page.page.depth for page in workflow.workflow_pages.all()] == [1]


@pytest.mark.parametrize("role", GROUPS)
def test_every_permission_that_a_group_should_have_exists_and_is_granted(db, role):
    names = ["wagtailadmin.access_admin", *GROUPS[role].permissions, *GRANTS.get(role, [])]

    found = list(find_permissions(apps, names))

    assert len(found) == len(names)
    assert set(Group.objects.get(name=role).permissions.all()) == set(found)


def test_setting_up_again_changes_nothing_and_takes_nothing_away(db):
    desk = Group.objects.get(name="Front desk")
    desk.permissions.add(*find_permissions(apps, ["content.view_pagefeedback"]))
    before = list(GroupPagePermission.objects.values_list("pk", flat=True))

    set_up(apps)
    set_up_review(apps)

    assert desk.permissions.filter(codename="view_pagefeedback").exists()
    assert list(GroupPagePermission.objects.values_list("pk", flat=True)) == before
    assert Workflow.objects.count() == Task.objects.count() == 1


def test_translators_edit_and_publish_pages_in_their_language_alone(
    client, sign_in, spanish_home, home
):
    translator = sign_in("Translators")

    may = spanish_home.permissions_for_user(translator)
    assert may.can_edit()
    assert may.can_publish()
    assert not home.permissions_for_user(translator).can_edit()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[spanish_home.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 302


def test_translators_may_edit_the_spanish_pages(sign_in):
    translator = sign_in("Translators")
    spanish = HomePage.objects.get(locale__language_code="es")

    assert spanish.permissions_for_user(translator).can_publish()


def test_translators_may_change_a_translated_danger_message_but_not_the_english_one(
    client, sign_in
):
    original = DangerMessage.objects.filter(locale=Locale.get_default()).first()
    translated = original.copy_for_translation(Locale.objects.create(language_code="fr"))
    translated.save()
    sign_in("Translators")
    edit = "wagtailsnippets_content_dangermessage:edit"

    assert client.get(reverse(edit, args=[translated.pk])).status_code == 200
    assert client.get(reverse(edit, args=[original.pk])).headers["Location"] == "/admin/"


def test_editors_cannot_change_what_goes_live_without_review(client, sign_in):
    danger = DangerMessage.objects.first()
    sign_in("Editors")

    answer = client.post(
        reverse("wagtailsnippets_content_dangermessage:edit", args=[danger.pk]), {"title": "New"}
    )

    assert answer.headers["Location"] == "/admin/"
    assert DangerMessage.objects.get(pk=danger.pk).title == danger.title


def test_a_site_manager_cannot_make_an_administrator(client, sign_in, django_user_model):
    sign_in("Site managers")
    groups = [Group.objects.get(name="Editors").pk]

    client.post(reverse("wagtailusers_users:add"), ACCOUNT_FORM | {"groups": groups})

    assert django_user_model.objects.get(username="somebody").is_superuser is False


@pytest.mark.parametrize("box", [{}, {"is_superuser": "on"}])
def test_an_account_that_could_open_nothing_is_refused_with_what_to_do(
    client, sign_in, django_user_model, box
):
    """A site manager's tick in the box for administrators counts for nothing."""
    sign_in("Site managers")
    form = {name: value for name, value in ACCOUNT_FORM.items() if name != "is_superuser"}

    page = client.post(reverse("wagtailusers_users:add"), form | box).content.decode()

    assert not django_user_model.objects.filter(username="somebody").exists()
    assert "Open “Roles” and choose at least one group" in page.partition('id="tab-account"')[0]
    roles = page.partition('id="tab-roles"')[2]
    assert "Choose at least one group, so that this person can open something here." in roles


@pytest.fixture
def account(member):
    """An editor's account."""
    return member("Editors", "somebody")


NOT_ADMINISTRATOR = {k: v for k, v in ACCOUNT_FORM.items() if k != "is_superuser"}


def test_the_last_group_of_an_account_is_not_taken_away_by_a_slip(client, sign_in, account):
    sign_in("Site managers")
    edit = reverse("wagtailusers_users:edit", args=[account.pk])

    page = client.post(edit, NOT_ADMINISTRATOR | {"is_active": "on"}).content.decode()

    assert "Nothing was saved. Open “Roles”" in page.partition('id="tab-account"')[0]
    assert account.groups.exists()


def test_whoever_has_left_may_lose_all_groups(client, sign_in, account):
    sign_in("Site managers")

    client.post(reverse("wagtailusers_users:edit", args=[account.pk]), NOT_ADMINISTRATOR)

    account.refresh_from_db()
    assert not account.is_active
    assert not account.groups.exists()


def test_administrators_need_no_group_to_change_their_own_name(admin_client, admin_user):
    own = NOT_ADMINISTRATOR | {"username": admin_user.username, "password1": "", "password2": ""}

    admin_client.post(reverse("wagtailusers_users:edit", args=[admin_user.pk]), own)

    admin_user.refresh_from_db()
    assert admin_user.first_name == "Some"


def test_other_mistakes_in_a_new_account_send_nobody_to_the_roles(admin_client):
    page = admin_client.post(
        reverse("wagtailusers_users:add"), ACCOUNT_FORM | {"email": "none"}
    ).content.decode()

    assert "could not be created due to errors" in page
    assert "choose at least one group" not in page


def test_a_site_manager_cannot_become_one_through_another_account(
    client, sign_in, django_user_model
):
    member = django_user_model.objects.create_user("somebody")
    sign_in("Site managers")

    groups = [Group.objects.get(name="Editors").pk]
    edit = reverse("wagtailusers_users:edit", args=[member.pk])
    client.post(edit, ACCOUNT_FORM | {"groups": groups})

    member.refresh_from_db()
    assert member.first_name == "Some"
    assert member.is_superuser is False


def test_a_site_manager_cannot_take_over_an_administrators_account(
    client, sign_in, django_user_model
):
    admin = django_user_model.objects.create_superuser("somebody", password="as it was before")
    sign_in("Site managers")
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])

    client.post(reverse("wagtailusers_users:edit", args=[admin.pk]), ACCOUNT_FORM)
    client.post(f"{bulk}?id={admin.pk}", {"mark_as_active": "False"})

    admin.refresh_from_db()
    assert admin.is_active
    assert admin.check_password("as it was before")


def test_an_administrator_makes_another_one(admin_client, django_user_model):
    admin_client.post(reverse("wagtailusers_users:add"), ACCOUNT_FORM)

    assert django_user_model.objects.get(username="somebody").is_superuser


def test_an_administrator_sees_our_own_permissions_where_groups_are_edited(admin_client):
    group = Group.objects.get(name="Translators")

    page = admin_client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))

    offered = page.context["form"]["permissions"].field.queryset
    assert {"check_translation", "view_searchmiss", "view_pagefeedback", "view_brokenlink"} <= set(
        offered.values_list("codename", flat=True)
    )


def test_whoever_would_delete_a_shared_text_first_sees_how_often_it_is_used(client, sign_in):
    page = ConditionPage.objects.filter(locale=Locale.get_default()).exclude(dangers=[]).first()
    danger = page.specific.danger_messages[0]
    sign_in("Clinical reviewers")
    name = "wagtailsnippets_content_dangermessage"

    question = client.get(reverse(f"{name}:delete", args=[danger.pk])).content.decode()
    usage = client.get(reverse(f"{name}:usage", args=[danger.pk])).content.decode()

    assert re.search(r"referenced \d+ times?", question) or "Used" in question
    assert reverse(f"{name}:usage", args=[danger.pk]) in question
    assert page.title in usage
