"""Booking a visit: the form, the clinic's clock, and the warnings that a tick overrules."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic_site.appointments.clinic import clinic, today, zone
from clinic_site.appointments.desk.filters import day_input
from clinic_site.appointments.desk.forms import WarningForm
from clinic_site.appointments.models import Reason
from clinic_site.appointments.moves import overlapping

USUAL_MINUTES, MOST_MINUTES = 30, 480
# Beyond it, the year is a slip of the finger.
MOST_AHEAD = timedelta(days=730)
FIRST, SECOND = "first", "second"
WHICH = [
    (FIRST, gettext_lazy("The first, before the clocks are set back")),
    (SECOND, gettext_lazy("The second, after it")),
]


def moments(day, at, tz):
    """The moments at which the clinic's clocks show this: none, one or two, as they are changed."""
    shown = datetime.combine(day, at)
    found = {shown.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(one for one in found if one.astimezone(tz).replace(tzinfo=None) == shown)


def span(starts_at, ends_at):
    """From when to when, on the clinic's clocks."""
    times = [date_format(localtime(one, zone()), "TIME_FORMAT") for one in (starts_at, ends_at)]
    return _("%(start)s to %(end)s") % {"start": times[0], "end": times[1]}


def lock_diary():
    """Let one visit at a time be booked: whoever books next sees this one.

    Every request names a reason, so a reason stands in for the diary. The lock is one that does
    not keep patients from sending requests.
    """
    return Reason.objects.select_for_update(no_key=True).order_by("pk").first()


class VisitForm(WarningForm):
    day = forms.DateField(
        label=gettext_lazy("Date"), input_formats=["%Y-%m-%d"], widget=day_input()
    )
    at = forms.TimeField(
        label=gettext_lazy("Starts"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    which = forms.ChoiceField(
        label=gettext_lazy("The clocks show this time twice. Which one?"),
        required=False,
        choices=WHICH,
        widget=forms.HiddenInput,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=5, max_value=MOST_MINUTES, initial=USUAL_MINUTES
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=120,
        help_text=gettext_lazy("The patient reads this."),
        widget=forms.TextInput(attrs={"list": "known-places", "autocomplete": "off"}),
    )
    clinician = forms.CharField(
        label=gettext_lazy("Clinician"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("If it is known."),
        widget=forms.TextInput(attrs={"list": "known-clinicians", "autocomplete": "off"}),
    )
    nothing_done = gettext_lazy(
        "Nothing is booked yet. Choose another time, or tick “Do it anyway”."
    )

    def initial_for(self, asked):
        initial = super().initial_for(asked)
        if asked.starts_at is None:
            return initial
        starts_at = localtime(asked.starts_at, zone())
        return {
            **initial,
            "day": starts_at.date(),
            "at": starts_at.time(),
            "minutes": int((asked.ends_at - asked.starts_at).total_seconds() // 60),
            "place": asked.place,
            "clinician": asked.clinician,
        }

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < today():
            raise forms.ValidationError(_("This day has passed."))
        if day > today() + MOST_AHEAD:
            raise forms.ValidationError(_("This day is more than two years away."))
        return day

    def clean_place(self):
        return " ".join(self.cleaned_data["place"].split())

    def clean_clinician(self):
        return " ".join(self.cleaned_data["clinician"].split())

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if "day" in data and "at" in data:
            data["starts_at"] = self.start(data["day"], data["at"], data.get("which"))
        return data

    def start(self, day, at, which):
        """The moment that is meant; an error stands at the field where there is none."""
        found = moments(day, at, zone())
        if not found:
            self.add_error("at", _("The clocks skip this time on that day. Choose another."))
            return None
        if len(found) > 1:
            self.fields["which"].widget = forms.RadioSelect(choices=WHICH)
            if which not in (FIRST, SECOND):
                self.add_error("which", _("Choose one of the two."))
        starts_at = found[-1 if which == SECOND else 0]
        if starts_at < timezone.now():
            self.add_error("at", _("This time has passed."))
        return starts_at

    def changes(self):
        data = self.cleaned_data
        ends_at = data["starts_at"] + timedelta(minutes=data["minutes"])
        return {
            "starts_at": data["starts_at"],
            "ends_at": ends_at,
            "place": data["place"],
            "clinician": data["clinician"],
        }

    @transaction.atomic
    def make(self, by):
        lock_diary()
        return super().make(by)

    def warned_of(self):
        return self.cleaned_data["starts_at"].isoformat()

    def find_warnings(self):
        """What speaks against this time: visits at the same time, and a closed clinic."""
        visit = self.changes()
        others = overlapping(**visit, besides=self.asked.pk).order_by("starts_at", "pk")
        return [
            *self.closed_warnings(localtime(visit["starts_at"], zone()), visit["ends_at"]),
            *(
                _("%(reference)s is booked then: %(times)s, %(place)s.")
                % {
                    "reference": other.reference,
                    "times": span(other.starts_at, other.ends_at),
                    "place": other.clinician or other.place,
                }
                for other in others
            ),
        ]

    def closed_warnings(self, starts_at, ends_at):
        opens, closes = clinic().opens_on(starts_at.date()), clinic().closes_on(starts_at.date())
        if closes is None:
            return [_("The clinic is closed on %(day)s.") % {"day": date_format(starts_at)}]
        if starts_at.time() < opens:
            # Mostly a.m. for p.m.
            time = date_format(datetime.combine(starts_at, opens), "TIME_FORMAT")
            return [_("The clinic opens at %(time)s that day.") % {"time": time}]
        # The last moment of the visit: one that ends at midnight ends on its own day.
        last = localtime(ends_at, zone()) - timedelta(minutes=1)
        if last.date() > starts_at.date() or last.time() >= closes:
            time = date_format(datetime.combine(starts_at, closes), "TIME_FORMAT")
            return [_("The clinic closes at %(time)s that day.") % {"time": time}]
        return []
