"""The form that asks for an appointment: what the brief lists, and nothing more."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments import cleaning
from clinic_site.appointments.clinic import open_weekdays, today
from clinic_site.appointments.fields import (
    ChoicesField,
    DatePart,
    LinesField,
    OneLineField,
)
from clinic_site.appointments.models import Reason
from clinic_site.appointments.models.requests import LANGUAGES, NOTE_CHARACTERS
from clinic_site.appointments.words import DAYS, SOONEST, WINDOWS, BestTime, Channel, Relationship

MOST_WINDOWS = 3
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def windows_offered():
    """The times to choose from: halves of the days on which the clinic opens."""
    days = [list(DAYS)[number] for number in open_weekdays()]
    offered = [code for code in WINDOWS if code[:3] in days or code == SOONEST]
    return [(code, capfirst(WINDOWS[code])) for code in offered]


class AppointmentRequestForm(forms.Form):
    """Everything a patient may tell; `answers()` is what the model stores of it."""

    is_for_other = ChoicesField(
        _("Who is this appointment for?"),
        [("me", _("Me")), ("other", _("Someone I care for"))],
        initial="me",
    )
    requester_name = OneLineField(_("Your own name"), max_length=120, autocomplete="off")
    relationship = ChoicesField(
        _("Who are you to them?"), Relationship.choices, is_select=True, required=False
    )
    name = OneLineField(
        _("Full name of the patient"),
        max_length=120,
        autocomplete="name",
        required=_("Enter the full name of the patient"),
    )
    birth_month = DatePart(_("Month"), "bday-month")
    birth_day = DatePart(_("Day"), "bday-day")
    birth_year = DatePart(_("Year"), "bday-year")
    been_before = ChoicesField(
        _("Have you been to us before?"),
        [("yes", _("Yes")), ("no", _("No, this is my first time"))],
        initial="no",
    )
    shots_month = DatePart(_("Month"))
    shots_year = DatePart(_("Year"))

    phone = OneLineField(
        _("Phone number"),
        _("We call this number to set a time. Example: 305-555-0123"),
        input_type="tel",
        css="input input--short",
        max_length=40,
        autocomplete="tel",
    )
    email = forms.EmailField(
        label=_("Email"),
        help_text=_("We send a private link so you can follow your request."),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Enter one email address, like name@example.com"),
            "max_length": _("This email address is too long. The most is 254 characters"),
        },
        widget=forms.EmailInput(
            attrs={"class": "input", "autocomplete": "email", "spellcheck": "false"}
        ),
    )
    channel = ChoicesField(_("How should we reach you?"), Channel.choices, initial=Channel.CALL)
    may_leave_message = ChoicesField(_("May we leave a voice message?"), YES_NO, initial="yes")
    best_time = ChoicesField(
        _("When is a good time to call?"), BestTime.choices, initial=BestTime.ANY
    )
    language = ChoicesField(_("Which language should we use?"), LANGUAGES)
    interpreter_language = OneLineField(
        _("Do you need an interpreter? For which language?"), max_length=60
    )

    reason = forms.ModelChoiceField(
        label=_("What would you like help with?"),
        queryset=Reason.objects.none(),
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
        blank=False,
        error_messages={
            "required": _("Choose one answer. If none fits, choose “Something else”"),
            "invalid_choice": _("Choose one answer. If none fits, choose “Something else”"),
        },
    )
    note = LinesField(
        _("Anything we should know?"),
        _(
            "A sentence or two is enough. Please write no medical details, test results or"
            " insurance numbers."
        ),
        most=NOTE_CHARACTERS,
    )
    access_needs = OneLineField(
        _("How can we make your visit easier?"),
        _("For example: a wheelchair, dim light, extra time."),
        max_length=200,
    )
    windows = forms.MultipleChoiceField(
        label=_("Which times suit you?"),
        help_text=_("Choose up to three. We will do our best."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the times on this page")},
    )
    consent = forms.BooleanField(
        label=_("I agree that you may use these details to contact me about this request."),
        error_messages={"required": _("Check the box so that we may contact you")},
    )
    # People never see this field; programs that fill in every form do.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = Reason.objects.offered()  # type: ignore[attr-defined]
        self.fields["windows"].choices = windows_offered()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()

    @property
    def birth_parts(self):
        return [self[f"birth_{part}"] for part in ("month", "day", "year")]

    @property
    def shots_parts(self):
        return [self[f"shots_{part}"] for part in ("month", "year")]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not cleaning.has_letter(name):
            raise ValidationError(_("Enter the full name of the patient"), code="required")
        return name

    def clean_phone(self):
        text = self.cleaned_data["phone"]
        number, self.extension = cleaning.parse_phone(text) if text else ("", "")
        return number

    def clean_windows(self):
        windows = list(dict.fromkeys(self.cleaned_data["windows"]))
        if len(windows) > MOST_WINDOWS:
            raise ValidationError(_("Choose at most three times"), code="too_many")
        return windows

    def clean(self):
        self.clean_dates()
        self.clean_contact()
        self.clean_requester()
        return self.cleaned_data

    def clean_dates(self):
        """Put the parts of each date together; the mistake is told at its first part."""
        texts = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        self.birth_date = self.joined(
            "birth_month",
            cleaning.parse_birth_date,
            texts["birth_year"],
            texts["birth_month"],
            texts["birth_day"],
        )
        self.last_injection = None
        if texts["been_before"] == "yes":
            self.last_injection = self.joined(
                "shots_month", cleaning.parse_month, texts["shots_year"], texts["shots_month"]
            )

    def joined(self, field, parse, *parts):
        try:
            return parse(*parts, today())
        except ValidationError as error:
            self.add_error(field, error)
            return None

    def clean_contact(self):
        """One way to reach the person at least, and the one they prefer."""
        if "phone" in self.errors or "email" in self.errors:
            return
        channel = self.cleaned_data.get("channel")
        phone, email = self.cleaned_data.get("phone"), self.cleaned_data.get("email")
        if not phone and not email:
            self.add_error("phone", _("Enter a phone number, or an email address below"))
        elif channel == Channel.CALL and not phone:
            self.add_error("phone", _("Enter a phone number, so that we can call you"))
        elif channel in (Channel.EMAIL, Channel.NO_CALLS) and not email:
            self.add_error("email", _("Enter an email address, so that we can write to you"))

    def clean_requester(self):
        if self.cleaned_data.get("is_for_other") != "other":
            return
        if not self.cleaned_data.get("requester_name"):
            self.add_error("requester_name", _("Enter your own name, too"))
        if not self.cleaned_data.get("relationship"):
            self.add_error("relationship", _("Choose who you are to them"))

    def answers(self):
        """The model's own fields, from a valid form."""
        data = self.cleaned_data
        for_other = data["is_for_other"] == "other"
        same = ["name", "phone", "email", "channel", "best_time", "language", "windows"]
        return {name: data[name] for name in [*same, "access_needs", "note"]} | {
            "reason_id": data["reason"].pk,
            "is_for_other": for_other,
            "requester_name": data["requester_name"] if for_other else "",
            "relationship": data["relationship"] if for_other else "",
            "birth_date": self.birth_date,
            "phone_extension": self.extension,
            "may_leave_message": bool(data["phone"]) and data["may_leave_message"] == "yes",
            "needs_interpreter": bool(data["interpreter_language"]),
            "interpreter_language": data["interpreter_language"],
            "been_before": data["been_before"] == "yes",
            "last_injection": self.last_injection,
            "consent_version": settings.APPOINTMENTS_CONSENT_VERSION,
        }
