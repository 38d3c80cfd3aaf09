"""The clinic: who it is, where it is, and when it answers."""

from datetime import time
from typing import NamedTuple
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from content.blocks.clinic import ClinicWordsBlock, HolidayBlock, OpeningHoursBlock
from content.phone import label, tel, validate_phone


def validate_time_zone(value):
    if value not in available_timezones():
        raise ValidationError(_("Write a time zone such as America/New_York."))


class OpeningHours(NamedTuple):
    """When somebody answers the phone, on one run of weekdays."""

    days: str
    weekdays: range
    opens: time
    closes: time

    @classmethod
    def from_block(cls, value):
        first, last = int(value["first_day"]), int(value["last_day"])
        days = (
            WEEKDAYS[first]
            if first == last
            else _("%(first)s to %(last)s")
            % {
                "first": WEEKDAYS[first],
                "last": WEEKDAYS[last],
            }
        )
        return cls(days, range(first, last + 1), value["opens"], value["closes"])


@register_setting(icon="home")
class ClinicSettings(BaseGenericSetting):
    """Every page and print-out takes the clinic's details from here."""

    name = models.CharField(_("clinic name"), max_length=80)
    phone = models.CharField(_("phone"), max_length=30, validators=[validate_phone])
    street = models.CharField(_("street address"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=60)
    state = models.CharField(_("state"), max_length=40)
    state_code = models.CharField(_("state code"), max_length=2, help_text=_("Such as FL."))
    postal_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    hours = StreamField(
        [("hours", OpeningHoursBlock())],
        verbose_name=_("opening hours"),
        help_text=_("When somebody answers the phone."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="America/New_York",
        validators=[validate_time_zone],
        help_text=_("All hours and appointments are in this time zone."),
    )
    holidays = StreamField(
        [("holiday", HolidayBlock())],
        blank=True,
        verbose_name=_("holidays"),
        help_text=_("Days on which the clinic is closed."),
    )
    words = StreamField(
        [("words", ClinicWordsBlock())],
        verbose_name=_("words on every page"),
        help_text=_("The emergency text and the small print, once for each language."),
    )

    panels = [
        MultiFieldPanel(["name", "phone", "street", "city", "state", "state_code", "postal_code"]),
        MultiFieldPanel(["hours", "time_zone", "holidays"], _("When the clinic answers")),
        "words",
    ]

    class Meta:
        verbose_name = _("clinic")

    def __str__(self):
        return self.name

    @cached_property
    def tel(self):
        return tel(self.phone)

    @cached_property
    def phone_label(self):
        return label(self.phone)

    @cached_property
    def opening_hours(self):
        """Runs of days with the same hours, with their names in the language being read."""
        return [OpeningHours.from_block(child.value) for child in self.hours]

    @cached_property
    def hours_text(self):
        """The opening hours in one line, in the language being read."""
        runs = "; ".join(
            _("%(days)s, %(opens)s to %(closes)s")
            % {
                "days": hours.days,
                "opens": time_format(hours.opens, "TIME_FORMAT"),
                "closes": time_format(hours.closes, "TIME_FORMAT"),
            }
            for hours in self.opening_hours
        )
        return capfirst(runs)

    @cached_property
    def _closed_on(self):
        return {child.value["date"] for child in self.holidays}

    def hours_on(self, day):
        """The runs of hours on a day: none on a holiday."""
        if day in self._closed_on:
            return []
        return [hours for hours in self.opening_hours if day.weekday() in hours.weekdays]

    def opens_on(self, day):
        """The time at which the clinic opens on a day, or None if it does not."""
        return min((hours.opens for hours in self.hours_on(day)), default=None)

    def closes_on(self, day):
        """The time at which the clinic closes on a day, or None if it does not open."""
        return max((hours.closes for hours in self.hours_on(day)), default=None)

    def _words(self):
        rows = [child.value for child in self.words]
        language = (get_language() or "en").split("-")[0]
        return next((row for row in rows if row["language"] == language), rows[0] if rows else {})

    @property
    def emergency_text(self):
        """The emergency line in the language being read, or in the first language there is."""
        return self._words().get("emergency", "")

    @property
    def small_print(self):
        """The disclaimer at the foot of every page, in the language being read."""
        return self._words().get("small_print", "")
