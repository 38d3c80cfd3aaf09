"""Facts at a glance, numbers, names and meanings, and the course of an effect."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.base import (
    PROSE,
    ItemsBlock,
    LedgerBlock,
    SectionBlock,
    named,
    refuse_items,
)
from content.blocks.links import LinkedPageBlock, LinkedSnippetBlock, RealPreview

DENOMINATOR = re.compile(r"\b(?:in|en|de cada) ([\d,.]+)$")


class FactBlock(blocks.StructBlock):
    label = named(_("Label"), blocks.CharBlock(max_length=40))
    value = named(_("Value"), blocks.CharBlock(max_length=120))


class KeyFactsBlock(SectionBlock):
    facts = named(_("Facts"), ItemsBlock(FactBlock(), min_num=2))
    ledger = LedgerBlock()

    class Meta:
        icon = "list-ul"
        label = _("Key facts")
        template = "content/blocks/key_facts.html"
        description = _("Four to six facts at a glance.")
        preview_value = {
            "heading": "At a glance",
            "facts": [
                {"label": "What it is", "value": "A purified protein, given as small shots"},
                {"label": "How long it lasts", "value": "Some months, then it wears off"},
            ],
        }


class NumberBlock(blocks.StructBlock):
    number = named(
        _("Number"),
        blocks.CharBlock(
            max_length=16, help_text=_("Such as “9 in 100” or “15+”. Never a bare percentage.")
        ),
    )
    text = named(
        _("Text"), blocks.CharBlock(max_length=120, help_text=_("What the number counts."))
    )


class NumberFactsBlock(RealPreview, SectionBlock):
    intro = named(_("Intro"), blocks.CharBlock(required=False, max_length=200))
    facts = named(_("Facts"), ItemsBlock(NumberBlock(), max_num=3))
    source = named(
        _("Source"),
        LinkedSnippetBlock("content.Source", help_text=_("Where the numbers come from.")),
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "order"
        label = _("Number facts")
        template = "content/blocks/number_facts.html"
        description = _("Up to three big numbers, with their source.")
        preview_value = {
            "heading": "In numbers",
            "facts": [{"number": "15+", "text": "days a month with a headache"}],
        }

    def preview_choices(self):
        return {"source": self.child_blocks["source"].target_model.objects.first()}

    def clean(self, value):
        cleaned = super().clean(value)
        refuse_items("facts", number_problems([fact["number"] for fact in cleaned["facts"]]))
        return cleaned


def number_problems(numbers):
    """Map an index to what is wrong with the number there.

    A reader can only compare numbers that share a denominator (CDC Clear Communication Index).
    """
    problems: dict = {}
    first = None
    for index, number in enumerate(numbers):
        found = DENOMINATOR.search(number)
        if "%" in number:
            problems[index] = _("Write this as “9 in 100”: a percentage is harder to picture.")
        elif found and first and found[1] != first:
            problems[index] = _("Use one denominator. The first number here is “in %s”.") % first
        elif found:
            first = found[1]
    return problems


class DefinitionBlock(blocks.StructBlock):
    term = named(_("Term"), blocks.CharBlock(max_length=80))
    page = named(
        _("Page"), LinkedPageBlock(required=False, help_text=_("The page the term leads to."))
    )
    tag = named(
        _("Tag"),
        blocks.CharBlock(
            required=False, max_length=40, help_text=_("A word below the term, such as “Neck”.")
        ),
    )
    meaning = named(_("Meaning"), blocks.RichTextBlock(features=["bold", "link", "glossary"]))


class DefinitionRowsBlock(SectionBlock):
    intro = named(_("Intro"), blocks.RichTextBlock(required=False, features=PROSE))
    rows = named(_("Rows"), ItemsBlock(DefinitionBlock()))
    ledger = LedgerBlock()

    class Meta:
        icon = "table"
        label = _("Definition rows")
        template = "content/blocks/definition_rows.html"
        description = _("Names, each with one or two sentences of meaning.")
        preview_value = {
            "heading": "Other ways to treat it",
            "rows": [
                {"term": "Splints", "tag": "Hand", "meaning": "<p>Hold the hand open.</p>"},
            ],
        }


class EffectPointBlock(blocks.StructBlock):
    when = named(_("When"), blocks.CharBlock(max_length=40))
    what = named(_("What"), blocks.CharBlock(max_length=160))


class EffectChartBlock(SectionBlock):
    intro = named(_("Intro"), blocks.RichTextBlock(required=False, features=PROSE))
    points = named(
        _("Points"),
        ItemsBlock(
            EffectPointBlock(),
            min_num=4,
            max_num=4,
            help_text=_("The four numbered points of the drawing, in order."),
        ),
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "history"
        label = _("Effect chart")
        template = "content/blocks/effect_chart.html"
        description = _("The site’s drawing of an effect that rises and wears off.")
        preview_value = {
            "heading": "How long it lasts",
            "points": [
                {"when": "First days", "what": "You may feel no change yet."},
                {"when": "About 2 weeks", "what": "You may notice a change."},
                {"when": "Later weeks", "what": "It slowly wears off."},
                {"when": "Week 12 or later", "what": "Time to talk about the next treatment."},
            ],
        }
