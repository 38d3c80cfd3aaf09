"""An address that was once right still leads to its page, after a rename and after a move."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from content.models import ConditionIndexPage, ConditionPage, StandardPage


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia", locale__language_code="en")


@pytest.fixture
def spanish_page(page):
    """The same page in Spanish, live, with everything above it."""
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    copy = page.get_translation_or_none(spanish) or page.copy_for_translation(
        spanish, copy_parents=True
    )
    for each in copy.get_ancestors(inclusive=True).filter(locale=spanish).specific():
        each.save_revision().publish()
    return ConditionPage.objects.get(pk=copy.pk)


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """What the editing screen does with a new slug and the button “Publish”."""

    def publish_as(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return publish_as


def leads_to(client, old, new):
    answer = client.get(old)
    assert (answer.status_code, answer.url) == (301, new)
    assert client.get(new).status_code == 200
    assert not answer.cookies


def test_a_renamed_page_is_found_at_its_old_address(client, page, rename):
    rename(page, "twisted-muscles")

    leads_to(client, "/en/conditions/dystonia/", "/en/conditions/twisted-muscles/")


def test_a_page_renamed_twice_is_found_at_both_old_addresses(client, page, rename):
    rename(page, "first")
    rename(page, "second")

    leads_to(client, "/en/conditions/dystonia/", "/en/conditions/second/")
    leads_to(client, "/en/conditions/first/", "/en/conditions/second/")


def test_a_page_renamed_back_is_served_where_it_always_was(client, page, rename):
    rename(page, "first")
    rename(page, "dystonia")

    assert client.get("/en/conditions/dystonia/").status_code == 200
    leads_to(client, "/en/conditions/first/", "/en/conditions/dystonia/")


def test_renaming_a_section_keeps_the_addresses_below_it(client, db, rename):
    rename(ConditionIndexPage.objects.get(locale__language_code="en"), "illnesses")

    leads_to(client, "/en/conditions/", "/en/illnesses/")
    leads_to(client, "/en/conditions/dystonia/", "/en/illnesses/dystonia/")


def test_a_renamed_spanish_page_stays_spanish(client, spanish_page, rename):
    old = spanish_page.url
    assert old.startswith("/es/")

    rename(spanish_page, "musculos-torcidos")

    leads_to(client, old, f"{spanish_page.get_parent().url}musculos-torcidos/")
    assert client.get("/en/conditions/dystonia/").status_code == 200


def test_renaming_the_english_page_leaves_the_spanish_address_alone(
    client, page, spanish_page, rename
):
    rename(page, "twisted-muscles")

    assert client.get(spanish_page.url).status_code == 200
    leads_to(client, "/en/conditions/dystonia/", "/en/conditions/twisted-muscles/")


def test_a_section_renamed_in_the_admin_leads_on(
    admin_client, client, django_capture_on_commit_callbacks
):
    section = ConditionIndexPage.objects.get(locale__language_code="en")
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[section.pk])).context["form"]
    values = {name: field.value() for name, field in zip(form.fields, form, strict=True)}
    given = {name: value for name, value in values.items() if value not in (None, False)}
    comments = {f"comments-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}

    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(
            reverse("wagtailadmin_pages:edit", args=[section.pk]),
            {**given, **comments, "slug": "illnesses", "action-publish": "1"},
        )

    assert answer.status_code == 302
    leads_to(client, "/en/conditions/dystonia/", "/en/illnesses/dystonia/")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_moved_section_is_found_with_all_below_it(client, page, spanish_page, language):
    moved = page if language == "en" else spanish_page
    section, old, old_section = moved.get_parent(), moved.url, moved.get_parent().url
    home = section.get_parent()
    shelf = home.add_child(
        instance=StandardPage(title="Shelf", slug="shelf", summary="S.", locale=moved.locale)
    )

    section.move(shelf, pos="last-child")

    leads_to(client, old_section, f"{home.url}shelf/{section.slug}/")
    leads_to(client, old, f"{home.url}shelf/{section.slug}/{moved.slug}/")


def test_a_page_put_in_another_place_of_its_list_keeps_its_address(admin_client, client, page):
    admin_client.post(
        reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + "?position=0"
    )

    assert client.get(page.url).status_code == 200
    assert not Redirect.objects.exists()


def test_a_query_is_no_hindrance(client, page, rename):
    rename(page, "twisted-muscles")

    assert client.get("/en/conditions/dystonia/?utm=x").url == "/en/conditions/twisted-muscles/"


def test_an_address_that_never_was_is_still_not_found(client, page, rename):
    rename(page, "twisted-muscles")

    assert client.get("/en/conditions/dystonia-2/").status_code == 404
    assert client.get("/es/conditions/dystonia/").status_code == 404
