"""How the appointments' mails and phone number are, for the page about the health of the site."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Min
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic_site.appointments.clinic import clinic
from clinic_site.appointments.models import OutboxMail
from clinic_site.operations.findings import Check, Finding, State

# A worker looks every five seconds, and a hanging mail server holds it up for two minutes.
LATE = timedelta(minutes=10)
LATELY = timedelta(days=1)


def find_queue():
    """How long has the mail waited that should have been taken first?"""
    now = timezone.now()
    oldest = OutboxMail.objects.due(now).aggregate(at=Min("next_try_at"))["at"]
    if oldest is None:
        return Finding(State.WELL, _("No mail is due."))
    says = _("The oldest due mail has waited for %(time)s.") % {"time": timesince(oldest, now)}
    if now - oldest <= LATE:
        return Finding(State.WELL, says)
    return Finding(State.CARE, says, _("Start the mail worker again: patients get no mail."))


def find_failed():
    """Were mails given up in the last day?"""
    failed = OutboxMail.objects.filter(failed_at__gte=timezone.now() - LATELY).count()
    if not failed:
        return Finding(State.WELL, _("None was given up in the last 24 hours."))
    says = ngettext(
        "%(count)s mail was given up in the last 24 hours.",
        "%(count)s mails were given up in the last 24 hours.",
        failed,
    ) % {"count": failed}
    advice = _("The front desk phones these patients. Look at the mail server and its password.")
    return Finding(State.CARE, says, advice)


def find_phone():
    """Do pages that are drawn without the database name the number that the others name?"""
    ours, theirs = clinic().phone, settings.CLINIC_PHONE
    if digits(ours) == digits(theirs):
        return Finding(State.WELL, _("Pages and error pages name the same number."))
    says = _("Pages say %(phone)s, error pages say %(other)s.") % {"phone": ours, "other": theirs}
    return Finding(
        State.CARE,
        says,
        _("Ask whoever looks after the server to correct CLINIC_PHONE and restart the site."),
    )


def digits(phone):
    """The ten digits of an American number, however it is written."""
    return "".join(filter(str.isdecimal, phone))[-10:]


def checks():
    return [
        Check("mail_queue", _("Mails that are due"), find_queue),
        Check("failed_mails", _("Mails that failed"), find_failed),
        Check("phone", _("Clinic's phone number"), find_phone),
    ]
