"""The interface speaks both languages, whole."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

pytestmark = pytest.mark.one_database

GETTEXT = re.compile(r"\bgettext\((?:u?)(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')\)")
CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "es/LC_MESSAGES/django.po"


def test_no_translation_is_missing_or_fuzzy():
    entries = polib.pofile(str(CATALOGUE))

    assert [entry.msgid for entry in entries if not entry.translated()] == []


def test_the_compiled_catalogue_is_the_written_one():
    written = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    compiled = {
        entry.msgid: entry.msgstr for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }

    assert compiled == written


def test_every_string_of_the_templates_is_in_the_catalogue():
    written = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}

    assert [text for text in strings_in_templates() if text not in written] == []


def strings_in_templates():
    """The texts that templates hand to gettext."""
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        source = templatize(path.read_text())
        yield from (double or single for double, single in GETTEXT.findall(source))
