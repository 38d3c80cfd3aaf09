"""Searches that found nothing: what is kept of them, and what editors do with the list."""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils.timezone import localdate
from wagtail.models import Page

from content.groups import FRONT_DESK, TRANSLATORS
from content.models import ConditionPage, SearchMiss
from content.search.misses import MOST_TERMS
from content.search.scrubbing import scrub

SEARCH, REPORT = "/en/search/", "/admin/reports/searches/"


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="cervical-dystonia", locale__language_code="en")


@pytest.fixture
def miss(db):
    return SearchMiss.objects.create(language="en", terms="wobblehead")


def kept():
    return list(SearchMiss.objects.values_list("terms", "count"))


def test_only_a_search_without_a_result_is_counted(client, db):
    for typed in ("xyzzyplugh", "Xyzzyplugh!", "botox", "cuello torcido", ""):
        client.get(SEARCH, {"q": typed})

    assert kept() == [("xyzzyplugh", 2)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Xyzzyplugh", "xyzzyplugh"),
        ("why do I have a xyzzyplugh", "xyzzyplugh"),
        ("wobbly-head's", "wobbly-head's"),
        ("TUNNELSYNDROME CARPEX", "tunnelsyndrome carpex"),
        ("pinzamiento ciático", "pinzamiento ciatico"),
        ("maria gonzalez xyzzyplugh", "xyzzyplugh"),
        ("xyzzyplugh Kertesz", "xyzzyplugh"),
        ("Zoltan Kertesz", ""),
        ("dr kertesz xyzzyplugh", "xyzzyplugh"),
        ("xyzzyplugh 305-555-0142", ""),
        ("xyzzyplugh (305) 555 0142", ""),
        ("zoltan.k@example.org xyzzyplugh", ""),
        ("my name is zoltan", ""),
        ("me llamo zoltan", ""),
        ("mrn 4711 zoltan", ""),
        ("room 12b xyzzyplugh", "room xyzzyplugh"),
        ("born 3/4/1950", ""),
        ("one two three four five six seven eight", ""),
        ("x" * 60, ""),
    ],
)
def test_what_is_kept_names_nobody(typed, stored):
    assert scrub(typed, "en") == stored


def test_a_miss_holds_a_day_and_nothing_of_the_reader(client, db):
    client.get(SEARCH, {"q": "xyzzyplugh"}, REMOTE_ADDR="203.0.113.9")

    stored = SearchMiss.objects.values().get()
    assert set(stored) == {"id", "language", "terms", "count", "last_on"}
    assert stored["last_on"] == localdate()


