"""The rules that pages carry in themselves, so that the first paint waits for nothing else."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template import Library
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from clinic_site.csp import hash_source

# The parts of each sheet. Every page carries the first one; print.css is a file of its own, which
# browsers fetch without waiting for it.
SHEETS = {
    "page": [
        "tokens",
        "base",
        "layout",
        "frame",
        "cover",
        "article",
        "figures",
        "care",
        "links",
        "terms",
        "search",
        "forms",
        "utilities",
    ],
    "home": ["home"],
    "lists": ["lists"],
    "requests": ["requests"],
}

# What people need to read it, and browsers do not: comments, indents and empty lines. No more: it
# comes before the first paint, but a space may also be part of a selector.
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENTS_AND_EMPTY_LINES = re.compile(r"\s*\n\s*")
BESIDE_THE_FILE = re.compile(r'url\("\.\./([^"]+)"\)')

register = Library()


def parts(sheet):
    folder = Path(settings.BASE_DIR, "static", "css")
    return [folder / f"{part}.css" for part in SHEETS[sheet]]


@register.simple_tag
def stylesheet(sheet):
    """The rules of a sheet in static/css, for a <style> element."""
    return _read(sheet, changed_at(sheet))


def changed_at(sheet):
    """When a developer last changed a part. A server's files stay as they are while it runs."""
    return max(part.stat().st_mtime_ns for part in parts(sheet)) if settings.DEBUG else None


def sources():
    """What a Content-Security-Policy must allow for pages to carry their sheets."""
    return [hash_source(stylesheet(sheet)) for sheet in SHEETS]


@lru_cache(maxsize=2 * len(SHEETS))
def _read(sheet, _changed_at):
    css = COMMENTS.sub("", "\n".join(part.read_text() for part in parts(sheet)))
    css = INDENTS_AND_EMPTY_LINES.sub("\n", css)
    return mark_safe(BESIDE_THE_FILE.sub(lambda file: f'url("{static(file[1])}")', css))
