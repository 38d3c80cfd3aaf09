"""What a patient sees when something fails: the phone number, and nothing they typed is lost.

These pages are drawn without the database, since it may be what failed.
"""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure as django_csrf_failure

from clinic_site import request_ids
from clinic_site.appointments.views import show_answers_again
from content.phone import label, tel

logger = logging.getLogger(__name__)

WORDS = {
    400: (
        _("We could not read what was sent"),
        _("Something on the way changed it. Please try again, or call us."),
    ),
    403: (
        _("We could not tell that this came from our page"),
        _("You did nothing wrong. Please open the page again, or call us."),
    ),
    413: (
        _("That was too much to send"),
        _("Please write less and leave out files and pictures, or call us."),
    ),
    429: (
        _("That was more than we can take at once"),
        _("You did nothing wrong. Please wait a minute and try again, or call us."),
    ),
    500: (
        _("Something went wrong on our side"),
        _("You did nothing wrong. Please try again in a few minutes, or call us."),
    ),
    503: (
        _("This page is not available right now"),
        _("You did nothing wrong. Please try again in a few minutes, or call us."),
    ),
}
LOCKED_OUT = (
    _("Too many wrong tries"),
    _("Wait 15 minutes and sign in again. If you have lost your phone, ask a site manager."),
)
# Longer than the database needs to start again; and the length of a lock-out.
RETRY_SECONDS = {503: "30", 429: "900"}


def failure(request, status, words=None):
    """The page for a status, with what was typed and a button that sends it once more."""
    heading, lead = words or WORDS[status]
    context = {
        "heading": heading,
        "lead": lead,
        "phone": label(settings.CLINIC_PHONE),
        "tel": tel(settings.CLINIC_PHONE),
        "kept": kept(request) if status >= 500 else [],
        "reference": request_ids.current.get() if status >= 500 else "",
    }
    text = render_to_string("failure.html", context, request if context["kept"] else None)
    response = HttpResponse(text, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status in RETRY_SECONDS:
        response.headers["Retry-After"] = RETRY_SECONDS[status]
    return response


def kept(request):
    """The names and values of a form that a patient sent. Staff's forms are not written out."""
    if request.method != "POST" or request.path.startswith("/admin/"):
        return []
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"]


def bad_request(request, exception):
    return failure(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request, exception):
    return failure(request, 403)


def locked_out(request, original_response, credentials):
    """After too many wrong passwords or codes, whatever the view had answered."""
    return failure(request, 429, LOCKED_OUT)


def server_error(request):
    return failure(request, 500)


def csrf_failure(request, reason=""):
    """Give the appointment form back as it was filled in; its token may have run out."""
    if request.path.startswith("/admin/"):
        return django_csrf_failure(request, reason)
    if request.resolver_match and request.resolver_match.view_name == "appointments:request":
        return show_answers_again(request)
    return failure(request, 403)


class UnavailableMiddleware:
    """Answer 503 rather than 500 while the database is away: it will be back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        # The words of the exception may quote what a patient typed.
        logger.error("The database is away: %s", type(exception).__name__)
        return failure(request, 503)
