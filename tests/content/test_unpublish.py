"""Before a page leaves the site, the editor sees which pages lead to it; and pages leave on time."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale, PageLogEntry, Revision

from content.linking_pages import pages_linking_to
from content.models import ConditionIndexPage, ConditionPage
from content.models.articles import ArticlePage


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia", locale__language_code="en")


@pytest.fixture
def linking(page):
    """The seeded pages that link to the page."""
    found = pages_linking_to(page)
    assert len(found) > 2
    return found


def ask(admin, action, page):
    answer = admin.get(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def edit_link(page):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f'<a href="{address}">{escape(page.title)}</a>'


def links_in_text(client, source, page):
    """Does the source’s own text link to the page? Lists drop a page by themselves."""
    main = client.get(source.url).content.decode().partition("<main")[2]
    return f'href="{page.url}"' in main.partition('id="related"')[0].partition("</main>")[0]


def test_no_page_that_links_there_is_left_out(client, page, linking):
    named = {found.pk for found in linking}
    others = page.get_site().root_page.get_descendants().live().not_page(page)
    articles = others.filter(locale=page.locale).type(ArticlePage)

    linked = [other for other in articles if links_in_text(client, other, page)]

    assert linked
    assert [other.url for other in linked if other.pk not in named] == []


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_pages_that_link_here_are_named_with_a_way_to_edit_them(
    admin_client, page, linking, action
):
    text = ask(admin_client, action, page)

    assert f"{len(linking)} pages link to “Dystonia”" in text
    for other in linking:
        assert edit_link(other) in text


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_many_pages_at_once_are_warned_of_too(admin_client, page, linking, action):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    text = admin_client.get(f"{bulk}?id={page.pk}").content.decode()

    assert f"{len(linking)} pages link to “Dystonia”" in text
    assert edit_link(linking[0]) in text


def test_a_draft_that_links_here_warns_of_nothing(admin_client, page, linking):
    linking[0].specific.unpublish()

    assert edit_link(linking[0]) not in ask(admin_client, "unpublish", page)


def test_a_page_that_nobody_links_to_is_taken_off_without_a_warning(admin_client, page):
    lonely = page.get_parent().add_child(
        instance=ConditionPage(title="Lonely", slug="lonely", summary="Lonely.")
    )

    text = ask(admin_client, "unpublish", lonely)

    assert "Are you sure you want to unpublish this page?" in text
    assert "help-warning" not in text


def test_taking_off_a_list_names_the_pages_that_link_below_it(admin_client, page):
    text = ask(admin_client, "unpublish", page.get_parent())

    assert "link to a page below “Conditions”" in text
    below = text.partition("link to a page below")[2]
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in below


def test_a_translation_is_named_where_its_readers_would_be_led_astray(page, linking):
    """A Spanish page that links to the English page leads to the Spanish one once that is live."""
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    copies = []
    for original in (page, linking[0].specific):
        copy = original.get_translation_or_none(spanish) or original.copy_for_translation(
            spanish, copy_parents=True
        )
        for each in copy.get_ancestors(inclusive=True).filter(locale=spanish).specific():
            each.save_revision().publish()
        copies.append(copy)

    assert copies[1].pk in {found.pk for found in pages_linking_to(copies[0])}
    assert copies[1].pk not in {found.pk for found in pages_linking_to(page)}


@pytest.fixture
def spanish(page):
    """The page in Spanish, which readers have."""
    translation = page.get_translations().live().get()
    assert translation.locale.language_code == "es"
    return translation


def answer_of(client, page):
    return client.get(page.url).status_code


def unpublish_many(admin, *pages, **answers):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return admin.post(f"{bulk}?{ids}", answers)


def test_what_is_taken_back_in_english_is_taken_back_in_spanish(
    admin_client, client, page, spanish
):
    assert answer_of(client, spanish) == 200

    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert answer_of(client, page) == 404
    assert answer_of(client, spanish) == 404


@pytest.mark.parametrize("below", [{}, {"include_descendants": "on"}])
def test_of_many_pages_at_once_the_translations_leave_too(
    admin_client, client, page, spanish, below
):
    unpublish_many(admin_client, page.get_parent(), **below)

    assert answer_of(client, page.get_parent()) == 404
    assert answer_of(client, spanish.get_parent()) == 404
    assert answer_of(client, spanish) == (404 if below else 200)


def test_publishing_many_pages_takes_no_translation_off(admin_client, client, page, spanish):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    admin_client.post(f"{bulk}?id={page.pk}")

    assert answer_of(client, page) == 200
    assert answer_of(client, spanish) == 200


def test_a_page_below_leaves_in_each_language(admin_client, client, page, spanish):
    address = reverse("wagtailadmin_pages:unpublish", args=[page.get_parent().pk])

    admin_client.post(address, {"include_descendants": "on"})

    assert answer_of(client, page) == 404
    assert answer_of(client, spanish) == 404


def test_a_translation_leaves_without_its_original(admin_client, client, page, spanish):
    text = ask(admin_client, "unpublish", spanish)
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[spanish.pk]))
    unpublish_many(admin_client, spanish.get_parent())

    assert "offline too" not in text
    assert answer_of(client, spanish) == 404
    assert answer_of(client, page) == 200
    assert answer_of(client, page.get_parent()) == 200


def test_the_editor_is_told_which_translation_goes_offline_too(admin_client, page, spanish):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    screens = [
        ask(admin_client, "unpublish", page),
        admin_client.get(f"{bulk}?id={page.pk}").content.decode(),
    ]

    for text in screens:
        told = text.partition("The translation of “Dystonia” goes offline too:")[2]
        assert f"{edit_link(spanish)} (Spanish)" in told.partition("</ul>")[0]
        assert f"link to “{spanish.title}”" in told


def test_a_translation_that_readers_do_not_have_is_not_named(admin_client, page, spanish):
    spanish.unpublish()

    assert "offline too" not in ask(admin_client, "unpublish", page)


def test_deleting_leaves_the_translation_where_it_is(admin_client, client, page, spanish):
    text = ask(admin_client, "delete", page)
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert "offline too" not in text
    assert answer_of(client, spanish) == 200


def time_passes(page):
    """Make what is planned for tomorrow due."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    for revision in Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = an_hour_ago
        revision.content["go_live_at"] = an_hour_ago.isoformat()
        revision.save()
    type(page).objects.filter(pk=page.pk, expire_at__isnull=False).update(expire_at=an_hour_ago)


