"""The clinic's own days: when it answers, and by when it promises to.

What tells the clinic's details is a setting, so that this app does not depend on the app that holds
the site's texts.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

# Longer than any run of holidays; ends the search where no opening hours are set.
LONGEST_WAIT = timedelta(days=60)


def clinic():
    """The clinic's settings: name, phone, hours, holidays, time zone."""
    return import_string(settings.APPOINTMENTS_CLINIC)()


def zone():
    """The one time zone that all hours and visits are in."""
    return ZoneInfo(clinic().time_zone)


def local(moment):
    return moment.astimezone(zone())


def today():
    return local(timezone.now()).date()


def day_begins(day):
    """The first moment of a day on the clinic's clocks."""
    return datetime.combine(day, time.min, zone())


def day_ends(day):
    """The first moment after a day, or after today if that is sooner: nothing came in since.

    No day follows the last one of the calendar, which somebody may ask for.
    """
    return day_begins(min(day, today()) + timedelta(days=1))


def answer_day(moment):
    """The day by which somebody answers what arrives at `moment`.

    Counts APPOINTMENTS_ANSWER_WITHIN working days. What arrives on a closed day, or after closing
    time, counts from the next working day on.
    """
    ours = clinic()
    arrived = moment.astimezone(ZoneInfo(ours.time_zone))
    closes = ours.closes_on(arrived.date())
    in_time = bool(closes and arrived.time() < closes)
    days = settings.APPOINTMENTS_ANSWER_WITHIN + (not in_time)
    return working_day_after(arrived.date(), days, ours)


def working_day_after(day, count=1, ours=None):
    """The `count`th day after `day` on which the clinic opens; `ours` is the clinic, if at hand."""
    ours = ours or clinic()
    last = day + LONGEST_WAIT
    while count and day < last:
        day += timedelta(days=1)
        count -= ours.closes_on(day) is not None
    return day


def open_weekdays():
    """The weekdays on which the clinic opens, Monday as 0."""
    return sorted({day for hours in clinic().opening_hours for day in hours.weekdays})
