"""A translator works segment by segment, and sees what went stale after an English edit."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation

from content.models import ConditionPage, FAQIndexPage, QuestionPage, SearchMiss
from content.starter.adopting import adopt, pages_to_adopt

pytestmark = pytest.mark.slow


@pytest.fixture
def english(db):
    return ConditionPage.objects.get(slug="dystonia")


@pytest.fixture
def spanish(english):
    """The seeded Spanish page, known to the translation editor."""
    page = english.get_translations().get()
    adopt(page)
    return page


@pytest.fixture
def translation(spanish):
    return Translation.objects.get(source__object_id=spanish.translation_key)


def change_english_text(english, words):
    text = next(child.value for child in english.body if child.block_type == "text")
    text["lead"] = words
    english.save_revision().publish()


def update_source(client, translation):
    return client.post(
        reverse("wagtail_localize:update_translations", args=[translation.source_id]),
        {"publish_translations": ""},
    )


def translate(client, translation, segment, words):
    answer = client.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        urlencode({"value": words}),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (200, 201)


def test_every_seeded_segment_is_already_translated(spanish, translation):
    total, translated = translation.get_progress()

    assert total > 50
    assert translated == total


def test_pages_are_taken_over_once(spanish):
    assert spanish.pk not in [page.pk for page in pages_to_adopt()]


def test_the_spanish_page_opens_in_the_translation_editor(admin_client, spanish, translation):
    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[spanish.pk]))

    assert answer.status_code == 200
    assert answer.context["translation"] == translation
    segments = StringSegment.objects.filter(source=translation.source)
    assert not segments.filter(context__path__endswith="ledger").exists()


def test_an_english_edit_leaves_one_stale_segment_and_the_published_page_as_it_was(
    admin_client, english, spanish, translation
):
    before = admin_client.get(spanish.url).content
    change_english_text(english, "A new first sentence about dystonia.")

    update_source(admin_client, translation)

    total, translated = translation.get_progress()
    assert total - translated == 1
    assert b"A new first sentence" not in admin_client.get(spanish.url).content
    assert spanish.summary.encode() in before


def test_translating_the_stale_segment_and_publishing_updates_the_page(
    admin_client, english, spanish, translation
):
    change_english_text(english, "A new first sentence about dystonia.")
    update_source(admin_client, translation)
    segment = StringSegment.objects.get(
        source=translation.source, string__data="A new first sentence about dystonia."
    )

    translate(admin_client, translation, segment, "Una nueva primera frase sobre la distonía.")
    answer = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[spanish.pk]), {"action": "publish"}
    )

    assert answer.status_code == 302
    text = admin_client.get(spanish.url).content.decode()
    assert "Una nueva primera frase sobre la distonía." in text
    assert spanish.summary in text
    assert "/es/enfermedades/distonia/" in text
    assert 'href="/en/conditions/' not in text.replace(f'href="{english.url}"', "")


def test_nobody_publishes_the_english_of_what_changed_on_a_page_that_readers_have(
    admin_client, english, spanish, translation
):
    sync = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    change_english_text(english, "A new first sentence about dystonia.")
    assert "publish_translations" not in admin_client.get(sync).content.decode()
    update_source(admin_client, translation)

    answer = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[spanish.pk]), {"action": "publish"}, follow=True
    )

    assert "1 part of this page is still in English" in answer.content.decode()
    assert "A new first sentence" not in admin_client.get(spanish.url).content.decode()


@pytest.mark.parametrize("role", ["Editors", "Translators", "Site managers"])
def test_nobody_turns_a_translation_that_readers_have_into_english(
    client, sign_in, spanish, translation, role
):
    sign_in(role)
    edit = reverse("wagtailadmin_pages:edit", args=[spanish.pk])
    turn = reverse("wagtail_localize:convert_to_alias", args=[spanish.pk])

    answer = client.post(turn)

    assert answer.headers["Location"] == "/admin/"
    assert "<h1>Distonía</h1>" in client.get(spanish.url).content.decode()
    assert turn not in client.get(edit).content.decode()

    Translation.objects.update(enabled=False)
    page = client.get(edit).content.decode()
    assert "Start Synced translation" in page
    assert "localize-convert-to-alias" not in page


@pytest.fixture
def draft(admin_client, spanish):
    """A Spanish page that was sent to the translators, and of which they wrote nothing."""
    questions = FAQIndexPage.objects.get(locale__language_code="en")
    english = questions.add_child(instance=QuestionPage(title="May I fly?", summary="Ask us."))
    send = reverse("wagtail_localize:submit_page_translation", args=[english.pk])
    admin_client.post(send, {"locales": [spanish.locale_id]})
    return english.get_translations().get()


def publish_many(client, pages, **answers):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{bulk}?{ids}&next=/admin/", answers, follow=True).content.decode()


@pytest.mark.parametrize("below", [{}, {"include_descendants": "on"}])
def test_many_pages_are_published_only_when_each_of_them_is_translated(
    admin_client, client, spanish, draft, below
):
    spanish.unpublish()
    chosen = draft.get_parent() if below else draft

    answer = publish_many(admin_client, [spanish, chosen], **below)

    assert "Parts of these pages are still in English: “May I fly?”." in answer
    assert client.get(draft.url).status_code == 404
    assert client.get(spanish.url).status_code == 404

    publish_many(admin_client, [spanish])
    assert client.get(spanish.url).status_code == 200


def test_a_page_sent_to_the_translators_is_shown_once_all_of_it_is_translated(
    admin_client, client, django_capture_on_commit_callbacks
):
    questions = FAQIndexPage.objects.get(locale__language_code="en")
    english = QuestionPage(title="May I fly?", summary="Ask us before you plan a flight.")
    questions.add_child(instance=english)

    def post(address, data):
        # The translation editor publishes once its changes are committed.
        with django_capture_on_commit_callbacks(execute=True):
            return admin_client.post(address, data, follow=True)

    post(
        reverse("wagtail_localize:submit_page_translation", args=[english.pk]),
        {"locales": [Locale.objects.get(language_code="es").pk]},
    )
    spanish = english.get_translations().get()
    [translation] = Translation.objects.filter(source__object_id=english.translation_key)
    edit = reverse("wagtailadmin_pages:edit", args=[spanish.pk])

    assert client.get(spanish.url).status_code == 404
    assert "May I fly?" not in client.get(spanish.get_parent().url).content.decode()

    first, *others = StringSegment.objects.filter(source=translation.source)
    for number, segment in enumerate(others):
        translate(admin_client, translation, segment, f"otra-{number}")
    answer = post(edit, {"action": "publish"})

    assert "1 part of this page is still in English" in answer.content.decode()
    assert client.get(spanish.url).status_code == 404

    translate(admin_client, translation, first, "la-primera")
    post(edit, {"action": "publish"})
    spanish.refresh_from_db()

    assert client.get(spanish.url).status_code == 200


def test_a_name_added_to_a_translation_outlasts_its_next_publication(admin_client, spanish):
    """The translation editor writes the page anew from what it knows."""
    miss = SearchMiss.objects.create(terms="palabreja", language="es")
    admin_client.post(reverse("name_page", args=[miss.pk]), {"page": spanish.pk})

    admin_client.post(reverse("wagtailadmin_pages:edit", args=[spanish.pk]), {"action": "publish"})

    spanish.refresh_from_db()
    assert spanish.other_names[-1] == "palabreja"
