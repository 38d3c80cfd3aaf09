"""Whoever may vouch for a translation finds the button for it where they edit; nobody else does."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from content.groups import EDITORS, TRANSLATORS
from content.models import ConditionPage, DangerMessage

EDIT_MESSAGE = "wagtailsnippets_content_dangermessage:edit"


@pytest.fixture
def spanish_page(db):
    return ConditionPage.objects.get(locale__language_code="es", slug="distonia")


@pytest.fixture
def message_behind(db):
    """A Spanish danger message whose English one has changed since."""
    original = DangerMessage.objects.filter(locale=Locale.get_default()).first()
    original.title = "After any botulinum toxin shot"
    original.save()
    return original.get_translation(Locale.objects.get(language_code="es"))


def offers(client, editing, check):
    answer = client.get(editing)
    assert answer.status_code == 200
    return f'href="{check}"' in answer.content.decode()


@pytest.mark.parametrize(("role", "is_offered"), [(TRANSLATORS, True), (EDITORS, False)])
def test_only_translators_are_offered_to_vouch_for_a_page(
    client, sign_in, spanish_page, role, is_offered
):
    sign_in(role)
    editing = reverse("wagtailadmin_pages:edit", args=[spanish_page.pk])
    check = reverse("check_translation", args=[spanish_page.pk])

    assert offers(client, editing, check) == is_offered


def test_an_english_page_is_no_translation_to_vouch_for(admin_client, spanish_page):
    page = spanish_page.english_original
    editing = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert not offers(admin_client, editing, reverse("check_translation", args=[page.pk]))


def test_translators_are_offered_to_vouch_for_a_message_that_is_behind(
    client, sign_in, message_behind
):
    sign_in(TRANSLATORS)
    editing = reverse(EDIT_MESSAGE, args=[message_behind.pk])
    check = reverse("check_translation_of_danger", args=[message_behind.pk])

    assert offers(client, editing, check)


def test_a_message_that_follows_the_english_one_needs_nobodys_word(client, sign_in, db):
    sign_in(TRANSLATORS)
    message = DangerMessage.objects.filter(locale__language_code="es").first()
    editing = reverse(EDIT_MESSAGE, args=[message.pk])

    assert not offers(client, editing, reverse("check_translation_of_danger", args=[message.pk]))
