"""The booked visit as a file that calendars read (RFC 5545), saying nothing about health."""

from datetime import UTC
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from clinic_site.appointments.clinic import clinic
from clinic_site.appointments.states import State
from clinic_site.loading import loaded_when_used

icalendar = loaded_when_used("icalendar")


def site_host():
    """The host name that our mails and calendar entries are named after."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname


def calendar_file(request):
    """The visit in UTC, under one UID for the life of the request; or that it is given up."""
    is_booked = request.state == State.SCHEDULED
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if is_booked else "CANCEL")
    with translation.override(request.language):
        calendar.add_component(entry(request, is_booked))
    return calendar.to_ical()


def entry(request, is_booked):
    ours = clinic()
    event = icalendar.Event()
    event.add("uid", f"{request.reference}@{site_host()}")
    event.add("dtstamp", request.changed_at)
    # A visit that is given up and booked anew has one number for both in the database; calendars
    # need the second to be higher than the word that the first is off.
    event.add("sequence", 2 * request.sequence - (not is_booked))
    event.add("status", "CONFIRMED" if is_booked else "CANCELLED")
    event.add("summary", _("Appointment"))
    event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    event.add("contact", ours.phone_label)
    event.add("description", what_to_know(request, ours))
    add_time_and_place(event, request)
    return event


def what_to_know(request, ours):
    return _("Reference %(reference)s. Questions? Call %(phone)s.") % {
        "reference": request.reference,
        "phone": ours.phone_label,
    }


def add_time_and_place(event, request):
    """Say when and where; a visit that went back to review has neither any more."""
    if request.starts_at:
        event.add("dtstart", request.starts_at.astimezone(UTC))
        event.add("dtend", request.ends_at.astimezone(UTC))
    if request.place:
        event.add("location", request.place)
