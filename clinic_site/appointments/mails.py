"""Mails to patients and to the desk: plain text, and nothing in them about anybody's health."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from clinic_site.appointments.calendar_file import calendar_file, site_host
from clinic_site.appointments.clinic import clinic, today, zone
from clinic_site.appointments.digest import counts
from clinic_site.appointments.keys import grant_access
from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.models.outbox import MailKind
from clinic_site.appointments.states import PROMISED, UNSCHEDULED, State

# The states in which a mail of each kind still says how things stand.
TRUE_IN = {
    MailKind.RECEIVED: UNSCHEDULED,
    MailKind.NOT_REACHED: {State.AWAITING_PATIENT},
    MailKind.BOOKED: {State.SCHEDULED},
    MailKind.CHANGED: {State.SCHEDULED},
    MailKind.CANCELLED: set(State) - {State.SCHEDULED},
    MailKind.RELEASED: set(State) - {State.SCHEDULED},
    MailKind.WITHDRAWN: {State.WITHDRAWN},
    MailKind.DECLINED: {State.DECLINED},
}
WITH_CALENDAR_FILE = {
    MailKind.BOOKED,
    MailKind.CHANGED,
    MailKind.CANCELLED,
    MailKind.RELEASED,
}


def is_current(mail):
    """Is the mail still worth sending, or has its news been overtaken?"""
    if is_repeated_by_a_later(mail):
        return False
    if mail.request is None:
        return bool(settings.APPOINTMENTS_EMAIL)
    is_of_this_visit = mail.kind not in WITH_CALENDAR_FILE or mail.sequence == mail.request.sequence
    return is_of_this_visit and mail.request.state in TRUE_IN[MailKind(mail.kind)]


def is_repeated_by_a_later(mail):
    later = OutboxMail.objects.filter(request=mail.request, kind=mail.kind, pk__gt=mail.pk)
    return later.waiting().exists()


def compose(mail):
    """The message, the same each time but for what changed in the request."""
    language = mail.request.language if mail.request else settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone()):
        message = to_patient(mail) if mail.request else to_desk(mail)
    message.extra_headers = {
        "Message-ID": message_id(mail),
        # Asks out-of-office programs not to answer.
        "Auto-Submitted": "auto-generated",
    }
    return message


def message_id(mail):
    """One name for one mail, however often it is sent.

    The time keeps it apart from a mail that had the same number before a backup was restored.
    """
    return f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{site_host()}>"


def to_patient(mail):
    request = mail.request
    message = EmailMessage(
        subject=f"{MailKind(mail.kind).label} {request.reference}",
        body=render_to_string(f"appointments/email/{mail.kind}.txt", may_say(request)),
        to=[request.email],
    )
    if mail.kind in WITH_CALENDAR_FILE:
        attach_calendar_file(message, request)
    return message


def may_say(request):
    """All that a template may know of a request, so that none can say more."""
    is_promised = request.state in PROMISED
    return {
        "reference": request.reference,
        "link": private_link(request),
        "clinic": clinic(),
        "is_open": request.state in UNSCHEDULED,
        "promised_on": unless_past(request.promised_on) if is_promised else None,
        "due_on": unless_past(request.due_on) if is_promised else None,
        "starts_at": request.starts_at,
        "place": request.place,
    }


def unless_past(day):
    return day if day and day >= today() else None


def private_link(request):
    path = reverse("appointments:status", args=[grant_access(request)])
    return settings.WAGTAILADMIN_BASE_URL + path


def attach_calendar_file(message, request):
    method = "PUBLISH" if request.state == State.SCHEDULED else "CANCEL"
    content = calendar_file(request).decode()
    message.attach("appointment.ics", content, f"text/calendar; method={method}")


def to_desk(mail):
    """The digest: numbers, and where to find what they count."""
    link = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home")
    return EmailMessage(
        subject=MailKind(mail.kind).label,
        body=render_to_string(f"appointments/email/{mail.kind}.txt", counts() | {"link": link}),
        to=[settings.APPOINTMENTS_EMAIL],
    )
