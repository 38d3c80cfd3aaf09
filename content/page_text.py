"""The words of a page that patients read, as pieces of text."""

import re

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from content.blocks.base import LedgerBlock

BLOCK_END = re.compile(r"</(?:p|li|h\d)>")
# Codes are for machines; the others name pages, sources and messages, and hold no words themselves.
UNREAD_FIELDS = {"codes", "dangers", "related", "sources"}


def html_pieces(html):
    """Split rich text into its paragraphs, list items and headings."""
    return [text for part in BLOCK_END.split(html) if (text := strip_tags(part).strip())]


def value_pieces(block, value):
    """Yield the texts in a block's value that patients read."""
    if isinstance(block, blocks.RichTextBlock):
        yield from html_pieces(value.source)
    elif isinstance(block, blocks.CharBlock) and not isinstance(block, LedgerBlock):
        yield value or ""
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from value_pieces(child.block, child.value)
    elif isinstance(block, ImageBlock):
        # Made of parts, but its value is the picture itself.
        return
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from value_pieces(child, value[name])
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from value_pieces(block.child_block, item)


def page_pieces(page):
    """Return the texts of a page: its summary, its own fields, and the danger messages it uses."""
    pieces = [page.summary]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in UNREAD_FIELDS:
            pieces += value_pieces(field.stream_block, getattr(page, field.name))
    for danger in getattr(page, "danger_messages", []):
        pieces += danger_pieces(danger)
    return pieces


def danger_pieces(danger):
    """Return the texts of a danger message."""
    signs = value_pieces(danger.signs.stream_block, danger.signs)
    return [*html_pieces(danger.intro), *signs, *html_pieces(danger.closing)]