def test_nothing_that_was_typed_is_logged(client, db, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get(SEARCH, {"q": "xyzzyplugh"})
        client.get(SEARCH, {"q": "botox zorble"})

    messages = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not [message for message in messages if "xyzzyplugh" in message or "zorble" in message]


def test_words_are_forgotten_after_half_a_year(client, miss):
    SearchMiss.objects.update(last_on=localdate() - timedelta(days=181))

    client.get(SEARCH, {"q": "xyzzyplugh"})

    assert kept() == [("xyzzyplugh", 1)]


def test_nonsense_cannot_fill_the_database(client, miss):
    SearchMiss.objects.bulk_create(
        SearchMiss(language="en", terms=f"term {number}", last_on=localdate())
        for number in range(MOST_TERMS - 1)
    )

    client.get(SEARCH, {"q": "xyzzyplugh"})
    client.get(SEARCH, {"q": "wobblehead"})

    assert SearchMiss.objects.count() == MOST_TERMS
    assert kept()[0] == ("wobblehead", 2)


def test_editors_see_the_list(editor, miss):
    html = editor.get(REPORT).content.decode()

    assert "wobblehead" in html
    assert "Cervical dystonia (spasmodic torticollis)" in html
    assert f"{REPORT}{miss.pk}/name/" in html
    assert REPORT in editor.get("/admin/").content.decode()


def test_the_list_comes_as_a_csv(editor, miss):
    rows = b"".join(editor.get(REPORT, {"export": "csv"}).streaming_content).decode()

    assert "wobblehead,en,1," in rows


def test_one_click_makes_the_page_findable_by_the_words(admin_client, client, miss, page):
    response = admin_client.post(f"{REPORT}{miss.pk}/name/", {"page": page.pk}, follow=True)

    page.refresh_from_db()
    assert "is now also called “wobblehead”" in response.content.decode()
    assert page.other_names[-1] == "wobblehead"
    assert page.get_latest_revision().user.username == "admin"
    assert not SearchMiss.objects.exists()
    assert client.get(SEARCH, {"q": "wobblehead"}).context["answer"].best[0].page.pk == page.pk


def test_a_name_added_to_a_page_with_a_draft_waits_in_the_draft(admin_client, miss, page):
    page.summary = "Not ready."
    page.save_revision()

    response = admin_client.post(f"{REPORT}{miss.pk}/name/", {"page": page.pk}, follow=True)

    page = ConditionPage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    assert "waits in the draft" in response.content.decode()
    assert "wobblehead" not in page.other_names
    assert draft.other_names[-1] == "wobblehead"
    assert draft.summary == "Not ready."


def test_an_editor_who_may_not_publish_adds_it_to_a_draft(editor, miss, page):
    editor.post(f"{REPORT}{miss.pk}/name/", {"page": page.pk})

    page = ConditionPage.objects.get(pk=page.pk)
    assert "wobblehead" not in page.other_names
    assert page.get_latest_revision_as_object().other_names[-1] == "wobblehead"


def test_a_locked_page_is_left_as_it_is(editor, miss, page):
    Page.objects.filter(pk=page.pk).update(locked=True)

    response = editor.post(f"{REPORT}{miss.pk}/name/", {"page": page.pk}, follow=True)

    assert "is locked" in response.content.decode()
    assert ConditionPage.objects.get(pk=page.pk).get_latest_revision_as_object().other_names == (
        page.other_names
    )
    assert SearchMiss.objects.exists()


@pytest.mark.parametrize("chosen", ["", "0", "x", "²"])
def test_no_page_chosen_changes_nothing(admin_client, miss, chosen):
    response = admin_client.post(f"{REPORT}{miss.pk}/name/", {"page": chosen}, follow=True)

    assert "Choose a page first." in response.content.decode()
    assert SearchMiss.objects.exists()


def test_words_of_one_language_name_no_page_of_another(admin_client, miss):
    spanish = ConditionPage.objects.filter(locale__language_code="es").first()

    admin_client.post(f"{REPORT}{miss.pk}/name/", {"page": spanish.pk})

    assert SearchMiss.objects.exists()
    assert "wobblehead" not in ConditionPage.objects.get(pk=spanish.pk).other_names


def test_whoever_does_not_work_on_the_list_names_no_page(client, member):
    """Translators may publish the Spanish pages."""
    client.force_login(member(TRANSLATORS))
    miss = SearchMiss.objects.create(language="es", terms="palabreja")
    page = ConditionPage.objects.filter(locale__language_code="es").first()

    client.post(f"{REPORT}{miss.pk}/name/", {"page": page.pk})

    assert SearchMiss.objects.exists()
    assert "palabreja" not in ConditionPage.objects.get(pk=page.pk).other_names


def test_words_that_need_no_page_are_dropped(editor, miss):
    editor.post(f"{REPORT}{miss.pk}/drop/")

    assert not SearchMiss.objects.exists()


@pytest.mark.parametrize("act", ["name", "drop"])
def test_a_link_alone_changes_nothing(editor, miss, act):
    """Nor does coming back to it by the login page."""
    response = editor.get(f"{REPORT}{miss.pk}/{act}/", follow=True)

    assert response.redirect_chain == [(REPORT, 302)]
    assert "Nothing was changed. If you were signed out" in response.content.decode()
    assert SearchMiss.objects.exists()


@pytest.mark.parametrize("act", ["", "results/", "{pk}/name/", "{pk}/drop/"])
def test_the_front_desk_sees_none_of_it(client, django_user_model, miss, act):
    user = django_user_model.objects.create_user("luis", password="long enough for a test")
    user.groups.add(Group.objects.get(name=FRONT_DESK))
    client.force_login(user)
    address = REPORT + act.format(pk=miss.pk)

    response = client.post(address) if act.endswith("/") and "{pk}" in act else client.get(address)

    assert response.status_code == 302
    assert SearchMiss.objects.exists()
