"""From a fixture's plain text to the rich text that editors edit."""

import re

from markdown import markdown

from content.models import GlossaryTerm

LINE_BREAK = re.compile(r"\s*\n\s*")
PAGE_LINK = re.compile(r'<a href="page:([^"]*)">')
TERM_LINK = re.compile(r'<a href="term:([^"]*)">')


def rich_text(text, place, references):
    """Turn plain text with “- ” lists, **bold** and [words](page:conditions/dystonia) into HTML.

    A link to a page is stored by the page's id, so it survives a move. [words](term:saline) marks
    words that the glossary explains.
    """
    if not isinstance(text, str):
        raise place.error("Write text here, between quotation marks.")

    def to_page(match):
        key = match[1]
        return f'<a linktype="page" id="{references.page_id(key, place)}">'

    def to_term(match):
        pk = references.snippet_id(GlossaryTerm, match[1], place)
        return f'<a linktype="glossary" id="{pk}">'

    html = markdown(text.strip().replace("&", "&amp;").replace("<", "&lt;"))
    return LINE_BREAK.sub(" ", TERM_LINK.sub(to_term, PAGE_LINK.sub(to_page, html)))
