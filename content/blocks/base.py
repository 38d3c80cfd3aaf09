"""What every block of a page's body shares: a heading to link to, and a ledger note."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.ledger import parse_note

MAX_ITEMS = 7
# What the templates call the parts that no editor writes.
IDS_OF_THE_PAGE = {
    *("main", "about", "sources", "related", "band", "page-feedback", "toc-title"),
    *("get-help", "fda-status", "questions-to-ask"),
}
PROSE = ["bold", "link", "document-link", "glossary", "ol", "ul"]
LONG_PROSE = ["h3", *PROSE]


def named(name, block):
    """The block under this name, of which migrations know nothing: it only labels a field."""
    block.meta.label = block.label = name
    return block


class LedgerBlock(blocks.CharBlock):
    """The ledger numbers a block rests on. Editors see them; patients do not."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Ledger"))
        kwargs.setdefault(
            "help_text",
            _("Facts this rests on, such as “12, C7; confirm with the reviewer: C12”."),
        )
        super().__init__(validators=[parse_note], **kwargs)

    def get_searchable_content(self, value):
        return []

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value

    def deconstruct(self):
        return "wagtail.blocks.CharBlock", (), {"required": False}


class ItemsBlock(blocks.ListBlock):
    """A list short enough to read: two to seven lines of plain text."""

    def __init__(self, child_block=None, **kwargs):
        kwargs.setdefault("min_num", 1)
        kwargs.setdefault("max_num", MAX_ITEMS)
        super().__init__(child_block or blocks.CharBlock(), **kwargs)


class SectionValue(blocks.StructValue):
    @property
    def anchor(self):
        """The id that “On this page” links to, which no other part of the page has."""
        slug = slugify(self.get("heading") or "", allow_unicode=True)
        return f"{slug}-section" if slug in IDS_OF_THE_PAGE else slug


class SectionBlock(blocks.StructBlock):
    """A part of a page that may open with a heading."""

    heading = named(
        _("Heading"),
        blocks.CharBlock(
            required=False,
            max_length=80,
            help_text=_("Say what the section tells the reader. Shown in “On this page”."),
        ),
    )

    class Meta:
        value_class = SectionValue


def refuse_items(field, problems):
    """Raise the errors of single list items, each beside the item it is about.

    `problems` maps an item's index to its message.
    """
    if not problems:
        return
    errors = blocks.list_block.ListBlockValidationError(
        block_errors={index: ValidationError(message) for index, message in problems.items()}
    )
    raise StructBlockValidationError(block_errors={field: errors})
