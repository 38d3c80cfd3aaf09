"""Turning what people type into what can be stored, or into a sentence that says what to do."""

import re
import unicodedata
from datetime import date

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat, ValidationResult

from clinic_site.appointments.models.requests import EXTENSION_DIGITS

OLDEST_BIRTH = 1900
# Format characters that scripts need: joiners of Arabic, Indic and emoji text.
JOINERS = {"\u200c", "\u200d"}
BIRTH_HELP = _("Enter the month, day and year, like 3 / 27 / 1958")
NO_SUCH_DAY = _("There is no such day. Check the month and the day, like 3 / 27 / 1958")
MONTH_HELP = _("Enter the month and the year, like 5 / 2026")
PHONE_HELP = _("Enter a phone number with 10 digits, like 305-555-0123")
EXTENSION_HELP = _("The extension is too long. Enter the digits that follow the number, like x12")
# Far more than any box takes. Accents piled on one letter are put in order in a time that grows with
# the square of their number: the most that a form may hold would keep a process busy for a minute.
MOST_CLEANED = 2_000
# How people begin an extension, in either language.
EXTENSION = re.compile(r"ext(?:ensi[oó]n|n)?|anexo|x")


def clean_text(text, keep_lines=False):
    """The text without what nobody sees: control characters, direction marks, outer blanks.

    Line ends become single ones if lines are kept, blanks if not. A clean text stays as it is, and
    so does one that is too long for any box.
    """
    if len(text) > MOST_CLEANED:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        c
        if c in JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
        else "\n" * (c == "\n")
        for c in text.replace("\t", " ")
    )
    # Only now do letters and accents meet that stood apart.
    kept = unicodedata.normalize("NFC", kept)
    lines = kept.split("\n") if keep_lines else [kept]
    return "\n".join(" ".join(line.split()) for line in lines).strip("".join(JOINERS) + " \n")


def has_letter(text):
    return any(unicodedata.category(c).startswith("L") for c in text)


def parse_phone(text):
    """Return (E.164 number, extension); numbers without a country are taken for US ones."""
    if any(c.isascii() and c.isalpha() for c in EXTENSION.sub("", text.lower())):
        raise ValidationError(PHONE_HELP, code="invalid")
    try:
        parsed = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(PHONE_HELP, code="invalid") from error
    # A number without its area code is possible to the library, and reaches nobody from elsewhere.
    if phonenumbers.is_possible_number_with_reason(parsed) != ValidationResult.IS_POSSIBLE:
        raise ValidationError(PHONE_HELP, code="invalid")
    if len(parsed.extension or "") > EXTENSION_DIGITS:
        raise ValidationError(EXTENSION_HELP, code="invalid")
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164), parsed.extension or ""


def show_phone(number, extension=""):
    """The number as people write it: 305-555-0142, or with its country code from elsewhere."""
    parsed = phonenumbers.parse(number, "US")
    written = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    written = written.removeprefix("+1 ")
    return f"{written} x{extension}" if extension else written


def parse_date(year, month, day, message):
    """The date that three texts name; digits of any script are read."""
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError) as error:
        raise ValidationError(message, code="invalid") from error


def refuse_short(year):
    """A year such as 58: nobody knows of which century."""
    if year < 1000:
        raise ValidationError(_("Write all four digits of the year"), code="invalid")


def parse_birth_date(year, month, day, today):
    if not (year or month or day):
        return None
    if not (year and month and day):
        raise ValidationError(BIRTH_HELP, code="invalid")
    born = parse_date(year, month, day, NO_SUCH_DAY)
    refuse_short(born.year)
    if born.year < OLDEST_BIRTH:
        raise ValidationError(_("Check the year of birth. It is too long ago."), code="invalid")
    if born > today:
        raise ValidationError(_("The date of birth must be in the past."), code="invalid")
    return born


def parse_month(year, month, today):
    """The first day of a month in the past, or None if neither part is filled in."""
    if not (year or month):
        return None
    first = parse_date(year, month, "1", MONTH_HELP)
    refuse_short(first.year)
    if first.year < OLDEST_BIRTH:
        raise ValidationError(MONTH_HELP, code="invalid")
    if first > today:
        raise ValidationError(_("This month must not be in the future."), code="invalid")
    return first
