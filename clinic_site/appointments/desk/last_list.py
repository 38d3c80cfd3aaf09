"""The list somebody works through, so that each request leads back to it."""

from django.http import QueryDict
from django.urls import reverse

from clinic_site.appointments.desk.filters import InboxFilterSet
from clinic_site.appointments.desk.saved_views import VIEWS

LAST_LIST = "appointments_last_list"
PAGE = "p"


def remember(request, view):
    """Keep the view and its filters in the session, and nothing else that an address may hold."""
    kept = QueryDict(mutable=True)
    for name in [*InboxFilterSet.base_filters, PAGE]:
        if request.GET.get(name):
            kept[name] = request.GET[name]
    found = [view, kept.urlencode()]
    if request.session.get(LAST_LIST) != found:
        request.session[LAST_LIST] = found


def last_list(request):
    """The address and the name of the list seen last; the inbox's first where there was none."""
    view, filters = request.session.get(LAST_LIST, [next(iter(VIEWS)), ""])
    address = reverse("appointments_desk:view", args=[view])
    return {"url": f"{address}?{filters}" if filters else address, "label": VIEWS[view].label}
