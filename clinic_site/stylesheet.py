"""One stylesheet from many: pages load one file, people edit short ones."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
PARTS = [
    "tokens",
    "base",
    "layout",
    "frame",
    "cover",
    "home",
    "article",
    "figures",
    "care",
    "links",
    "glossary",
    "search",
    "forms",
    "requests",
    "utilities",
    "print",
]


# What people need to read it, and browsers do not: comments, indents and empty lines. No more: it
# holds up the first paint, but a space may also be part of a selector.
FOR_PEOPLE = re.compile(r"/\*.*?\*/|^[ ]+|\n(?=\s*\n)", re.DOTALL | re.MULTILINE)


def squeezed(css):
    return FOR_PEOPLE.sub("", css)


class StylesheetFinder(BaseFinder):
    """Finds site.css, put together from static/css/ whenever a part has changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.parts = [Path(settings.BASE_DIR, "static", "css", f"{part}.css") for part in PARTS]
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "stylesheet")

    def _built(self):
        target = Path(self.storage.path(NAME))
        text = squeezed("\n".join(part.read_text() for part in self.parts))
        if not target.exists() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_text(text)
            fresh.replace(target)
        return target

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        found = str(self._built())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        self._built()
        yield NAME, self.storage
