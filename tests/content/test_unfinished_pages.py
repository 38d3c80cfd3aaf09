"""Pages that are not whole: a choice not made yet, nothing saved yet, signs that stand alone."""

import json

import pytest
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import PageViewRestriction, get_page_models

from content.models import BasePage, ConditionPage, FAQIndexPage, HomePage, QuestionPage

STEP = {"title": "A nerve speaks", "text": "To a muscle.", "description": "A nerve.", "drawing": ""}
UNCHOSEN = {
    "fda_uses": {"type": "use", "value": {"use": "Shaky hands", "status": "", "detail": "x"}},
    "body_areas": {"type": "area", "value": ""},
    "body": {"type": "figure_steps", "value": {"heading": "How", "steps": [STEP, STEP]}},
}


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia", locale__language_code="en")


def fill(owner, field, *raw):
    """Give a stream field these blocks, as its JSON has them."""
    block = owner._meta.get_field(field).stream_block
    setattr(owner, field, StreamValue(block, list(raw), is_lazy=True))


@pytest.mark.parametrize("field", UNCHOSEN)
def test_a_choice_that_nobody_made_breaks_no_page(client, page, field):
    """A draft may lack one, and whoever approves it is not asked."""
    fill(page, field, UNCHOSEN[field])
    page.save_revision().publish()

    answer = client.get(page.url)

    assert answer.status_code == 200
    # Without its status a use would seem to have one.
    assert "Shaky hands" not in answer.content.decode()


def new_page_form(model, **answers):
    """What the editing screen of a new page sends once a title and a summary were written."""
    streams = [field for field in model._meta.fields if isinstance(field, StreamField)]
    form = {"title": "A new page", "slug": "new", "summary": "Some words."} | answers
    form |= {f"{field.name}-count": "0" for field in streams}
    return form | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def page_types():
    return [m for m in get_page_models() if issubclass(m, BasePage) and m is not HomePage]


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_a_page_can_be_previewed_before_it_was_ever_saved(admin_client, db, model):
    parent = model.objects.filter(locale__language_code="en").first().get_parent()
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["content", model._meta.model_name, parent.pk]
    )

    assert admin_client.post(address, new_page_form(model)).json()["is_valid"]
    preview = admin_client.get(address)

    assert preview.status_code == 200
    assert "A new page" in preview.content.decode()


def test_a_message_without_signs_for_911_says_all_it_has_to_say(client, page):
    danger = page.danger_messages[0]
    sign = {"urgency": "today", "signs": ["your arm feels heavy"]}
    danger.intro, danger.closing = "<p>First of all.</p>", "<p>Do not rub it.</p>"
    fill(danger, "signs", {"type": "signs", "value": sign})
    danger.save()
    fill(page, "dangers", {"type": "danger", "value": danger.pk})
    fill(page, "body")
    page.save_revision().publish()

    text = client.get(page.url).content.decode().partition("<main")[2]

    assert 'id="get-help"' in text
    assert "Call 911" not in text.partition('id="get-help"')[2].partition("care-card")[0]
    for words in ("First of all.", "your arm feels heavy", "Do not rub it."):
        assert text.count(words) == 1, words


@pytest.mark.parametrize("address", ["/en/questions/", "/en/"])
def test_the_answer_to_a_question_with_a_password_stands_on_no_list(client, db, address):
    before = client.get(address).content.decode()
    shown = next(
        question
        for question in QuestionPage.objects.filter(locale__language_code="en").live()
        if json.dumps(question.summary)[1:-1] in before or question.summary in before
    )
    PageViewRestriction.objects.create(page=shown, password="open")

    assert shown.summary not in client.get(address).content.decode()


def test_many_pages_are_published_only_when_none_of_them_lacks_what_it_needs(
    admin_client, client, page
):
    page.unpublish()
    questions = FAQIndexPage.objects.get(locale__language_code="en")
    add = reverse("wagtailadmin_pages:add", args=["content", "questionpage", questions.pk])
    admin_client.post(add, new_page_form(QuestionPage, summary=""))
    draft = QuestionPage.objects.get(title="A new page")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    both = f"{bulk}?id={page.pk}&id={draft.pk}&next=/admin/"
    answer = admin_client.post(both, follow=True).content.decode()

    assert "Edit these pages first: “A new page” (Summary" in answer
    assert client.get(page.url).status_code == 404

    admin_client.post(f"{bulk}?id={page.pk}&next=/admin/")
    assert client.get(page.url).status_code == 200
