"""The private page of a request: receipt, state, and what the patient may do about it."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from clinic_site.appointments import keys, moves
from clinic_site.appointments.calendar_file import calendar_file
from clinic_site.appointments.clinic import local, zone
from clinic_site.appointments.states import OPEN, State
from clinic_site.appointments.status_words import words_for
from clinic_site.appointments.steps import steps

# What a patient may still cancel, and where another time can be asked for.
CANCELLABLE = OPEN | {State.QUARANTINED}


def private(view):
    """Find the request that the link opens. Every link that opens none gets the same 404.

    Nothing may keep such a page or find it: no cache, no search engine. Its times are the clinic's.
    """

    @never_cache
    @wraps(view)
    def opened(http_request, token):
        found = keys.request_of(token)
        if found is None:
            raise Http404
        with timezone.override(zone()):
            response = view(http_request, token, found)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened


@require_safe
@private
def status(http_request, token, found):
    """Where the request stands. Reading changes nothing: mail scanners follow links."""
    return show(http_request, token, found)


def show(http_request, token, found, status=200, problem=""):
    address = reverse("appointments:status", args=[token])
    context = {
        "address": http_request.build_absolute_uri(address),
        "request_shown": found,
        "token": token,
        "words": words_for(found),
        "steps": steps(found),
        "is_new": found.state in (State.NEW, State.QUARANTINED) and not found.asks_another_time,
        "is_booked": found.state == State.SCHEDULED and not found.is_over,
        "is_open": found.state in CANCELLABLE and not found.is_over,
        "may_ask_again": may_ask_again(found),
        "starts_at": found.starts_at and local(found.starts_at),
        "ends_at": found.ends_at and local(found.ends_at),
        "problem": problem,
        "is_other_language": found.language != get_language(),
    }
    return render(http_request, "appointments/status.html", context, status=status)


def may_ask_again(found):
    """Once is enough, but for an answer to our call or mail, which this is, too."""
    is_heard = found.asks_another_time and found.state != State.AWAITING_PATIENT
    return found.state in CANCELLABLE and not found.is_over and not is_heard


@require_POST
@private
def cancel(http_request, token, found):
    """The patient cancels. Doing it twice does it once."""
    if found.state in CANCELLABLE and not found.is_over:
        return act(http_request, token, found, moves.patient_cancels)
    return redirect("appointments:status", token)


@require_POST
@private
def ask_for_another_time(http_request, token, found):
    if found.is_over or found.asks_another_time and not may_ask_again(found):
        return redirect("appointments:status", token)
    return act(http_request, token, found, moves.patient_asks_again)


def act(http_request, token, found, move):
    """Make the patient's move, or show how things stand if the desk was faster."""
    try:
        move(found)
    except moves.MoveRefusedError as refused:
        # The reason that it holds is in the desk's words.
        changed = _("Your request changed while this page was open.")
        return show(http_request, token, refused.request, 409, changed)
    response = redirect("appointments:status", token)
    response.status_code = 303
    return response


@require_safe
@private
def calendar(http_request, token, found):
    """The booked visit for the patient's calendar."""
    if found.state != State.SCHEDULED:
        raise Http404
    response = HttpResponse(calendar_file(found), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response
