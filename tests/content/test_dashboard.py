"""The first page of the admin says what is waiting, to whoever can act on it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from content.models import (
    BrokenLink,
    ClinicSettings,
    ConditionPage,
    DangerMessage,
    FAQIndexPage,
    GlossaryTerm,
    PageFeedback,
    QuestionPage,
    SearchMiss,
    Source,
)

NOTHING = "Nothing is waiting for you"


@pytest.fixture
def member(django_user_model):
    """A function that makes a member of a group."""

    def member(role, name="member"):
        user = django_user_model.objects.create_user(name)
        user.groups.add(Group.objects.get(name=role))
        return user

    return member


@pytest.fixture
def dashboard(client, member):
    """A function that returns what the first page shows a new member of a group."""
    members = {}

    def dashboard(role):
        members[role] = members.get(role) or member(role, role)
        client.force_login(members[role])
        page = client.get("/admin/").content.decode()
        return re.search(r'<section [^>]*id="waiting-section".*?</section>', page, re.DOTALL)[0]

    return dashboard


@pytest.fixture
def english(db):
    return Locale.get_default()


@pytest.fixture
def french(db):
    """A language that has no pages yet."""
    return Locale.objects.create(language_code="fr")


def submit(editor, *pages):
    for page in pages:
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)


def conditions(locale):
    return list(ConditionPage.objects.filter(locale=locale))


def test_the_title_is_the_clinics_name(client, member):
    client.force_login(member("Editors"))

    page = client.get("/admin/").content.decode()

    name = ClinicSettings.objects.get().name
    assert re.search(rf"<h1[^>]*>\s*{re.escape(name)}\s*</h1>", page)
    assert re.search(rf"<title>.*{re.escape(name)}\s*</title>", page)
    assert f"Sign in to {name}" in type(client)().get("/admin/login/").content.decode()


def test_the_front_desk_reads_that_nothing_is_waiting(dashboard):
    assert NOTHING in dashboard("Front desk")


def test_a_reviewer_reads_that_nothing_is_waiting_when_all_is_done(dashboard):
    assert NOTHING in dashboard("Clinical reviewers")


def test_submitted_pages_wait_for_the_reviewers_alone(dashboard, member, english):
    page = conditions(english)[0]
    submit(member("Editors"), page)

    assert "1 page waits for your review" in dashboard("Clinical reviewers")
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in dashboard("Clinical reviewers")
    assert "review" not in dashboard("Editors")


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
    page = conditions(home.locale)[0].copy_for_translation(french, copy_parents=True)
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


def test_searches_that_found_nothing_wait_for_editors(dashboard):
    SearchMiss.objects.create(language="en", terms="wry neck pain")

    assert "Readers searched for 1 thing and found nothing" in dashboard("Editors")
    assert "found nothing" not in dashboard("Translators")


@pytest.mark.parametrize(
    ("model", "values", "words"),
    [
        (Source, {"title": "A leaflet", "publisher": "A"}, "1 source is used by no page"),
        (GlossaryTerm, {"term": "Ptosis", "meaning": "A"}, "1 glossary term is used by no page"),
        (DangerMessage, {"title": "Signs", "signs": []}, "1 danger message is used by no page"),
    ],
)
def test_shared_texts_that_no_page_uses_wait_for_reviewers(
    dashboard, english, model, values, words
):
    item = model.objects.create(slug="unused", locale=english, **values)

    shown = dashboard("Clinical reviewers")

    assert words in shown
    assert f"/admin/snippets/content/{model._meta.model_name}/edit/{item.pk}/" in shown


def test_a_shared_text_that_one_language_uses_is_used_in_the_others(dashboard, french):
    used = Source.objects.first()
    used.copy_for_translation(french).save()

    assert "used by no page" not in dashboard("Clinical reviewers")


def test_broken_links_wait_for_editors(dashboard):
    BrokenLink.objects.create(url="https://example.org/gone", problem="The page is gone (404)")

    shown = dashboard("Editors")

    assert "1 link to another site was broken at the last check" in shown
    assert "/admin/reports/broken-links/" in shown


def test_recent_feedback_is_counted_and_old_feedback_is_not(dashboard, home):
    for is_helpful in (True, False, False):
        PageFeedback.objects.create(page=home.page_ptr, is_helpful=is_helpful)
    old = PageFeedback.objects.create(page=home.page_ptr, is_helpful=False)
    long_ago = timezone.localdate() - timedelta(days=31)
    PageFeedback.objects.filter(pk=old.pk).update(given_on=long_ago)

    shown = dashboard("Editors")

    assert "3 answers to “Was this page helpful?” in the last 30 days, 2 of them no" in shown
    assert "/admin/reports/feedback/" in shown


def fill_the_desk(number, editor, english):
    """Make more of everything that can wait."""
    pages = [page for page in conditions(english) if not page.workflow_in_progress]
    submit(editor, *pages[:number])
    for i in range(number):
        name = f"{number}-{i}"
        BrokenLink.objects.create(url=f"https://example.org/{name}", problem="Gone")
        SearchMiss.objects.create(language="en", terms=name)
        PageFeedback.objects.create(page=pages[0].page_ptr, is_helpful=False)
        Source.objects.create(slug=name, title=name, publisher="A", locale=english)


def test_the_more_there_is_waiting_the_queries_stay_the_same(client, member, english):
    editor, reviewer = member("Editors", "editor"), member("Clinical reviewers", "reviewer")

    def count_queries():
        client.force_login(reviewer)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return [query["sql"][:100] for query in queries.captured_queries]

    fill_the_desk(1, editor, english)
    count_queries()
    few = count_queries()
    fill_the_desk(6, editor, english)

    assert count_queries() == few
