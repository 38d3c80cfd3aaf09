"""A change shows at once on every page that it touches, and no other page is drawn again."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from wagtail.models import Page

from content.following import check_translation
from content.models import (
    BasePage,
    ClinicSettings,
    ConditionPage,
    DangerMessage,
    FAQIndexPage,
    GlossaryTerm,
    HomePage,
    QuestionPage,
    Source,
    StandardPage,
    TreatmentPage,
)
from content.telling_changes import pages_touched
from tests.appointments.drill import IS_LONG
from tests.page_cache.conftest import ask


def english(model, **filters):
    return model.objects.filter(locale__language_code="en", **filters).order_by("pk").first()


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def save(thing, **changes):
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.save()


def the_words_of_a_danger_message():
    save(english(DangerMessage), title="A new title of the danger")


def the_meaning_of_a_word():
    save(english(GlossaryTerm), meaning="A new meaning.")


def a_source():
    save(english(Source), title="A new title of the source")


def a_deleted_word():
    english(GlossaryTerm).delete()


def a_deleted_source():
    english(Source).delete()


def the_body_of_a_condition():
    publish(ConditionPage.objects.get(slug="dystonia"), summary="A new summary of the page.")


def the_title_of_a_condition():
    publish(ConditionPage.objects.get(slug="chronic-migraine"), title="A new title")


def an_unpublished_question():
    english(QuestionPage).unpublish()


def what_a_page_relates_to():
    page = TreatmentPage.objects.filter(locale__language_code="en").last()
    publish(page, related=[("page", english(ConditionPage))])


def a_new_question():
    relates_to = [("page", english(TreatmentPage))]
    page = QuestionPage(title="A new one?", slug="new", summary="Yes.", related=relates_to)
    english(FAQIndexPage).add_child(instance=page)
    page.save_revision().publish()


def a_deleted_condition():
    english(ConditionPage).delete()


def a_checked_translation():
    check_translation(ConditionPage.objects.filter(locale__language_code="es").first())


def the_clinics_name():
    save(ClinicSettings.load(), name="A clinic of another name")


def the_title_of_a_section():
    publish(english(StandardPage, slug="about"), title="All about us")


def a_new_section():
    page = StandardPage(title="Where to park", slug="parking", summary="Beside the door.")
    english(HomePage).add_child(instance=page)
    page.save_revision().publish()


def the_address_of_a_condition():
    publish(ConditionPage.objects.get(slug="dystonia"), slug="dystonia-moved")


def the_order_of_pages():
    home = english(HomePage)
    first, *_others, last = home.get_children()
    last.move(first, pos="left")


# Each change, and how many pages besides those that look different may be drawn again: lists and
# translations that show other parts of what changed. None: the change is for every page.
CHANGES = {
    the_words_of_a_danger_message: 0,
    the_meaning_of_a_word: 0,
    a_source: 0,
    a_deleted_word: 0,
    a_deleted_source: 0,
    the_body_of_a_condition: 12,
    the_title_of_a_condition: 30,
    an_unpublished_question: 20,
    what_a_page_relates_to: 25,
    a_new_question: 12,
    a_deleted_condition: 30,
    a_checked_translation: 12,
    the_clinics_name: None,
    the_title_of_a_section: None,
    a_new_section: None,
    the_address_of_a_condition: None,
    the_order_of_pages: None,
}


# In `make drill` every page is compared; else the lists, and one in so many of the rest.
ONE_IN = 1 if IS_LONG else 6


@pytest.fixture
def addresses(db):
    """Addresses to compare, those that only a change makes among them."""
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]
    found, lists = [p.url for p in pages], [p.url for p in pages if p.numchild]
    made = ["/en/questions/new/", "/en/conditions/dystonia-moved/", "/en/conditions/dystonia/"]
    return list(dict.fromkeys([*lists, *made, *found[::ONE_IN]]))


def look_at_all(site, addresses):
    answers = {address: ask(site, address) for address in addresses}
    return {address: (answer.status, answer.body) for address, answer in answers.items()}


class Counting:
    """The site, and the addresses that it drew."""

    def __init__(self):
        self.site, self.drawn = WSGIHandler(), set()

    def __call__(self, environ, start_response):
        self.drawn.add(environ["PATH_INFO"])
        return self.site(environ, start_response)


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_shows_on_exactly_the_pages_that_it_touches(
    change, journal, new_process, addresses, django_capture_on_commit_callbacks
):
    drawing = Counting()
    site = new_process(drawing)
    before = look_at_all(site, addresses)
    drawing.drawn.clear()

    with django_capture_on_commit_callbacks(execute=True):
        change()

    after, fresh = look_at_all(site, addresses), look_at_all(new_process(), addresses)
    outdated = [address for address in addresses if after[address] != fresh[address]]
    assert outdated == []
    changed = {address for address in addresses if fresh[address] != before[address]}
    never_kept = {address for address in addresses if before[address][0] != 200}
    needless = drawing.drawn - changed - never_kept
    assert changed or ONE_IN > 1
    if CHANGES[change] is not None:
        assert len(needless) <= CHANGES[change], sorted(needless)


def test_without_the_journal_readers_would_see_the_old_page(
    journal, new_process, django_capture_on_commit_callbacks
):
    site = new_process()
    ask(site, "/en/conditions/dystonia/")
    receivers, pages_touched.receivers = pages_touched.receivers, []
    pages_touched.sender_receivers_cache.clear()

    with django_capture_on_commit_callbacks(execute=True):
        the_body_of_a_condition()

    pages_touched.receivers = receivers
    assert "A new summary" not in ask(site, "/en/conditions/dystonia/").text


def test_a_draft_changes_nothing_for_readers(
    journal, new_process, django_capture_on_commit_callbacks
):
    drawing = Counting()
    site, page = new_process(drawing), ConditionPage.objects.get(slug="dystonia")
    ask(site, page.url)
    drawing.drawn.clear()

    with django_capture_on_commit_callbacks(execute=True):
        page.summary = "Not for readers yet."
        page.save_revision()

    assert "Not for readers" not in ask(site, page.url).text
    assert not drawing.drawn


class ChangesMeanwhile:
    """The site, on which an editor publishes just after a page was drawn and before it is kept."""

    def __init__(self, publish):
        self.site, self.publish = WSGIHandler(), publish

    def __call__(self, environ, start_response):
        answer = self.site(environ, start_response)
        self.publish()
        return answer


@pytest.mark.parametrize("protected", [True, False])
def test_a_page_that_changed_while_it_was_drawn_is_not_kept(
    protected, journal, new_process, django_capture_on_commit_callbacks
):
    def publish_now():
        with django_capture_on_commit_callbacks(execute=True):
            the_body_of_a_condition()
        site.memory.look()
        if not protected:
            site.memory.heard_in_all = -1

    site = new_process(ChangesMeanwhile(publish_now))
    ask(site, "/en/conditions/dystonia/")
    site.site = WSGIHandler()

    is_new = "A new summary" in ask(site, "/en/conditions/dystonia/").text

    assert is_new == protected


def test_a_page_that_another_no_longer_relates_to_is_drawn_again(
    db, journal, django_capture_on_commit_callbacks
):
    """It names the pages that relate to it."""
    page, related = english(TreatmentPage), english(ConditionPage)
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, related=[("page", related)])
    journal.read()

    with django_capture_on_commit_callbacks(execute=True):
        publish(page, related=[])

    assert any(related.pk in touched.pages for touched in journal.read())


def test_a_page_that_names_a_deleted_one_is_drawn_again(
    db, journal, django_capture_on_commit_callbacks
):
    page, related = english(TreatmentPage), english(QuestionPage)
    with django_capture_on_commit_callbacks(execute=True):
        publish(related, related=[])
        publish(page, related=[("page", related)])
    journal.read()

    with django_capture_on_commit_callbacks(execute=True):
        related.delete()

    told = journal.read()
    assert any(page.pk in touched.pages for touched in told)
    assert any(related.pk in touched.renamed for touched in told)
