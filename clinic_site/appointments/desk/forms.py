"""The small forms of the call sheet. Each makes one move, on the version that was seen."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments import moves
from clinic_site.appointments.clinic import clinic, today, working_day_after
from clinic_site.appointments.desk.filters import day_input
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.words import DeclineReason, Outcome


class MoveForm(forms.Form):
    """A move that needs nothing but the version. `move` is its name."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, move, asked, data=None):
        # A page holds several of these forms with fields of the same names.
        super().__init__(data, auto_id=f"{move}_%s", initial=self.initial_for(asked))
        self.move, self.asked = move, asked
        # What the desk should know before it goes on; asked for with a tick.
        self.warnings: list[Any] = []

    def initial_for(self, asked):
        return {"version": asked.version}

    def make(self, by):
        """Make the move and return the request; None if it needs a tick first."""
        return self.mover()(self.asked.pk, by, self.cleaned_data["version"], **self.changes())

    def mover(self):
        """The function in `moves` of this name, or the plain move where there is none."""
        return getattr(moves, self.move, self.plain)

    def plain(self, pk, by, version):
        return moves.make_move(self.move, pk, by, version)

    def changes(self):
        return {}

    def bring_up_to_date(self, asked):
        """Keep what was typed for another try, on the request as it stands now."""
        self.show_again(version=asked.version)

    def show_again(self, **values):
        """Draw the form as if these values had been sent with it."""
        self.data = {**dict(self.data.items()), **values}

    def typed(self):
        """What was typed, as (label, text)."""
        fields = [(field, field.value()) for field in self.visible_fields()]
        return [(field.label, in_words(field, value)) for field, value in fields if value]


class WarningForm(MoveForm):
    """A move that may be a mistake: what speaks against it is shown, and a tick overrules it."""

    # Which warnings the tick below was set for: it counts for no others.
    warned = forms.CharField(required=False, widget=forms.HiddenInput)
    anyway = forms.BooleanField(label=_("Do it anyway"), required=False, widget=forms.HiddenInput)
    nothing_done = _("Nothing was changed yet. Look again, or tick “Do it anyway”.")

    def find_warnings(self):
        raise NotImplementedError

    def warned_of(self):
        """What the warnings are about, so that a tick counts for nothing else."""
        raise NotImplementedError

    def make(self, by):
        self.warnings = self.find_warnings()
        said = " / ".join([self.warned_of(), *self.warnings])
        is_ticked = self.cleaned_data["anyway"] and self.cleaned_data["warned"] == said
        if self.warnings and not is_ticked:
            self.ask_for_tick(said)
            return None
        return super().make(by)

    def ask_for_tick(self, said):
        self.fields["anyway"].widget = forms.CheckboxInput()
        self.show_again(warned=said, anyway="")


def in_words(field, value):
    """What somebody chose, as it was called, or what they typed."""
    return dict(getattr(field.field, "choices", ())).get(value, value)


# Beyond it, the year is a slip of the finger, and the request would be out of sight.
MOST_DAYS_AHEAD = 180


class AttemptForm(MoveForm):
    outcome = forms.ChoiceField(
        label=_("How did it go?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    next_try_on = forms.DateField(
        label=_("Next step on"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=day_input(),
        help_text=_("Empty: the next day the clinic opens."),
    )

    def clean_next_try_on(self):
        day = self.cleaned_data["next_try_on"]
        if day and day < today():
            raise forms.ValidationError(_("This day has passed."))
        if day and day > today() + timedelta(days=MOST_DAYS_AHEAD):
            raise forms.ValidationError(
                _("This day is more than six months away. Check the year, or use the waiting list.")
            )
        if day and clinic().closes_on(day) is None:
            opens = date_format(working_day_after(day), gettext("l, F j"))
            raise forms.ValidationError(
                _("The clinic is closed that day. The next day it opens is %(day)s."),
                params={"day": opens},
            )
        return day

    def mover(self):
        return moves.log_attempt

    def changes(self):
        data = self.cleaned_data
        return {"outcome": data["outcome"], "next_try_on": data["next_try_on"]}


class DeclineForm(MoveForm):
    reason = forms.ChoiceField(
        label=_("Why"), choices=DeclineReason.choices, widget=forms.RadioSelect
    )

    def changes(self):
        return {"reason": self.cleaned_data["reason"]}


class DuplicateForm(WarningForm):
    reference = forms.CharField(
        label=_("Reference of the other request"),
        max_length=20,
        widget=forms.TextInput(attrs={"list": "possible-duplicates", "autocomplete": "off"}),
    )

    def clean_reference(self):
        reference = self.cleaned_data["reference"].upper()
        original = AppointmentRequest.objects.filter(reference=reference).first()
        if original is None:
            raise forms.ValidationError(_("There is no request with this reference."))
        return original

    def changes(self):
        return {"original": self.cleaned_data["reference"]}

    def find_warnings(self):
        """A slip in the reference, and one patient waits for the answer to another's request."""
        original = self.cleaned_data["reference"]
        if original == self.asked or original in AppointmentRequest.objects.like(self.asked):
            return []
        words = gettext(
            "%(reference)s has another name or birth date, another phone and another email: look at it"
            " first. If it is another person’s, this patient would wait for an answer in vain."
        )
        return [words % {"reference": original.reference}]

    def warned_of(self):
        return self.cleaned_data["reference"].reference
