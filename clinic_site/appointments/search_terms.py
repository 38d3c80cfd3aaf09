"""The words a request is stored under, and what the words of a search begin."""

import re

from django.conf import settings

from clinic_site.appointments.folding import folded
from clinic_site.appointments.models import SearchTerm

WORD = re.compile(r"\w+")
# Fewer digits would find half of all numbers.
FEWEST_DIGITS = 4
LONGEST = SearchTerm._meta.get_field("term").max_length


def words_in(text):
    """The words of a text as they are compared; the prefix that all references share is none."""
    prefix = settings.APPOINTMENTS_REFERENCE_PREFIX.casefold()
    return [word for word in WORD.findall(folded(text)) if word != prefix]


def from_the_end(number):
    """The digits of a phone number, last one first: people say the end of it, not the +1."""
    return re.sub(r"\D", "", number)[::-1]


def terms_of(request):
    """Everything this request is found by."""
    words = words_in(f"{request.name} {request.requester_name} {request.reference}")
    terms = [*words, request.email.casefold(), from_the_end(request.phone)]
    # Some signs grow when they are folded.
    return {term[:LONGEST] for term in terms if term}


def rows_for(requests):
    """The search terms of requests, not stored yet."""
    return [SearchTerm(request_id=r.pk, term=term) for r in requests for term in terms_of(r)]


def beginnings(words):
    """What the terms of a request must begin with, each with one of its terms, to be meant."""
    if "@" in words:
        return [words.casefold().strip()]
    digits = from_the_end(words)
    if len(digits) >= FEWEST_DIGITS and not re.search(r"[^\W\d]", words):
        return [digits]
    return words_in(words)
