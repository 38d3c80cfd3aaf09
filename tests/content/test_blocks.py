"""Every block of a page's body, and the rules across blocks."""

from copy import deepcopy

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from wagtail.blocks import StreamBlockValidationError

from content.blocks import BodyBlock
from content.blocks.facts import NumberFactsBlock
from content.models import DangerMessage, QuestionPage, Source
from content.starter.streams import describe

BODY = BodyBlock()
CSS = "".join(path.read_text() for path in (settings.BASE_DIR / "static/css").glob("*.css"))
NOTE = {"type": "note", "value": {"heading": "", "body": "<p>Ask us.</p>"}}
TEXT = {"type": "text", "value": {"heading": "What it is", "body": "<p>A medicine.</p>"}}
DO_DONT = {"type": "do_dont", "value": {"do": ["Call us"], "do_not": ["Do not drive"]}}

blocks = pytest.mark.parametrize("name", BODY.child_blocks)


def errors_of(*children):
    """What an editor reads after saving these blocks; empty when they are accepted."""
    try:
        BODY.clean(BODY.to_python(deepcopy(list(children))))
    except StreamBlockValidationError as error:
        return "; ".join(describe(error))
    return ""


@blocks
def test_a_block_is_named_like_its_template_and_its_design_component(name):
    block = BODY.child_blocks[name]

    assert block.meta.template == f"content/blocks/{name}.html"
    get_template(block.meta.template)
    # A text block is the page's own flow and needs no box.
    assert f".{name.replace('_', '-')}" in CSS or name == "text"


@blocks
def test_a_block_introduces_itself_to_editors(name):
    block = BODY.child_blocks[name]

    assert block.meta.description
    assert block.meta.icon != "placeholder"
    assert block.meta.group


@blocks
def test_a_block_has_a_preview_that_renders(db, name):
    block = BODY.child_blocks[name]

    assert block.is_previewable
    assert str(block.render(block.get_preview_value())).strip()


def test_a_plain_page_is_accepted():
    assert errors_of(TEXT, NOTE, DO_DONT) == ""


def test_a_do_not_line_must_begin_so():
    lax = deepcopy(DO_DONT)
    lax["value"]["do_not"] = ["Do not drive", "Rub the skin"]

    assert "do_not.2: Begin with “Do not”" in errors_of(lax)


def test_a_page_has_at_most_two_callouts():
    assert "This page has 3 notes and care cards" in errors_of(NOTE, NOTE, NOTE)


def test_a_list_has_at_most_seven_lines():
    long = {"type": "checklist", "value": {"items": [f"Item {n}" for n in range(8)]}}

    assert "maximum number of items is 7" in errors_of(long)


def test_two_sections_may_not_share_a_heading():
    assert "share the heading “what it is”" in errors_of(TEXT, TEXT)


def test_a_ledger_note_must_name_facts():
    wrong = deepcopy(TEXT)
    wrong["value"]["ledger"] = "somebody told me"

    assert "“somebody told me” is no ledger number" in errors_of(wrong)


@pytest.fixture
def source(db):
    return Source.objects.first()


def number_facts(source, *numbers):
    facts = [{"number": number, "text": "people"} for number in numbers]
    block = NumberFactsBlock()
    value = {"facts": facts, "source": source and source.pk}
    return block.clean(block.to_python(value))


def test_numbers_share_one_denominator(source):
    number_facts(source, "9 in 100", "3 in 100", "15+")

    with pytest.raises(ValidationError) as caught:
        number_facts(source, "9 in 100", "1 in 20")

    assert "Use one denominator. The first number here is “in 100”." in "".join(
        describe(caught.value)
    )


def test_a_percentage_is_refused(source):
    with pytest.raises(ValidationError) as caught:
        number_facts(source, "9 %")

    assert "a percentage is harder to picture" in "".join(describe(caught.value))


def test_numbers_need_a_source(db):
    with pytest.raises(ValidationError):
        number_facts(None, "15+")


def test_previews_of_shared_texts_show_a_real_one(db):
    card = BODY.child_blocks["care_card"]
    questions = BODY.child_blocks["question_group"]

    assert DangerMessage.objects.first().title in str(card.render(card.get_preview_value()))
    assert QuestionPage.objects.live().first().title in str(
        questions.render(questions.get_preview_value())
    )
