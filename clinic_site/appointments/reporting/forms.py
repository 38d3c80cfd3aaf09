"""What is asked before an export or a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments.exporting import FORMATS

GROUPS = [
    ("open", _("Open, not booked")),
    ("booked", _("Booked")),
    ("closed", _("Closed")),
    ("spam", _("Quarantined and spam")),
    ("all", _("All requests")),
]
USUAL_WEEKS = 12
WEEKS = [(USUAL_WEEKS, _("12 weeks")), (26, _("26 weeks")), (52, _("52 weeks"))]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        # The form of a date that the browser's own control understands.
        super().__init__(format="%Y-%m-%d")


class ExportForm(forms.Form):
    group = forms.ChoiceField(label=_("Requests"), choices=GROUPS)
    received_from = forms.DateField(label=_("Received from"), required=False, widget=DayInput)
    received_to = forms.DateField(label=_("Received up to"), required=False, widget=DayInput)
    file_format = forms.ChoiceField(
        label=_("File"), choices=[(name, kind.label) for name, kind in FORMATS.items()]
    )

    def clean(self):
        super().clean()
        data = self.cleaned_data
        first, last = data.get("received_from"), data.get("received_to")
        if first and last and first > last:
            self.add_error("received_to", _("This day is before the first one."))
        return data


class ReportForm(forms.Form):
    weeks = forms.TypedChoiceField(label=_("The last"), choices=WEEKS, coerce=int)
