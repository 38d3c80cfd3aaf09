"""The parts of the site whose health is looked at, and when each needs care."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from clinic_site.operations.findings import Check, Finding, State
from clinic_site.operations.models import TimerRun

# Below this share a disk fills up sooner than somebody comes to look.
FREE_SHARE = 0.1


def find_database():
    """Does it answer from a table? SQLite says that one is one without opening its file."""
    TimerRun.objects.exists()
    return Finding(State.WELL, _("It answers."))


def find_disk():
    """Is there room on the fullest of the disks that the site writes to?"""
    usages = [shutil.disk_usage(folder) for folder in folders()]
    total, _used, free = min(usages, key=lambda usage: usage.free / usage.total)
    says = _("%(free)s are free of %(total)s.") % {
        "free": filesizeformat(free),
        "total": filesizeformat(total),
    }
    if free >= total * FREE_SHARE:
        return Finding(State.WELL, says)
    return Finding(State.CARE, says, _("Make room on the server's disk, or give it a larger one."))


def folders():
    """The nearest folder that exists of each place that the site writes to."""
    wanted = [Path(settings.BACKUP_DIR)]
    if connection.vendor == "sqlite":
        wanted.append(Path(connection.settings_dict["NAME"]))
    if hasattr(default_storage, "location") and Path(default_storage.location).is_absolute():
        wanted.append(Path(default_storage.location))
    for folder in wanted:
        yield next(place for place in (folder, *folder.parents) if place.exists())


TIMERS = {
    "backup": (_("Backup of the database"), _("Look at the timer of “manage.py backup”.")),
    "backup_with_media": (
        _("Backup with the uploads"),
        _("Look at the timer of “manage.py backup” without “--without-media”."),
    ),
    "send_mail_queue": (
        _("Mail worker"),
        _("Start “manage.py send_mail_queue --loop” again: patients get no mail."),
    ),
    "send_digest": (
        _("Daily mail to the desk"),
        _("Look at the timer of “manage.py send_digest”."),
    ),
    "purge_requests": (
        _("Removal of old requests"),
        _("Look at the timer of “manage.py purge_requests”: the privacy page promises it."),
    ),
    "disable_idle_accounts": (
        _("Switching off of unused accounts"),
        _("Look at the timer of “manage.py disable_idle_accounts”."),
    ),
    "forget_login_attempts": (
        _("Removal of old sign-ins"),
        _("Look at the timer of “manage.py forget_login_attempts”."),
    ),
    "publish_scheduled": (
        _("Scheduled publishing"),
        _("Look at the timer of “manage.py publish_scheduled”."),
    ),
}


def find_timer(name):
    """Has a command run as lately as it should?"""
    minutes, (_label, advice) = settings.TIMERS_LATE_AFTER[name], TIMERS[name]
    finished_at = TimerRun.objects.filter(name=name).values_list("finished_at", flat=True).first()
    if finished_at is None:
        return Finding(State.CARE, _("It has never run."), advice)
    says = _("It last ran %(time)s ago.") % {"time": timesince(finished_at)}
    if timezone.now() - finished_at <= timedelta(minutes=minutes):
        return Finding(State.WELL, says)
    return Finding(State.CARE, says, advice)


def timer_check(name):
    return Check(name, TIMERS[name][0], lambda: find_timer(name))


def all_checks():
    """The checks of this app and of the others."""
    others = [
        check for register in hooks.get_hooks("register_health_checks") for check in register()
    ]
    return [
        Check("database", _("Database"), find_database, is_vital=True),
        *others,
        *(timer_check(name) for name in TIMERS),
        Check("disk", _("Disk"), find_disk, source="disk"),
    ]
