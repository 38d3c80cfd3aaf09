"""Addresses: the bare site, languages, private and missing pages, and failures."""

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from wagtail.models import PageViewRestriction

from content.models import ClinicSettings, ConditionPage, HomePage, StandardPage


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia")


@pytest.mark.parametrize(
    ("wanted", "home"),
    [
        ("en", "/en/"),
        ("es", "/es/"),
        ("es-MX,es;q=0.9", "/es/"),
        ("en-US,es;q=0.9", "/en/"),
        ("fr", "/en/"),
        ("", "/en/"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(client, db, wanted, home):
    answer = client.get("/", headers={"accept-language": wanted})

    assert answer.status_code == 302
    assert answer.url == home
    assert "Accept-Language" in answer.headers["Vary"]
    assert not answer.cookies


def test_an_address_without_a_page_says_so_kindly(client, db):
    answer = client.get("/en/conditions/nothing/")

    assert answer.status_code == 404
    text = answer.content.decode()
    assert "You did nothing wrong" in text
    assert "305-555-0142" in text
    assert 'href="tel:911"' in text
    assert not answer.cookies


def test_without_a_spanish_home_page_everybody_reads_english(client, db):
    HomePage.objects.get(locale__language_code="es").unpublish()

    assert client.get("/", headers={"accept-language": "es"}).url == "/en/"
    assert client.get("/es/").status_code == 404


def test_a_page_has_one_address(client, page):
    assert client.get("/en/conditions/dystonia").url == "/en/conditions/dystonia/"
    assert client.get("/es/conditions/dystonia/").status_code == 404


def test_a_private_page_asks_for_its_password(client, page):
    PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="open"
    )

    answer = client.get(page.url, follow=True)

    html = answer.content.decode()
    assert "This page needs a password" in html
    assert page.summary not in html
    assert page.title not in html
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get("/en/about/").status_code == 200


def test_the_password_of_a_private_page_opens_it(client, page):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    form = client.get(page.url, follow=True).context["form"]
    address, returns = client.get(page.url).url, {"return_url": form["return_url"].value()}

    wrong = client.post(address, {"password": "shut", **returns})
    right = client.post(address, {"password": "open", **returns})

    assert address == f"/en/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    assert "That is not the password." in wrong.content.decode()
    assert "no-store" in wrong.headers["Cache-Control"]
    assert right.url == page.url
    assert page.summary in client.get(page.url).content.decode()


def test_a_page_with_a_password_asks_in_spanish_where_it_is_spanish(client, page):
    spanish = page.get_translations().get().specific
    PageViewRestriction.objects.create(
        page=spanish, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )

    html = client.get(spanish.url, follow=True).content.decode()

    assert "Esta página pide una contraseña" in html
    assert "Contraseña" in html


def test_an_unpublished_page_is_not_served(client, page):
    page.unpublish()

    assert client.get(page.url).status_code == 404


def test_a_failure_shows_the_phone_number_without_the_database(monkeypatch, page):
    def fail(*args):
        raise DatabaseError("The database is down.")

    client = Client(raise_request_exception=False)
    url = page.url
    with monkeypatch.context() as database:
        database.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
        answer = client.get(url)

    assert answer.status_code == 500
    text = answer.content.decode()
    assert "305-555-0142" in text
    assert 'href="tel:+13055550142"' in text
    assert 'href="tel:911"' in text
    assert "<h1>Something went wrong on our side</h1>" in text


def test_robots_name_the_sitemap_and_keep_out_of_the_admin(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_sitemap_lists_every_live_page(client, page):
    text = client.get("/sitemap.xml").content.decode()

    assert page.full_url in text
    assert text.count("<loc>") == len(
        list(page.get_parent().get_parent().get_descendants(True).live())
    )


def test_the_clinics_new_phone_number_is_on_every_page(client, page):
    ClinicSettings.objects.update(phone="305-372-5000")

    for url in (page.url, "/en/", "/en/appointments/", StandardPage.objects.first().url):
        text = client.get(url).content.decode()
        assert "305-372-5000" in text
        assert "305-555-0142" not in text


def test_only_staff_see_the_editing_button(client, page, admin_client):
    assert "wagtail-userbar" not in client.get(page.url).content.decode()
    assert "wagtail-userbar" in admin_client.get(page.url).content.decode()


def test_a_picture_for_shared_links_is_drawn(client, page):
    answer = client.get(f"/social/{page.pk}.png")

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert page.social_image_url == f"{settings.WAGTAILADMIN_BASE_URL}/social/{page.pk}.png"
    again = client.get(
        f"/social/{page.pk}.png",
        headers={"if-modified-since": answer.headers["Last-Modified"]},
    )
    assert again.status_code == 304


def test_no_picture_is_drawn_of_a_page_that_is_not_public(client, page):
    page.unpublish()

    assert client.get(f"/social/{page.pk}.png").status_code == 404
