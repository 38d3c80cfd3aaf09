"""The first page of the admin says what waits for translators."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from content.models import (
    ConditionPage,
    DangerMessage,
    FAQIndexPage,
    QuestionPage,
)


def test_a_danger_message_behind_the_english_one_waits_for_translators(dashboard, english):
    original = DangerMessage.objects.filter(locale=english).first()
    spanish = original.get_translation(Locale.objects.get(language_code="es"))
    original.title = "New signs"
    original.save()

    shown = dashboard("Translators")

    assert "1 translation has older danger signs or side effects than the English" in shown
    assert f"/admin/snippets/content/dangermessage/edit/{spanish.pk}/" in shown
    assert "older danger signs" not in dashboard("Editors")


def test_a_page_behind_the_english_one_waits_for_translators(dashboard, home, french):
    home.copy_for_translation(french)
    index = home.condition_index.copy_for_translation(french, copy_parents=True)
    page = (
        ConditionPage.objects.filter(locale=home.locale)
        .first()
        .copy_for_translation(french, copy_parents=True)
    )
    page.save_revision().publish()
    assert index.locale == french
    ConditionPage.objects.filter(pk=page.pk).update(english_now="changed")

    shown = dashboard("Translators")

    assert "1 translation has older danger signs" in shown
    assert f"/admin/pages/{page.pk}/edit/" in shown


@pytest.fixture
def add_question(english):
    """A function that adds a live English question."""
    questions = FAQIndexPage.objects.get(locale=english)

    def add_question(title):
        return questions.add_child(instance=QuestionPage(title=title, summary="Ask us."))

    return add_question


def test_a_page_in_english_only_waits_for_translators_until_they_have_it(
    dashboard, client, admin_user, add_question
):
    assert "in English only" not in dashboard("Translators")
    page = add_question("May I fly?")
    send = reverse("wagtail_localize:submit_page_translation", args=[page.pk])

    shown = dashboard("Translators")

    assert "1 page is in English only" in shown
    assert f'href="{send}"' in shown
    assert client.get(send).status_code == 200
    assert "in English only" not in dashboard("Editors")
    client.force_login(admin_user)
    client.post(send, {"locales": [Locale.objects.get(language_code="es").pk]})
    assert "in English only" not in dashboard("Translators")
    assert "still to translate" in dashboard("Translators")


def test_a_draft_and_a_page_in_spanish_only_wait_for_no_translator(dashboard, add_question):
    add_question("May I fly?").unpublish()
    spanish = FAQIndexPage.objects.get(locale__language_code="es")
    spanish.add_child(instance=QuestionPage(title="¿Puedo volar?", summary="Pregunte."))

    assert "in English only" not in dashboard("Translators")


def test_a_spanish_copy_of_the_english_words_is_no_translation(dashboard, add_question):
    page = add_question("May I fly?")
    page.copy_for_translation(Locale.objects.get(language_code="es"), alias=True)

    assert "1 page is in English only" in dashboard("Translators")


def test_pages_in_english_only_are_found_in_one_query(dashboard, add_question):
    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            dashboard("Translators")
        return len(queries)

    add_question("May I fly?")
    dashboard("Translators")
    few = count_queries()
    for number in range(7):
        add_question(f"May I fly for {number} hours?")

    assert count_queries() == few
    assert "8 pages are in English only" in dashboard("Translators")


def test_untranslated_sentences_wait_for_translators(dashboard, home, french):
    translate_object(home, [french])

    shown = dashboard("Translators")

    assert "1 translation has sentences still to translate" in shown
    assert "/admin/localize/reports/translations/?waiting_for_translation=true" in shown


def test_a_page_that_changed_since_its_translation_began_waits_for_translators(
    dashboard, home, french
):
    translate_object(home, [french])
    translation = Translation.objects.get(target_locale=french)
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.update_or_create(
            locale=french,
            translation_of=segment.string,
            context=segment.context,
            defaults={"data": "mots"},
        )
    assert "changed in English" not in dashboard("Translators")
    home.headline = "New words"
    home.save_revision().publish()

    shown = dashboard("Translators")

    assert "1 page changed in English since its translation was begun" in shown
    assert f"/admin/localize/update/{translation.source_id}/" in shown
    assert "still to translate" not in shown
