"""Nobody reads an outdated danger sign in silence, and no translation is vouched for by itself."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from wagtail.log_actions import registry as log_actions
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry
from wagtail.users.models import UserProfile

from content.models import BasePage, DangerMessage, HomePage, TreatmentIndexPage, TreatmentPage

NOTICE = 'class="english-notice"'


@pytest.fixture
def spanish(db):
    return Locale.objects.get(language_code="es")


@pytest.fixture
def english(db):
    return TreatmentPage.objects.get(slug="botulinum-toxin-therapy")


@pytest.fixture
def translation(english, spanish):
    """A Spanish treatment page of our own, whose side effects are translated."""
    for page in (HomePage, TreatmentIndexPage):
        original = page.objects.get(locale__language_code="en")
        if not original.has_translation(spanish):
            copy = original.copy_for_translation(spanish)
            copy.save_revision().publish()
    TreatmentPage.objects.filter(locale=spanish, translation_key=english.translation_key).delete()
    page = TreatmentPage.objects.get(pk=english.copy_for_translation(spanish).pk)
    page.title, page.slug = "Terapia", "terapia-de-prueba"
    side_effects_of(page)["common"] = ["molestia leve"]
    page.save_revision().publish()
    return TreatmentPage.objects.get(pk=page.pk)


def side_effects_of(page):
    return next(child.value for child in page.body if child.block_type == "side_effects")


def text_of(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def change_english_side_effects(english):
    side_effects_of(english)["common"] = ["a new side effect"]
    english.save_revision().publish()


def test_a_translation_that_follows_is_shown_as_it_is(client, translation):
    text = text_of(client, translation)

    assert "molestia leve" in text
    assert NOTICE not in text


def test_changed_side_effects_are_shown_in_english_until_the_translation_catches_up(
    client, english, translation
):
    change_english_side_effects(english)

    text = text_of(client, translation)
    assert "a new side effect" in text
    assert "molestia leve" not in text
    assert NOTICE in text
    assert '<div class="flow" lang="en">' in text

    translation.refresh_from_db()
    side_effects_of(translation)["common"] = ["un efecto nuevo"]
    translation.save_revision().publish()
    text = text_of(client, translation)
    assert "un efecto nuevo" in text
    assert NOTICE not in text


def test_another_change_to_the_translation_is_no_catching_up(client, english, translation):
    change_english_side_effects(english)

    translation.refresh_from_db()
    translation.title = "Otra terapia"
    translation.save_revision().publish()

    assert NOTICE in text_of(client, translation)


def test_publishing_an_old_revision_again_is_no_catching_up(client, english, translation):
    old = translation.latest_revision
    change_english_side_effects(english)

    old.publish()

    assert NOTICE in text_of(client, translation)


def test_an_english_change_elsewhere_leaves_the_translation_alone(client, english, translation):
    english.title = "Another title"
    english.save_revision().publish()

    assert NOTICE not in text_of(client, translation)


@pytest.fixture
def danger(english, translation, spanish):
    """The Spanish message on the translated page, and its English original."""
    original = side_effects_of(english)["danger"]
    message = original.get_translation_or_none(spanish) or original.copy_for_translation(spanish)
    message.title = "Después de la inyección"
    message.save()
    side_effects_of(translation)["danger"] = message
    translation.save_revision().publish()
    return message


def test_a_changed_danger_message_is_shown_in_english(client, danger, translation):
    assert "Después de la inyección" in text_of(client, translation)
    original = danger.get_translation(Locale.get_default())
    original.title = "After any botulinum toxin shot"
    original.save()

    text = text_of(client, translation)
    assert "After any botulinum toxin shot" in text
    assert "Después de la inyección" not in text
    assert NOTICE in text

    message = DangerMessage.objects.get(pk=danger.pk)
    message.title = "Después de cualquier inyección"
    message.save()
    text = text_of(client, translation)
    assert "Después de cualquier inyección" in text
    assert NOTICE not in text


def test_a_translation_that_is_behind_outlives_its_original(client, english, translation):
    change_english_side_effects(english)
    english.delete()

    text = text_of(client, translation)

    assert "molestia leve" in text
    assert NOTICE not in text


UNCHECKED = "Un traductor calificado todavía no ha revisado esta traducción"


@pytest.fixture
def translator(db, client):
    user = User.objects.create_user("translator", password="x")
    names = ["access_admin", "check_translation", "change_page", "view_page"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def test_a_translation_is_unchecked_until_a_translator_says_otherwise(
    client, translation, translator
):
    assert UNCHECKED in text_of(client, translation)
    url = reverse("check_translation", args=[translation.pk])

    assert client.get(url).status_code == 200
    assert UNCHECKED in text_of(client, translation)
    client.post(url)

    text = text_of(client, translation)
    assert UNCHECKED not in text
    assert "Traducción revisada por un traductor calificado" in text


@pytest.mark.parametrize("field", ["title", "summary", "also_called"])
def test_a_check_lapses_when_the_words_change(client, translation, translator, field):
    client.post(reverse("check_translation", args=[translation.pk]))

    translation.refresh_from_db()
    setattr(translation, field, "Otras palabras.")
    translation.save_revision().publish()

    assert UNCHECKED in text_of(client, translation)


def test_a_check_lapses_when_the_headline_of_the_home_page_changes(client, spanish, translator):
    page = HomePage.objects.get(locale=spanish)
    client.post(reverse("check_translation", args=[page.pk]))
    assert UNCHECKED not in text_of(client, page)

    page.refresh_from_db()
    page.headline = "Otras palabras."
    page.save_revision().publish()

    assert UNCHECKED in text_of(client, page)


def test_a_check_stands_while_the_words_stay(client, translation, translator):
    client.post(reverse("check_translation", args=[translation.pk]))

    translation.refresh_from_db()
    translation.show_in_menus = True
    translation.save_revision().publish()

    assert UNCHECKED not in text_of(client, translation)


def test_nobody_vouches_for_the_starter_content(db):
    assert [
        page.title
        for page in Page.objects.specific()
        if isinstance(page, BasePage) and page.checked_text
    ] == []


def test_a_translation_is_vouched_for_after_its_original(client, english, translation, translator):
    change_english_side_effects(english)
    english.delete()
    url = reverse("check_translation", args=[translation.pk])

    assert "Its English original was deleted" in client.get(url).content.decode()
    client.post(url)

    translation.refresh_from_db()
    assert translation.is_checked_translation
    assert not translation.is_behind_english


def vouched_by(user):
    """Entries of the log: tests in a browser leave theirs behind."""
    return {"action": "content.check_translation", "user": user}


def test_a_danger_message_is_vouched_for_after_its_original(client, danger, translator):
    original = danger.get_translation(Locale.get_default())
    original.title = "After any botulinum toxin shot"
    original.save()
    original.delete()
    url = reverse("check_translation_of_danger", args=[danger.pk])

    assert "Its English original was deleted" in client.get(url).content.decode()
    client.post(url)

    assert not DangerMessage.objects.get(pk=danger.pk).is_behind_english
    assert ModelLogEntry.objects.filter(**vouched_by(translator)).count() == 1


def test_there_is_nothing_to_vouch_for_in_a_message_that_follows_its_original(
    client, danger, translator
):
    url = reverse("check_translation_of_danger", args=[danger.pk])

    answer = client.post(url)

    assert answer.status_code == 302
    assert not ModelLogEntry.objects.filter(**vouched_by(translator)).exists()


def test_nobody_vouches_for_a_page_whose_draft_they_may_have_read(client, translation, translator):
    translation.summary = "Un borrador."
    translation.save_revision()

    client.post(reverse("check_translation", args=[translation.pk]))

    assert UNCHECKED in text_of(client, translation)


def test_nobody_vouches_for_an_original(client, english, translator):
    answer = client.post(reverse("check_translation", args=[english.pk]))

    assert answer.status_code == 302
    assert not PageLogEntry.objects.filter(**vouched_by(translator)).exists()


def test_nobody_without_the_permission_vouches(client, translation, db):
    client.force_login(User.objects.create_user("other", password="x"))

    client.post(reverse("check_translation", args=[translation.pk]))

    translation.refresh_from_db()
    assert not translation.is_checked_translation


def test_an_english_page_has_no_translation_state(client, english):
    assert "qualified translator" not in text_of(client, english)


@pytest.fixture
def new_process(monkeypatch):
    """What the admin calls each act, as a process has it before anybody has looked."""
    monkeypatch.setattr(log_actions, "has_scanned_for_actions", False)
    monkeypatch.setattr(log_actions, "formatters", {})
    monkeypatch.setattr(log_actions, "choices", [])


@pytest.mark.parametrize(
    ("languages", "words"),
    [(["es", "en"], "Translation checked"), (["en", "es"], "Traducción revisada")],
)
def test_the_history_names_the_check_in_each_readers_language_whoever_came_first(
    admin_client, admin_user, translation, new_process, languages, words
):
    profile = UserProfile.objects.create(user=admin_user, preferred_language=languages[0])
    admin_client.post(reverse("check_translation", args=[translation.pk]))
    history = reverse("wagtailadmin_pages:history", args=[translation.pk])
    for profile.preferred_language in languages:
        profile.save()
        shown = admin_client.get(history).content.decode()

    assert words in shown
