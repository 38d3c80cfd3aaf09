"""Staff at their desks, and a site that is left as they found it."""

from contextlib import contextmanager

from django.contrib.auth.models import Group, User
from playwright.sync_api import expect
from wagtail.models import Page

from tests.browser.signing_in import sign_in

PASSWORD = "what staff type here"
# A busy machine takes its time to publish a page and index it anew.
PATIENCE = 20_000


@contextmanager
def member_of(group):
    """A member of a group of staff, who goes when the test is over."""
    user = User.objects.create_user(group.lower().replace(" ", "-"), password=PASSWORD)
    user.groups.add(Group.objects.get(name=group))
    yield user
    user.delete()


def sit_down(new_page, user):
    """The first page of the admin, after signing in."""
    desk = new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    sign_in(desk, user, PASSWORD)
    expect(desk.get_by_role("navigation", name="Main menu")).to_be_visible()
    return desk


def expect_success(desk, words):
    """Wait until the admin says that it is done."""
    expect(desk.locator(".messages .success")).to_contain_text(words, timeout=PATIENCE)


@contextmanager
def put_back(*items):
    """Leave these pages and shared texts, with what is known of their translations, as they were."""
    before = [(item, type(item).objects.filter(pk=item.pk).values().get()) for item in items]
    revisions = [list(item.revisions.all()) if isinstance(item, Page) else [] for item in items]
    yield
    for (item, values), seen in zip(before, revisions, strict=True):
        type(item).objects.filter(pk=item.pk).update(**values)
        if isinstance(item, Page):
            item.workflow_states.all().delete()
            item.revisions.exclude(pk__in=[revision.pk for revision in seen]).delete()
        # For the indexes of search and of references.
        type(item).objects.get(pk=item.pk).save()
        type(item).objects.filter(pk=item.pk).update(**values)
