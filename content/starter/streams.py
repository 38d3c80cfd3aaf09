"""From a fixture's values to what a StreamField stores."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content.starter.rich_text import rich_text


def stream_value(block, items, place, references):
    """Return the StreamField value that `items` spell, checked as the editor's form checks it."""
    raw = [raw_child(block, item, place.at(index), references) for index, item in enumerate(items)]
    value = block.to_python(raw)
    try:
        return block.clean(value)
    except ValidationError as error:
        raise place.error("; ".join(describe(error))) from error


def raw_child(block, item, place, references):
    names = list(block.child_blocks)
    if len(names) == 1:
        name, value = names[0], item
    elif isinstance(item, dict) and len(item) == 1:
        name, value = next(iter(item.items()))
    else:
        raise place.error("Write one block here, such as [body.text].")
    if name not in block.child_blocks:
        raise place.error(f"There is no block “{name}”. Use one of: {', '.join(names)}.")
    child = block.child_blocks[name]
    return {"type": name, "value": raw_value(child, value, place.at(name), references)}


def raw_value(block, value, place, references):
    """Return `value` as the block stores it; names of pages and snippets become ids."""
    if isinstance(block, blocks.StructBlock):
        return raw_struct(block, value, place, references)
    if isinstance(block, blocks.ListBlock):
        return [
            raw_value(block.child_block, item, place.at(index), references)
            for index, item in enumerate(value)
        ]
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value, place, references)
    if isinstance(block, blocks.PageChooserBlock):
        return references.page_id(value, place)
    if isinstance(block, SnippetChooserBlock):
        return references.snippet_id(block.target_model, value, place)
    return value


def raw_struct(block, value, place, references):
    if not isinstance(value, dict):
        raise place.error(f"Write fields here: {', '.join(block.child_blocks)}.")
    unknown = set(value) - set(block.child_blocks)
    if unknown:
        raise place.error(
            f"There is no field “{min(unknown)}”. Use: {', '.join(block.child_blocks)}."
        )
    return {
        name: raw_value(block.child_blocks[name], item, place.at(name), references)
        for name, item in value.items()
    }


def describe(error, trail=()):
    """Yield each message of a nested block error, after the path to its field."""
    nested = dict(getattr(error, "block_errors", None) or {})
    for name, child in nested.items():
        step = f"{name + 1}" if isinstance(name, int) else name
        yield from describe(child, (*trail, step))
    own = getattr(error, "non_block_errors", None)
    for message in own if own is not None else ([] if nested else error.messages):
        text = " ".join(message.messages) if isinstance(message, ValidationError) else message
        yield f"{'.'.join(trail)}: {text}" if trail else text
