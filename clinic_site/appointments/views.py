"""Asking for an appointment: form, check, send. The receipt is the private page in status_views."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_cookie
from wagtail.models import Page

from clinic_site.appointments import keys, spam
from clinic_site.appointments.check_answers import answer_groups
from clinic_site.appointments.emergency import sounds_like_an_emergency
from clinic_site.appointments.forms import AppointmentRequestForm
from clinic_site.appointments.receiving import OtherContentError, receive, was_sent
from clinic_site.appointments.sheets import TRANSLATE, Sheet, filled_in, kept, opened_from

UNREADABLE = 422
# The form that the switch of languages sends along, so that nothing typed is lost. Not where one
# types: there the return key presses the first button of the form, and site.js sends it along.
KEPT_FORM = {"kept_form": "request-form"}


@never_cache
@vary_on_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def request_appointment(request):
    """One address for every step, so that no answer ever stands in one."""
    if request.method != "POST":
        sheet = Sheet.new(page=request.GET.get("page", "")[:10])
        return show_form(request, opened_from(sheet.origin), sheet)
    sheet = Sheet.sent(request.POST)
    if request.POST.get("step") in ("change", TRANSLATE):
        return show_form(request, filled_in(request.POST), sheet)
    form = AppointmentRequestForm(request.POST)
    if not form.is_valid():
        return show_form(request, form, sheet, status=UNREADABLE)
    urgent = is_urgent(form)
    if urgent and not sheet.heeded:
        return show_stop(request, sheet)
    # Without the key that the check page carried, nobody has checked these answers yet.
    if request.POST.get("step") == "send" and sheet.key == request.POST.get("key"):
        return send(request, form, sheet, urgent)
    return show_check(request, form, sheet)


def is_urgent(form):
    data = form.cleaned_data
    return sounds_like_an_emergency(data["note"], data["access_needs"], data["name"])


def show_form(request, form, sheet, status=200, notice=""):
    context = {
        "address": request.build_absolute_uri(request.path),
        "form": form,
        "sheet": sheet,
        "notice": notice,
        "privacy": privacy_page(),
    }
    return render(request, "appointments/request.html", context, status=status)


def privacy_page():
    """The page that says what happens with the answers, in the language being read, or None."""
    pages = Page.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    page = pages.filter(slug=settings.APPOINTMENTS_PRIVACY_PAGE).first()
    return page and page.localized


def show_answers_again(request):
    """The form as it was filled in, for someone whose token had run out."""
    notice = _("This page was open for a while. Your answers are still here. Please go on.")
    sheet = Sheet.sent(request.POST)
    return never_cache(show_form)(request, filled_in(request.POST), sheet, 403, notice)


def show_stop(request, sheet):
    """Words that sound like an emergency: 911 first. The way on is there, too."""
    context = {"kept": kept(request.POST, sheet._replace(heeded="yes"))}
    return render(request, "appointments/stop.html", context | KEPT_FORM)


def show_check(request, form, sheet):
    context = {"groups": answer_groups(form), "kept": kept(request.POST, sheet)}
    return render(request, "appointments/check.html", context | KEPT_FORM)


def send(request, form, sheet, urgent):
    """Store the request and lead to its private page; the same form always leads to the same."""
    data, page = form.cleaned_data, sheet.origin
    senders = spam.senders_of(request.META["REMOTE_ADDR"], data["phone"], data["email"])
    lately = spam.sent_lately(senders)
    if spam.is_flood(lately[0]) and not was_sent(sheet.key):
        return show_form(request, form, sheet, 429, _("Too many requests came from your network."))
    answers = form.answers() | {"page_id": page and page.pk}
    signs = spam.signs_of_spam(form, sheet, lately)
    try:
        stored = receive(sheet.key, answers, signs, urgent, senders)
    except OtherContentError as error:
        return show_conflict(request, sheet, error.request)
    return to_status(stored)


def to_status(stored):
    address = reverse("appointments:status", args=[keys.token_of(stored)])
    response = redirect(address)
    response.status_code = 303
    return response


def show_conflict(request, sheet, stored):
    """This form was sent before with other answers: say so, and let both be kept."""
    context = {
        "token": keys.grant_access(stored),
        "kept": kept(request.POST, sheet.renewed()),
    }
    return render(request, "appointments/conflict.html", context, status=409)
