"""What a translation shows of its original is never outdated for whoever reads it next."""

import json

import pytest
from django.db import transaction
from django.urls import reverse

from content.models import ConditionPage, GlossaryTerm, TreatmentPage
from content.telling_changes import pages_touched
from tests.page_cache.conftest import ask

NOTICE = 'class="english-notice"'


@pytest.fixture
def english(db):
    return TreatmentPage.objects.get(slug="botulinum-toxin-therapy", locale__language_code="en")


@pytest.fixture
def spanish(english):
    return english.get_translations().get()


@pytest.fixture
def every_moment(monkeypatch):
    """Each step of publishing is there for all to read at once, as it is outside of tests."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


@pytest.fixture
def hasty_reader(journal, new_process, spanish, every_moment):
    """The site, and a reader who asks for the Spanish page as soon as anything was touched."""
    site = new_process()

    def read(**kwargs):
        ask(site, spanish.url)

    read()
    pages_touched.connect(read)
    yield site
    pages_touched.disconnect(read)


def change_side_effects(page, words):
    effects = next(child.value for child in page.body if child.block_type == "side_effects")
    effects["common"] = [words]
    page.save_revision().publish()


def test_the_new_side_effects_reach_whoever_reads_the_translation_next(
    hasty_reader, english, spanish
):
    change_side_effects(english, "a new side effect")

    assert "a new side effect" in ask(hasty_reader, spanish.url).text


def test_a_translation_that_caught_up_reaches_whoever_reads_it_next(hasty_reader, english, spanish):
    change_side_effects(english, "a new side effect")
    spanish.refresh_from_db()

    change_side_effects(spanish, "un efecto nuevo")

    text = ask(hasty_reader, spanish.url).text
    assert "un efecto nuevo" in text
    assert NOTICE not in text


def test_a_check_reaches_whoever_reads_the_translation_next(
    journal, spanish, admin_client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("check_translation", args=[spanish.pk]))

    assert any(spanish.pk in touched.pages for touched in journal.read())


def test_a_changed_term_reaches_the_readers_to_whom_it_is_shown_for_its_translation(
    journal, new_process, english, spanish, django_capture_on_commit_callbacks
):
    term = GlossaryTerm.objects.create(
        term="Tremor", slug="new", meaning="A shaking.", locale=english.locale
    )
    copy = term.copy_for_translation(spanish.locale)
    copy.save()
    page = ConditionPage.objects.get(slug="distonia")
    words = f'<p><a linktype="glossary" id="{copy.pk}">temblor</a></p>'
    page.body = json.dumps([{"type": "text", "value": {"heading": "Uno", "body": words}}])
    page.save_revision().publish()
    site = new_process()
    assert "A shaking." in ask(site, page.url).text

    with django_capture_on_commit_callbacks(execute=True):
        term.meaning = "A shaking that nobody wants."
        term.save()

    assert "A shaking that nobody wants." in ask(site, page.url).text
