"""The interface speaks both languages, whole."""

import ast
import re
from datetime import date
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import override
from django.utils.translation.template import templatize

pytestmark = pytest.mark.one_database

GETTEXT = re.compile(r"\bgettext\((?:u?)(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')\)")
GETTEXT_NAMES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
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


def test_every_string_of_the_code_is_in_the_catalogue():
    """Also those that xgettext overlooks, such as what stands inside an f-string."""
    written = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}

    assert [text for text in strings_in_code() if text not in written] == []


def test_spanish_quotes_as_english_does():
    """One kind of quotation marks, the curly ones, on every page and in the admin."""
    texts = [
        text
        for entry in polib.pofile(str(CATALOGUE))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]

    assert [text for text in texts if set("«»") & set(text)] == []


def test_numbers_and_short_dates_are_those_of_the_us_in_both_languages():
    """A comma that ends thousands in one sentence must not begin tenths in the next."""
    shown = set()
    for language in ("en", "es"):
        with override(language):
            number = number_format(2000.5, force_grouping=True)
            shown.add((number, date_format(date(2026, 3, 4), "SHORT_DATE_FORMAT")))

    assert shown == {("2,000.5", "03/04/2026")}


def test_every_string_of_the_templates_is_in_the_catalogue():
    written = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}

    assert [text for text in strings_in_templates() if text not in written] == []


def strings_in_code():
    """The texts that modules hand to gettext."""
    for app in ("clinic_site", "content"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and is_gettext(node.func):
                    yield from (text.value for text in node.args[:1] if is_text(text))


def is_gettext(function):
    return isinstance(function, ast.Name) and function.id in GETTEXT_NAMES


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def strings_in_templates():
    """The texts that pages and mails hand to gettext."""
    templates = settings.BASE_DIR / "templates"
    for path in (*templates.rglob("*.html"), *templates.rglob("*.txt")):
        source = templatize(path.read_text())
        yield from (double or single for double, single in GETTEXT.findall(source))
