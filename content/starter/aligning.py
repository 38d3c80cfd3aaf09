"""Giving a seeded translation the block ids of its original.

wagtail-localize finds a segment by the ids on the way to it. With the same ids it takes the
seeded Spanish words for the translations of the English ones.
"""

from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructValue
from wagtail.fields import StreamField


def align_blocks(page, original):
    """Copy the ids of the original's blocks to the page's blocks in the same places."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            align(getattr(page, field.name), getattr(original, field.name))


def align(value, model):
    if isinstance(value, StreamValue):
        for child, other in zip(value, model, strict=False):
            if child.block_type == other.block_type:
                child.id = other.id
                align(child.value, other.value)
    elif isinstance(value, ListValue):
        for child, other in zip(value.bound_blocks, model.bound_blocks, strict=False):
            child.id = other.id
            align(child.value, other.value)
    elif isinstance(value, StructValue):
        for name in value:
            align(value[name], model[name])
