"""Every text that an editor can type, filled with hostile ones, found by looking at the models."""

import json
import tomllib
from itertools import count
from pathlib import Path
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField, StreamField

CORPUS = tomllib.loads(Path(__file__).with_name("xss_payloads.toml").read_text(encoding="utf-8"))
PAYLOADS = [line for lines in CORPUS.values() for line in lines.strip("\n").split("\n")]
ADDRESSES = CORPUS["address"].strip("\n").split("\n")
FREE_TEXT = (blocks.CharBlock, blocks.TextBlock)
# A text without a limit takes as much as this.
LONGEST = 20_000


class Hostile:
    """Gives each text as many payloads as it takes, beginning with another one each time."""

    def __init__(self, first=0):
        self.places = count(first)

    def text(self, clean, limit=None):
        """Payloads that `clean` accepts: as many as fit; else one; else nothing."""
        start = next(self.places) % len(PAYLOADS)
        wanted = PAYLOADS[start:] + PAYLOADS[:start]
        joined = ""
        for payload in wanted:
            if len(joined) + len(payload) + 1 <= (limit or LONGEST):
                joined = f"{joined} {payload}".strip()
        return next((text for text in [joined, *wanted] if accepts(clean, text)), "")

    def rich_text(self, features):
        """What the editor's own form makes of text and links that somebody else wrote."""
        start = next(self.places) % len(ADDRESSES)
        links = ADDRESSES[start:] + ADDRESSES[:start]
        content = {
            "blocks": [paragraph(payload, 0) for payload in PAYLOADS]
            + [paragraph("a link", place, linked=True) for place in range(len(links))],
            "entityMap": {
                str(place): {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}
                for place, url in enumerate(links)
            },
        }
        return ContentstateConverter(features=features).to_database_format(json.dumps(content))


def paragraph(text, place, linked=False):
    ranges = [{"key": place, "offset": 0, "length": len(text)}] if linked else []
    return {
        "key": uuid4().hex[:5],
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": ranges,
    }


def accepts(clean, text):
    try:
        clean(text)
    except ValidationError:
        return False
    return True


def fill_block(block, hostile, objects):
    """A value for a block as the database holds it; `objects` are what choosers choose."""
    if isinstance(block, blocks.StreamBlock):
        return fill_stream(block, hostile, objects)
    if isinstance(block, blocks.StructBlock):
        return {k: fill_block(child, hostile, objects) for k, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        item = fill_block(block.child_block, hostile, objects)
        return [{"type": "item", "value": item, "id": str(uuid4())}]
    if isinstance(block, blocks.RichTextBlock):
        return hostile.rich_text(block.features)
    if isinstance(block, blocks.ChooserBlock):
        return objects[block.target_model].pk
    if isinstance(block, FREE_TEXT):
        return hostile.text(block.clean, block.field.max_length)
    return fill_plain(block, hostile)


def fill_stream(block, hostile, objects):
    """One of each kind of block that may stand here."""
    return [
        {"type": name, "value": fill_block(child, hostile, objects), "id": str(uuid4())}
        for name, child in block.child_blocks.items()
    ]


def fill_plain(block, hostile):
    """A choice, a number, an address: what its own field accepts, hostile where it can be."""
    if isinstance(block, blocks.ChoiceBlock):
        return next(value for value, _label in block.field.choices if value)
    if isinstance(block, blocks.BooleanBlock):
        return True
    if isinstance(block, (blocks.IntegerBlock, blocks.DecimalBlock, blocks.FloatBlock)):
        return 1
    return hostile.text(block.clean, getattr(block.field, "max_length", None))


def fill_model(instance, hostile, objects):
    """Fill every text of a model that is typed by somebody; leave what the site sets itself."""
    for field in type(instance)._meta.concrete_fields:
        if isinstance(field, StreamField):
            raw = fill_stream(field.stream_block, hostile, objects)
            setattr(instance, field.name, json.dumps(raw))
        elif isinstance(field, RichTextField):
            setattr(instance, field.name, hostile.rich_text(field.features))
        elif is_typed(field):
            setattr(instance, field.name, hostile.text(cleaner(field, instance), field.max_length))
    return instance


def is_typed(field):
    has_choices = field.choices or isinstance(field, (models.SlugField, models.FileField))
    own = {"url_path", "path", "draft_title", "key"}
    return (
        isinstance(field, (models.CharField, models.TextField))
        and field.editable
        and not has_choices
        and field.name not in own
    )


def cleaner(field, instance):
    return lambda text: field.clean(text, instance)


__all__ = ["PAYLOADS", "Hostile", "fill_model"]
