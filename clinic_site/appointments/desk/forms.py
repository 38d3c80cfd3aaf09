"""The small forms of the call sheet. Each makes one move, on the version that was seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments import moves
from clinic_site.appointments.clinic import today
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


def in_words(field, value):
    """What somebody chose, as it was called, or what they typed."""
    return dict(getattr(field.field, "choices", ())).get(value, value)


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


class DuplicateForm(MoveForm):
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
