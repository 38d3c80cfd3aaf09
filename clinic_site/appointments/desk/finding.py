"""Finding requests by what somebody on the phone says: a reference, a name, a phone, an email."""

from django.db.models import Exists, OuterRef

from clinic_site.appointments.models import AppointmentRequest, SearchTerm
from clinic_site.appointments.search_terms import beginnings


def matching(words):
    """The requests that these words may mean, in any state, the latest first.

    Each word begins a word of the patient's name, of the asker's or of the reference, in any
    order; or the words are an email, or the end of a phone number.
    """
    starts = beginnings(words)
    found = AppointmentRequest.objects.order_by("-pk")
    for start in starts:
        terms = SearchTerm.objects.filter(request=OuterRef("pk"), term__startswith=start)
        found = found.filter(Exists(terms))
    return found if starts else found.none()
