"""The desk's part of the menu, and what of it waits for somebody."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from clinic_site.appointments.desk.saved_views import counts, say, to_do_count
from clinic_site.appointments.states import HANDLE

# What belongs to appointments but not to the inbox adds itself by this hook.
HOOK = "register_appointments_menu_item"


class InboxMenuItem(MenuItem):
    """The way to the inbox, with how many requests wait there."""

    def is_shown(self, request):
        return request.user.has_perm(HANDLE)

    def render_component(self, request):
        component = super().render_component(request)
        count = to_do_count(request.user)
        if count:
            component.label = f"{self.label} ({say(count)})"
        return component


def inbox_item():
    return InboxMenuItem(_("Inbox"), reverse("appointments_desk:inbox"), icon_name="mail", order=50)


def appointments_menu():
    menu = Menu(register_hook_name=HOOK)
    return SubmenuMenuItem(_("Appointments"), menu, icon_name="calendar-alt", order=60)


def waiting(user):
    """What waits at the desk, for the first page of the admin: the arguments of its lines."""
    if not user.has_perm(HANDLE):
        return []
    numbers = counts(user)
    lines = [
        line("overdue", "time", say_overdue(numbers["overdue"]), True),
        line("flagged", "warning", say_flagged(numbers["flagged"]), True),
        line("new", "mail", say_new(numbers["new"])),
        line("mine", "user", say_mine(numbers["mine"])),
        line("waitlist", "list-ul", say_waitlist(numbers["waitlist"])),
        line("quarantined", "help", say_quarantined(numbers["quarantined"])),
    ]
    return [kind for slug, kind in lines if numbers[slug]]


def line(slug, icon, text, is_urgent=False):
    url = reverse("appointments_desk:view", args=[slug])
    return slug, {"icon": icon, "text": text, "url": url, "is_urgent": is_urgent}


def say_overdue(count):
    text = ngettext(
        "%(count)s appointment request is overdue",
        "%(count)s appointment requests are overdue",
        count,
    )
    return text % {"count": say(count)}


def say_flagged(count):
    text = ngettext(
        "%(count)s appointment request is flagged",
        "%(count)s appointment requests are flagged",
        count,
    )
    return text % {"count": say(count)}


def say_new(count):
    text = ngettext(
        "%(count)s appointment request is new", "%(count)s appointment requests are new", count
    )
    return text % {"count": say(count)}


def say_mine(count):
    text = ngettext(
        "%(count)s appointment request is yours",
        "%(count)s appointment requests are yours",
        count,
    )
    return text % {"count": say(count)}


def say_waitlist(count):
    text = ngettext(
        "%(count)s patient is on the waiting list",
        "%(count)s patients are on the waiting list",
        count,
    )
    return text % {"count": say(count)}


def say_quarantined(count):
    text = ngettext(
        "%(count)s appointment request may be spam",
        "%(count)s appointment requests may be spam",
        count,
    )
    return text % {"count": say(count)}
