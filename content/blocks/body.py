"""The body of a page: which blocks it may hold, and the rules that hold across them."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.care import (
    BenefitsLimitsBlock,
    CareCardBlock,
    DoDontBlock,
    PrecautionsBlock,
    SideEffectsBlock,
    SignsBlock,
)
from content.blocks.facts import (
    DefinitionRowsBlock,
    EffectChartBlock,
    KeyFactsBlock,
    NumberFactsBlock,
)
from content.blocks.links import LinkListBlock, QuestionGroupBlock
from content.blocks.prose import (
    AreaMapBlock,
    CaptionedImageBlock,
    FigureStepsBlock,
    NoteBlock,
    TextBlock,
)
from content.blocks.steps import ChecklistBlock, StepListBlock

CALLOUTS = {"note", "care_card"}
MAX_CALLOUTS = 2


class BodyBlock(blocks.StreamBlock):
    """The vocabulary of every page. A block's name is its template and its CSS class."""

    text = TextBlock(group=_("Words"))
    note = NoteBlock(group=_("Words"))
    step_list = StepListBlock(group=_("Words"))
    checklist = ChecklistBlock(group=_("Words"))
    definition_rows = DefinitionRowsBlock(group=_("Words"))
    key_facts = KeyFactsBlock(group=_("Facts"))
    number_facts = NumberFactsBlock(group=_("Facts"))
    effect_chart = EffectChartBlock(group=_("Facts"))
    captioned_image = CaptionedImageBlock(group=_("Pictures"))
    figure_steps = FigureStepsBlock(group=_("Pictures"))
    area_map = AreaMapBlock(group=_("Pictures"))
    signs = SignsBlock(group=_("Care"))
    precautions = PrecautionsBlock(group=_("Care"))
    benefits_limits = BenefitsLimitsBlock(group=_("Care"))
    side_effects = SideEffectsBlock(group=_("Care"))
    care_card = CareCardBlock(group=_("Care"))
    do_dont = DoDontBlock(group=_("Care"))
    question_group = QuestionGroupBlock(group=_("Links"))
    link_list = LinkListBlock(group=_("Links"))

    def clean(self, value):
        cleaned = super().clean(value)
        problems = [*too_many_callouts(cleaned), *repeated_headings(cleaned)]
        if problems:
            raise blocks.StreamBlockValidationError(
                non_block_errors=[ValidationError(problem) for problem in problems]
            )
        return cleaned


def too_many_callouts(stream):
    count = sum(child.block_type in CALLOUTS for child in stream)
    if count > MAX_CALLOUTS:
        yield _("This page has %(count)s notes and care cards. Keep the two that matter most.") % {
            "count": count
        }


def repeated_headings(stream):
    """Two equal headings would share one address on the page."""
    anchors = Counter(anchor for child in stream if (anchor := getattr(child.value, "anchor", "")))
    for anchor, count in anchors.items():
        if count > 1:
            yield _("Two sections share the heading “%s”. Change one.") % anchor.replace("-", " ")
