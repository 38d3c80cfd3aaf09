"""The page that tells site managers what needs them."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from clinic_site.operations.models import TimerRun

PAGE = "/admin/reports/health/"


@pytest.fixture
def manager(db, client, django_user_model):
    user = django_user_model.objects.create_user("front-desk-no-manager")
    user.groups.add(Group.objects.get(name="Site managers"))
    client.force_login(user)
    return client


def test_a_site_manager_reads_what_needs_care_and_what_to_do(manager):
    text = manager.get(PAGE).content.decode()

    assert "Backup of the database" in text
    assert "It has never run." in text
    assert "Look at the timer of “manage.py backup”." in text
    assert "Needs care" in text


@pytest.mark.parametrize(
    ("of_the_server", "warns"), [("+1 (305) 555-0142", False), ("305-555-0199", True)]
)
def test_it_tells_when_error_pages_name_another_phone_number(
    manager, settings, of_the_server, warns
):
    settings.CLINIC_PHONE = of_the_server

    text = manager.get(PAGE).content.decode()

    assert (f"Pages say 305-555-0142, error pages say {of_the_server}." in text) is warns
    assert ("Pages and error pages name the same number." in text) is not warns


def test_what_is_well_is_called_so(manager):
    TimerRun.objects.create(name="backup", finished_at=timezone.now())

    text = manager.get(PAGE).content.decode()

    assert "It last ran " in text
    assert "Django 5.2" in text


def test_the_way_there_is_among_the_reports(manager):
    assert PAGE in manager.get("/admin/").content.decode()


def test_the_page_speaks_spanish_to_who_asks_for_it(manager):
    answer = manager.get(PAGE, headers={"accept-language": "es"})

    assert "Estado del sitio" in answer.content.decode()


def test_the_page_is_kept_by_nobody(manager):
    assert "no-store" in manager.get(PAGE).headers["Cache-Control"]


def test_others_are_turned_away(db, client, django_user_model):
    user = django_user_model.objects.create_user("front-desk-editor")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)

    answer = client.get(PAGE)

    assert (answer.status_code, answer.headers.get("Location")) in [(403, None), (302, "/admin/")]
