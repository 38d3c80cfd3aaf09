"""The one stylesheet that pages load."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from clinic_site.stylesheet import NAME, PARTS

pytestmark = pytest.mark.one_database


def rules(css):
    """What a browser reads: no comments, and any white space as one space."""
    return " ".join(re.sub(r"/\*.*?\*/", " ", css, flags=re.DOTALL).split())


def test_the_stylesheet_says_what_its_parts_say_and_is_smaller():
    folder = Path(settings.BASE_DIR, "static", "css")
    parts = "\n".join((folder / f"{part}.css").read_text() for part in PARTS)

    built = Path(finders.find(NAME)).read_text()

    assert rules(built) == rules(parts)
    assert len(built) < 0.95 * len(parts)
