"""What each group of staff sees in the admin's menu, and in which language."""

import re

import pytest
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu
from wagtail.users.models import UserProfile


def menu_of(client):
    """The names of everything in the admin's menu."""
    page = client.get("/admin/").content.decode()
    return set(re.findall(r'"label": "([^"]+)"', page)) - {"Help", "Account", "Log out"}


@pytest.mark.parametrize(
    ("role", "sees", "does_not_see"),
    [
        ("Editors", {"Pages", "Images", "Documents", "Shared texts"}, {"Settings", "Users"}),
        ("Clinical reviewers", {"Pages", "Images", "Broken links"}, {"Settings", "Translations"}),
        ("Translators", {"Pages", "Shared texts", "Translations"}, {"Images", "Broken links"}),
        ("Site managers", {"Settings", "Users", "Groups", "Redirects", "Clinic"}, set()),
    ],
)
def test_a_role_sees_its_own_parts_of_the_menu(client, sign_in, role, sees, does_not_see):
    sign_in(role)

    menu = menu_of(client)

    assert sees <= menu
    assert not does_not_see & menu


@pytest.fixture
def new_menus():
    """The menus as a process has them before anybody has seen one."""

    def forget():
        for menu in (admin_menu, help_menu, reports_menu, settings_menu):
            vars(menu).pop("registered_menu_items", None)

    forget()
    yield
    forget()


@pytest.mark.parametrize(
    ("languages", "word"), [(["es", "en"], "Translations"), (["en", "es"], "Traducciones")]
)
def test_the_menu_speaks_each_readers_language_whoever_came_first(
    client, sign_in, new_menus, languages, word
):
    profile = UserProfile.objects.create(user=sign_in("Translators"))
    for profile.preferred_language in languages:
        profile.save()
        menu = menu_of(client)

    assert word in menu
    assert not [label for label in menu if "Wagtail" in label]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_language_of_whoever_came_first_shows_a_report_to_the_front_desk(
    client, sign_in, new_menus, language
):
    clerk = sign_in("Front desk")
    UserProfile.objects.create(user=clerk, preferred_language=language)

    assert not menu_of(client) & {"Translations", "Traducciones"}


def test_the_front_desk_sees_no_part_of_the_site_in_the_menu(client, sign_in):
    sign_in("Front desk")

    assert not menu_of(client) & {"Pages", "Images", "Documents", "Shared texts", "Reports"}
