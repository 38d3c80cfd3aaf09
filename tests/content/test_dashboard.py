"""The first page of the admin says what is waiting, to whoever can act on it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content.models import (
    BrokenLink,
    ClinicSettings,
    ConditionPage,
    DangerMessage,
    GlossaryTerm,
    PageFeedback,
    SearchMiss,
    Source,
)

NOTHING = "Nothing is waiting for you"


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
