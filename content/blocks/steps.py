"""Things that happen in order, and things to tick off."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.base import PROSE, ItemsBlock, LedgerBlock, SectionBlock, named


class StepBlock(blocks.StructBlock):
    STAGES = [
        ("before", _("Before the visit")),
        ("during", _("During the visit")),
        ("after", _("After the visit")),
    ]

    stage = named(
        _("Stage"),
        blocks.ChoiceBlock(
            choices=STAGES,
            required=False,
            search_index=False,
            help_text=_("Tells search engines which part of a visit this is. Not shown."),
        ),
    )
    title = named(_("Title"), blocks.CharBlock(max_length=80))
    body = named(_("Body"), blocks.RichTextBlock(features=PROSE))


class StepListBlock(SectionBlock):
    intro = named(_("Intro"), blocks.RichTextBlock(required=False, features=PROSE))
    steps = named(_("Steps"), ItemsBlock(StepBlock(), min_num=2))
    ledger = LedgerBlock()

    class Meta:
        icon = "list-ol"
        label = _("Step list")
        template = "content/blocks/step_list.html"
        description = _("Things that happen in order.")
        preview_value = {
            "heading": "Before, during and after",
            "steps": [
                {"title": "Before your visit", "body": "<p>Bring a list of your medicines.</p>"},
                {"title": "During your visit", "body": "<p>You can ask for a break.</p>"},
            ],
        }


class ChecklistBlock(SectionBlock):
    intro = named(_("Intro"), blocks.CharBlock(required=False, max_length=200))
    items = named(_("Items"), ItemsBlock())
    ledger = LedgerBlock()

    class Meta:
        icon = "clipboard-list"
        label = _("Checklist")
        template = "content/blocks/checklist.html"
        description = _("Things to tick off, print and bring.")
        preview_value = {
            "heading": "Keep a headache diary",
            "items": ["Each day you had a headache", "What you took, and if it helped"],
        }
