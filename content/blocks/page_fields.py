"""Structured parts of a page that are not its body: FDA status, codes, areas, groups, tasks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.base import ItemsBlock, LedgerBlock, named
from content.blocks.links import LinkedPageBlock

BODY_AREAS = [
    ("head", _("Head")),
    ("face", _("Face")),
    ("neck", _("Neck")),
    ("underarm", _("Underarm")),
    ("arm", _("Arm and hand")),
    ("leg", _("Leg")),
]
FDA_STATUSES = [
    ("approved", _("FDA-approved")),
    ("not-approved", _("Not FDA-approved")),
]
CODE_SYSTEMS = [
    ("ICD-10-CM", "ICD-10-CM"),
    ("SNOMED-CT", "SNOMED CT"),
    ("HCPCS", "HCPCS Level II"),
    ("CPT", "CPT"),
]


class FDAUseValue(blocks.StructValue):
    @property
    def status_label(self):
        """The status in words; none in a draft, in which it may not be chosen yet."""
        return dict(FDA_STATUSES).get(self["status"], "")


class FDAUseBlock(blocks.StructBlock):
    use = named(
        _("Use"), blocks.CharBlock(max_length=120, help_text=_("What it is used for, and in whom."))
    )
    status = named(_("Status"), blocks.ChoiceBlock(choices=FDA_STATUSES))
    detail = named(
        _("Detail"),
        blocks.CharBlock(
            required=False, max_length=250, help_text=_("Which brands, from what age, or why not.")
        ),
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "clipboard-list"
        label = _("Use")
        value_class = FDAUseValue


class CodeBlock(blocks.StructBlock):
    """A medical code that this page answers to. Patients see it only in structured data."""

    system = named(_("System"), blocks.ChoiceBlock(choices=CODE_SYSTEMS))
    prefix = named(
        _("Prefix"),
        blocks.RegexBlock(
            regex=r"^[0-9A-Z]{3,18}$",
            error_messages={"invalid": _("Upper-case letters and digits only, without the dot.")},
            help_text=_("The code or its beginning, without the dot, such as G437."),
        ),
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "code"
        label = _("Code")


class QuestionSetBlock(blocks.StructBlock):
    """A group of questions on the questions page."""

    heading = named(_("Heading"), blocks.CharBlock(max_length=60))
    questions = named(
        _("Questions"), blocks.ListBlock(blocks.PageChooserBlock("content.QuestionPage"), min_num=1)
    )

    class Meta:
        icon = "help"
        label = _("Group")


class TaskBlock(blocks.StructBlock):
    """A main task on the home page. Without a page it leads to the appointment page."""

    title = named(_("Title"), blocks.CharBlock(max_length=60))
    text = named(_("Text"), blocks.CharBlock(max_length=120))
    page = named(
        _("Page"),
        LinkedPageBlock(
            required=False, help_text=_("Leave empty to lead to the appointment page.")
        ),
    )

    class Meta:
        icon = "tick"
        label = _("Task")


class DangerSignsBlock(blocks.StructBlock):
    """One urgency of a danger message, with its signs."""

    URGENCIES = [
        ("emergency", _("Call 911")),
        ("today", _("Call us today")),
        ("next-visit", _("Tell us at your next visit")),
    ]

    urgency = named(_("Urgency"), blocks.ChoiceBlock(choices=URGENCIES))
    lead = named(
        _("Lead"),
        blocks.CharBlock(max_length=160, help_text=_("Such as “Call 911 for a headache that:”")),
    )
    signs = named(_("Signs"), ItemsBlock())

    class Meta:
        icon = "warning"
        label = _("Signs")
