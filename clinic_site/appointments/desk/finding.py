"""Finding requests by what somebody on the phone says: a reference, a name, a phone, an email."""

import re

import phonenumbers
from django.db.models import Q
from phonenumbers import NumberParseException, PhoneNumberFormat

from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.receiving import folded

# Fewer digits would find half of all numbers.
FEWEST_DIGITS = 4


def matching(words):
    """The requests that these words may mean, in any state, the latest first."""
    found = AppointmentRequest.objects.filter(by_name(words) | by_code(words))
    return found.order_by("-pk")


def by_name(words):
    """Every word stands in the patient's name, in any order; or all stand in the asker's."""
    asked = Q(requester_name__icontains=words)
    named = Q()
    for word in folded(words).split():
        named &= Q(search_name__contains=word)
    return asked | named if named else asked


def by_code(words):
    """What has one spelling: reference, email, phone."""
    found = Q(reference__icontains=re.sub(r"\s+", "-", words))
    if "@" in words:
        found |= Q(email__iexact=words)
    digits = re.sub(r"\D", "", words)
    if len(digits) >= FEWEST_DIGITS and not re.search(r"[^\W\d]", words):
        found |= Q(phone=e164(words)) | Q(phone__contains=digits)
    return found


def e164(words):
    """A phone number as it is stored; what is none comes back as it is."""
    try:
        number = phonenumbers.parse(words, "US")
    except NumberParseException:
        return words
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
