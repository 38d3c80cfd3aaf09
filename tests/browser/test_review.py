"""An editor submits a page, a clinical reviewer publishes it."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect
from wagtail.models import Locale, Page

from content.models import ConditionPage
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser

PASSWORD = "what staff type here"
NEW_WORDS = "Two or three words that a clinician approved."


@pytest.fixture
def staff(db, django_user_model):
    """An editor and a reviewer, who go when the test is over."""
    users = []
    for name, role in [("edna", "Editors"), ("rhea", "Clinical reviewers")]:
        user = django_user_model.objects.create_user(name, password=PASSWORD)
        user.groups.add(Group.objects.get(name=role))
        users.append(user)
    yield users
    for user in users:
        user.delete()


@pytest.fixture
def condition(db):
    """A page of the seeded site, put back as it was."""
    page = ConditionPage.objects.get(slug="dystonia", locale=Locale.get_default())
    summary, seen = page.summary, list(page.revisions.values_list("pk", flat=True))
    yield page
    page = ConditionPage.objects.get(pk=page.pk)
    page.workflow_states.all().delete()
    page.summary = summary
    page.save_revision().publish()
    page.revisions.exclude(pk__in=[*seen, page.latest_revision_id, page.live_revision_id]).delete()


@pytest.fixture
def desk(new_page, staff):
    """A function that signs somebody in and returns their first page of the admin."""

    def open_desk(name):
        desk = new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        sign_in(desk, User.objects.get(username=name), PASSWORD)
        expect(desk.get_by_role("navigation", name="Main menu")).to_be_visible()
        return desk

    return open_desk


def choose_action(form, name):
    form.get_by_role("button", name="More actions").click()
    form.get_by_role("button", name=name, exact=True).click()


def test_an_editor_submits_and_a_reviewer_publishes(condition, desk, new_page):
    editor = desk("edna")
    editor.goto(f"/admin/pages/{condition.pk}/edit/")
    editor.locator("#id_summary").fill(NEW_WORDS)
    editor.get_by_role("button", name="More actions").click()
    expect(editor.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    editor.get_by_role("button", name="Submit to Clinical review").click()
    expect(editor.locator(".messages .success")).to_contain_text("submitted for moderation")

    reader = new_page()
    reader.goto(condition.url)
    expect(reader.get_by_text(NEW_WORDS)).to_have_count(0)

    reviewer = desk("rhea")
    waiting = reviewer.locator("#waiting-section")
    expect(waiting).to_contain_text("1 page waits for your review")
    waiting.get_by_role("link", name=condition.title, exact=True).click()
    choose_action(reviewer, "Approve and Publish")
    expect(reviewer.locator(".messages .success")).to_be_visible()

    reader.reload()
    expect(reader.get_by_text(NEW_WORDS).first).to_be_visible()
    assert not Page.objects.get(pk=condition.pk).has_unpublished_changes
