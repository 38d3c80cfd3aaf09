"""US phone numbers: checking them, and writing them for people and for tel: links."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat


def validate_phone(value):
    """Accept a US number that could exist; the range reserved for fiction is one."""
    try:
        parsed = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("Write a US phone number, such as 305-555-0142.")) from error
    if not phonenumbers.is_possible_number(parsed):
        raise ValidationError(_("This number is too short or too long for a US phone number."))


def tel(value):
    """The number for a tel: link, in E.164: +13055550142."""
    return phonenumbers.format_number(phonenumbers.parse(value, "US"), PhoneNumberFormat.E164)


def label(value):
    """The number as people in the US write it: 305-555-0142."""
    parsed = phonenumbers.parse(value, "US")
    written = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    return written.removeprefix("+1 ")
