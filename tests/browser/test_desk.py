"""What staff find waiting, and the warnings and shortcuts of their work."""

from contextlib import ExitStack

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect
from wagtail.contrib.redirects.models import Redirect

from content.groups import EDITORS, FRONT_DESK, REVIEWERS, SITE_MANAGERS, TRANSLATORS
from content.linking_pages import pages_linking_to
from content.models import (
    BrokenLink,
    ConditionPage,
    DangerMessage,
    PageFeedback,
    SearchMiss,
    Source,
)
from tests.browser.desks import expect_success, member_of, put_back, sit_down

pytestmark = pytest.mark.browser

WORDS = "wobblehead"
REPORTS = {
    "Readers searched for 1 thing and found nothing",
    "1 link to another site was broken at the last check",
    "1 answer to “Was this page helpful?” in the last 30 days, 1 of them no",
}
REVIEW = {"1 page waits for your review"}
UNUSED = {"1 source is used by no page"}
BEHIND = {"1 translation has older danger signs or side effects than the English"}
WAITING = {
    EDITORS: REPORTS | UNUSED,
    REVIEWERS: REPORTS | REVIEW | UNUSED,
    TRANSLATORS: BEHIND,
    FRONT_DESK: set(),
    SITE_MANAGERS: REPORTS | UNUSED | BEHIND,
}


@pytest.fixture
def desk(server, new_page):
    """A function that seats a member of a group at the admin, until the test is over."""
    with ExitStack() as seated:
        yield lambda group: sit_down(new_page, seated.enter_context(member_of(group)))


@pytest.fixture
def condition(server):
    """A page of the seeded site, put back as it was."""
    page = ConditionPage.objects.get(slug="dystonia", locale__language_code="en")
    with put_back(page, page.get_translations().get().specific):
        yield page
    Redirect.objects.all().delete()


@pytest.fixture
def waiting_things(condition):
    """One of everything that can wait."""
    condition.save_revision()
    condition.get_workflow().start(condition, None)
    SearchMiss.objects.create(language="en", terms=WORDS)
    PageFeedback.objects.create(page=condition.page_ptr, is_helpful=False)
    link = BrokenLink.objects.create(url="https://example.org/gone", problem="Gone")
    source = Source.objects.create(slug="unused", title="A", publisher="A", locale=condition.locale)
    danger = DangerMessage.objects.get(slug="after-injection", locale=condition.locale)
    with put_back(danger.get_translations().get(), danger):
        danger.title = "After any of these shots"
        danger.save()
        yield
    link.delete()
    source.delete()


@pytest.mark.parametrize(("group", "expected"), WAITING.items(), ids=WAITING)
def test_the_first_page_says_what_waits_and_leads_there(waiting_things, desk, group, expected):
    page = desk(group)
    waiting = page.locator("#waiting-section")

    assert set(waiting.locator(".waiting__text").all_inner_texts()) == expected
    expect(waiting.get_by_text("Nothing is waiting")).to_have_count(0 if expected else 1)
    addresses = waiting.locator(".waiting a").evaluate_all("(all) => all.map((link) => link.href)")
    assert len(addresses) >= len(expected)
    for address in addresses:
        answer = page.goto(address)
        assert (answer.status, answer.url) == (200, address)
        expect(page.locator(".messages .error")).to_have_count(0)


def test_the_pages_that_lead_to_one_are_named_before_it_is_unpublished(condition, desk, new_page):
    linking = pages_linking_to(condition)
    page = desk(REVIEWERS)
    page.goto(f"/admin/pages/{condition.pk}/edit/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Unpublish", exact=True).click()

    warning = page.locator(
        ".help-warning", has_text=f"{len(linking)} pages link to “{condition.title}”"
    )
    for other in linking:
        expect(warning.get_by_role("link", name=other.title, exact=True).first).to_be_visible()
    spanish = condition.get_translations().get()
    along = page.locator(".help-warning", has_text="goes offline too")
    expect(along.get_by_role("link", name=spanish.title, exact=True)).to_be_visible()
    reader = new_page()
    assert reader.goto(condition.url).status == 200

    page.get_by_role("button", name="Yes, unpublish it").click()
    expect_success(page, "unpublished")
    assert reader.reload().status == 404
    assert reader.goto(spanish.url).status == 404


def test_a_reader_follows_the_old_address_of_a_renamed_page(condition, desk, new_page):
    page = desk(REVIEWERS)
    page.goto(f"/admin/pages/{condition.pk}/edit/")
    page.get_by_role("tab", name="Promote").click()
    page.locator("#id_slug").fill("twisted-muscles")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect_success(page, "published")

    reader = new_page()
    answer = reader.goto(condition.url)

    assert answer.status == 200
    assert reader.url.endswith("/en/conditions/twisted-muscles/")
    expect(reader.locator("h1")).to_have_text(condition.title)


def test_one_click_gives_a_page_the_name_that_readers_searched_for(condition, desk, new_page):
    reader = new_page()
    reader.goto(f"/en/search/?q={WORDS}")
    expect(reader.locator("main").get_by_role("link", name=condition.title)).to_have_count(0)
    page = desk(REVIEWERS)
    page.locator("#waiting-section").get_by_role("link", name="Readers searched for").click()
    page.get_by_label(f"Page for “{WORDS}”").select_option(label=condition.title)

    page.get_by_role("button", name="Add as another name").click()

    expect_success(page, f"is now also called “{WORDS}”")
    expect(page.locator("main").get_by_text(WORDS, exact=True)).to_have_count(0)
    reader.reload()
    reader.locator("main").get_by_role("link", name=condition.title).first.click()
    expect(reader.locator("h1")).to_have_text(condition.title)


def test_a_search_that_needs_no_page_leaves_the_list(desk):
    SearchMiss.objects.create(language="en", terms=WORDS)
    page = desk(EDITORS)
    page.locator("#waiting-section").get_by_role("link", name="Readers searched for").click()

    page.get_by_role("button", name="Not needed").click()

    expect(page.locator("main").get_by_text(WORDS)).to_have_count(0)
    assert not SearchMiss.objects.exists()


def test_a_new_account_without_a_group_says_where_to_choose_one(desk):
    page = desk(SITE_MANAGERS)
    page.goto("/admin/users/new/")
    for label, words in [("Username", "nora"), ("First Name", "Nora"), ("Last Name", "Lee")]:
        page.get_by_label(label, exact=False).fill(words)
    page.locator("#id_email").fill("nora@example.org")
    type_password(page)

    page.get_by_role("button", name="Create").click()

    expect(page.locator(".messages .error")).to_contain_text("Open “Roles” and choose")
    tab = page.get_by_role("tab", name="Roles").first
    expect(tab.locator(".w-tabs__errors")).to_be_visible()
    type_password(page)
    tab.click()
    expect(page.get_by_text("Choose at least one group, so that")).to_be_visible()
    page.get_by_label(EDITORS).check()
    page.get_by_role("button", name="Create").click()
    expect_success(page, "created")
    User.objects.get(username="nora").delete()


def type_password(page):
    for number in (1, 2):
        page.locator(f"#id_password{number}").fill("what nora types, and more")
