"""What a page says, read without a query: for the index, for ranking and for showing a match."""

from typing import NamedTuple

from wagtail import blocks
from wagtail.fields import StreamField

from content.blocks.base import LedgerBlock
from content.page_text import UNREAD_FIELDS, danger_pieces, html_pieces
from content.readability import SENTENCE_END
from content.search.text import compose, stems, tokens

# In characters: as much of a sentence as is shown.
LONGEST = 300
IN_NAME = "inname"


def page_names(page):
    """The page's title and what else people call its subject."""
    return [page.title, *getattr(page, "other_names", [])]


def body_pieces(page):
    """The texts of a page's blocks as stored, leaving out the pages and snippets they refer to."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in UNREAD_FIELDS:
            stream = getattr(page, field.name)
            for child in stream.raw_data:
                yield from stored_pieces(
                    stream.stream_block.child_blocks.get(child["type"]), child["value"]
                )


def stored_pieces(block, value):
    """The texts in a block's value as the database holds it."""
    if isinstance(block, blocks.RichTextBlock):
        yield from html_pieces(value or "")
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        if value and not isinstance(block, LedgerBlock):
            yield value
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from stored_pieces(child, (value or {}).get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value or []:
            inner = item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
            yield from stored_pieces(block.child_block, inner)
    elif isinstance(block, blocks.StreamBlock):
        for child in value or []:
            yield from stored_pieces(block.child_blocks.get(child["type"]), child["value"])


def sentences_of(page):
    """The sentences of a page, those of the summary first."""
    sentences = (
        " ".join(sentence.split())
        for piece in [page.summary, *body_pieces(page)]
        for sentence in SENTENCE_END.split(piece)
    )
    return [sentence for sentence in sentences if sentence]


def searched_pieces(page):
    """What the index holds of a page beside its names. Danger signs count where they are at home."""
    yield page.summary
    yield from body_pieces(page)
    if getattr(page, "opens_with_dangers", False):
        for danger in page.danger_messages:
            yield danger.title
            yield from danger_pieces(danger)


def stemmed(pieces, language):
    return " ".join(stem for piece in pieces for stem in stems(piece, language))


def as_names(stems):
    """The stems, once as they are and once marked as part of a name, so that both can be asked for."""
    return " ".join(f"{stem} {IN_NAME}{stem}" for stem in stems.split())


class Segment(NamedTuple):
    """A stretch of a sentence that matches, or does not."""

    text: str
    is_match: bool


def mark(text, matched, language):
    """Split a text into segments. Matching words side by side become one."""
    text = compose(text)[:LONGEST]
    spans: list = []
    for token in tokens(text, language):
        if token.stem in matched:
            if spans and not text[spans[-1][1] : token.start].strip():
                spans[-1][1] = token.end
            else:
                spans.append([token.start, token.end])
    segments, done = [], 0
    for start, end in spans:
        segments += [Segment(text[done:start], False), Segment(text[start:end], True)]
        done = end
    return [part for part in [*segments, Segment(text[done:], False)] if part.text]


def said(in_text, concepts):
    """What of the concepts the stems of a text say: how much, and the stems that say so."""
    found, stems_found = 0.0, set()
    for concept in concepts:
        way = next((way for way in concept.ways if way.stems <= in_text), None)
        if way and not concept.is_light:
            found += way.sureness
            stems_found |= way.stems
    return found, stems_found


class Telling(NamedTuple):
    """A text, how much of what was asked it says, and the stems that say so."""

    text: str
    worth: float = 0.0
    matched: frozenset | set = frozenset()


def most_telling(texts, concepts):
    """The first of the texts, each with its stems, that says most of the concepts."""
    wanted = frozenset().union(*(concept.stems for concept in concepts))
    best = Telling(next(iter(texts), ("",))[0])
    for text, in_text in texts:
        # Most sentences of a page say nothing of what was asked.
        if not wanted.isdisjoint(in_text):
            worth, matched = said(frozenset(in_text), concepts)
            if worth > best.worth:
                best = Telling(text, worth, matched)
    return best


def stemmed_lines(texts, stem_lines):
    """Put lines of texts and the lines of their stems together again."""
    pairs = zip(texts.split("\n"), stem_lines.split("\n"), strict=True)
    return [(text, tuple(line.split())) for text, line in pairs]
