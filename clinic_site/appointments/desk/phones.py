"""Phone numbers as people read them, and as a phone dials them."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


def phone_label(request):
    """The number as people in the US write it: 305-555-0142, and the extension."""
    try:
        number = phonenumbers.parse(request.phone, "US")
    except NumberParseException:
        return request.phone
    written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return written.removeprefix("+1 ")


def tel(request):
    """The address of a link that dials the number: tel:+13055550142;ext=7."""
    extension = f";ext={request.phone_extension}" if request.phone_extension else ""
    return f"tel:{request.phone}{extension}"