def test_an_approved_page_goes_live_when_its_time_comes(admin_client, admin_user, client, page):
    page.unpublish()
    page.title = "Dystonia, from tomorrow"
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=admin_user)
    state = page.get_workflow().start(page, admin_user)
    while state.status == state.STATUS_IN_PROGRESS:
        task = state.current_task_state
        task.task.specific.on_action(task, admin_user, "approve")
        state.refresh_from_db()
    call_command("publish_scheduled")
    assert client.get(page.url).status_code == 404

    time_passes(page)
    call_command("publish_scheduled")

    assert "Dystonia, from tomorrow" in client.get(page.url).content.decode()


def test_a_page_is_taken_off_when_its_time_is_over(client, page):
    page.expire_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert client.get(page.url).status_code == 200

    time_passes(page)
    call_command("publish_scheduled")

    assert client.get(page.url).status_code == 404
    index = ConditionIndexPage.objects.get(locale__language_code="en")
    assert f'href="{page.url}"' not in client.get(index.url).content.decode()


@pytest.fixture
def ends_tomorrow():
    """A function that publishes a page until tomorrow."""

    def publish(page):
        page.expire_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()

    return publish


def test_a_page_whose_time_is_over_leaves_in_spanish_too(client, page, spanish, ends_tomorrow):
    ends_tomorrow(page)
    time_passes(page)
    call_command("publish_scheduled")

    assert answer_of(client, page) == 404
    assert answer_of(client, spanish) == 404
    spanish.refresh_from_db()
    assert spanish.expired
    actions = PageLogEntry.objects.filter(page=spanish.pk).values_list("action", flat=True)
    assert "wagtail.unpublish.scheduled" in actions


def test_a_translation_whose_time_is_over_leaves_alone(client, page, spanish, ends_tomorrow):
    ends_tomorrow(spanish.specific)
    time_passes(spanish.specific)
    call_command("publish_scheduled")

    assert answer_of(client, spanish) == 404
    assert answer_of(client, page) == 200


def test_a_page_that_is_back_after_its_time_leaves_as_any_other(
    admin_client, client, page, spanish, ends_tomorrow
):
    """It is an editor again who is asked, and named in the history."""
    ends_tomorrow(page)
    time_passes(page)
    call_command("publish_scheduled")
    for one in (page, spanish):
        one = one.specific
        one.refresh_from_db()
        one.expire_at = None
        one.save_revision().publish()
    assert answer_of(client, spanish) == 200

    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert answer_of(client, spanish) == 404
    last = PageLogEntry.objects.filter(page=spanish.pk).order_by("-timestamp", "-pk").first()
    assert (last.action, last.user.username) == ("wagtail.unpublish", "admin")
