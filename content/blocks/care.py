"""What helps, what harms, and when to ask for help."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.base import (
    ItemsBlock,
    LedgerBlock,
    SectionBlock,
    named,
    refuse_items,
)
from content.blocks.links import LinkedSnippetBlock, RealPreview

DO_NOT = ("Do not ", "No ")


class SignsBlock(SectionBlock):
    intro = named(_("Intro"), blocks.CharBlock(required=False, max_length=200))
    signs = named(
        _("Signs"), ItemsBlock(help_text=_("What people feel or notice, one on each line."))
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "crosshairs"
        label = _("Signs")
        template = "content/blocks/signs.html"
        description = _("Signs and symptoms of a condition.")
        preview_value = {
            "heading": "Signs you may notice",
            "intro": "You may not have all of these.",
            "signs": ["Muscles that pull on their own", "Pain where the muscle is tight"],
        }


class PrecautionsBlock(SectionBlock):
    must_not = named(_("Must not"), ItemsBlock(help_text=_("You should not have it if you have …")))
    tell_us_intro = named(_("Tell us intro"), blocks.CharBlock(required=False, max_length=200))
    tell_us = named(
        _("Tell us"),
        blocks.ListBlock(
            blocks.CharBlock(), min_num=0, max_num=12, help_text=_("Tell us first if you …")
        ),
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "no-view"
        label = _("Precautions")
        template = "content/blocks/precautions.html"
        description = _("Who should not have a treatment, and what to tell us first.")
        preview_value = {
            "heading": "Who should not have it",
            "must_not": ["an infection where the shots would go"],
            "tell_us": ["take blood thinners"],
        }


class BenefitsLimitsBlock(SectionBlock):
    benefits = named(
        _("Benefits"), ItemsBlock(help_text=_("What it can do, such as “It can reduce spasms”."))
    )
    limits = named(
        _("Limits"),
        ItemsBlock(
            help_text=_(
                "What it does not do, such as “It does not cure …”. As many as the benefits."
            )
        ),
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "check"
        label = _("Benefits limits")
        template = "content/blocks/benefits_limits.html"
        description = _("The benefits and limits of a treatment, side by side, with equal weight.")
        preview_value = {
            "heading": "Benefits and limits",
            "benefits": ["It can relax muscles that are too tight"],
            "limits": ["It does not cure the condition behind your symptoms"],
        }


class SideEffectsBlock(RealPreview, SectionBlock):
    common_intro = named(_("Common intro"), blocks.CharBlock(required=False, max_length=160))
    common = named(_("Common"), ItemsBlock())
    less_common_intro = named(
        _("Less common intro"), blocks.CharBlock(required=False, max_length=160)
    )
    less_common = named(_("Less common"), ItemsBlock())
    danger = named(
        _("Danger"),
        LinkedSnippetBlock(
            "content.DangerMessage",
            help_text=_("The signs that need help now. Written once, used by reference."),
        ),
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "warning"
        label = _("Side effects")
        template = "content/blocks/side_effects.html"
        description = _("Side effects by urgency: common, less common, get help now.")
        preview_value = {
            "heading": "Side effects",
            "common": ["Soreness where the shot went in"],
            "less_common": ["Feeling like you have the flu"],
        }

    def preview_choices(self):
        return {"danger": self.child_blocks["danger"].target_model.objects.first()}


class CareCardBlock(RealPreview):
    danger = named(_("Danger"), LinkedSnippetBlock("content.DangerMessage"))

    class Meta:
        icon = "warning"
        label = _("Care card")
        template = "content/blocks/care_card.html"
        description = _("A danger message inside the page. A page has at most two callouts.")
        preview_value = {}

    def preview_choices(self):
        return {"danger": self.child_blocks["danger"].target_model.objects.first()}


class DoDontBlock(SectionBlock):
    do = ItemsBlock(label=_("Do"))
    do_not = ItemsBlock(label=_("Do not"), help_text=_("Begin each line with “Do not”."))
    ledger = LedgerBlock()

    class Meta:
        icon = "tick-inverse"
        label = _("Do and do not")
        template = "content/blocks/do_dont.html"
        description = _("What to do and what not to do.")
        preview_value = {
            "heading": "After your visit",
            "do": ["Call us if you are worried"],
            "do_not": ["Do not drive if you feel weak"],
        }

    def clean(self, value):
        cleaned = super().clean(value)
        problems = {
            index: _("Begin with “Do not”, so that nobody reads this line as advice to do it.")
            for index, line in enumerate(cleaned["do_not"])
            if not line.startswith(DO_NOT)
        }
        refuse_items("do_not", problems)
        return cleaned
