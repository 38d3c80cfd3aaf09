"""Form fields with the site's looks, words and ways of cleaning."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments.cleaning import clean_text

LONGER = _("This is too long: %(show_value)d characters. The most is %(limit_value)d")


class OneLineField(forms.CharField):
    """A line of text, without what nobody sees. `required` is the sentence that asks for it."""

    def __init__(
        self,
        label,
        help_text="",
        *,
        max_length,
        required="",
        input_type="text",
        css="input",
        autocomplete="off",
    ):
        super().__init__(
            label=label,
            help_text=help_text,
            required=bool(required),
            max_length=max_length,
            error_messages={"required": required, "max_length": LONGER},
            widget=forms.TextInput(attrs={"class": css, "autocomplete": autocomplete}),
        )
        self.widget.input_type = input_type
        # A browser that cuts a text off says nothing; we say how much is too much.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        return clean_text(super().to_python(str(value).replace("\x00", "")) if value else "")


class LinesField(forms.CharField):
    """A few lines of text; line ends count as one character, as the reader counts them."""

    def __init__(self, label, help_text, *, most):
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=most,
            error_messages={"max_length": LONGER},
            widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
        )
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        text = super().to_python(str(value).replace("\x00", "")) if value else ""
        return clean_text(text, keep_lines=True)


class ChoicesField(forms.ChoiceField):
    """Radio buttons, or a list to choose from; an answer from elsewhere is asked again."""

    def __init__(self, label, choices, *, is_select=False, required=True, initial=None):
        ask = _("Choose one of the answers")
        super().__init__(
            label=label,
            choices=[("", "---"), *choices] if is_select else choices,
            required=required,
            initial=initial,
            error_messages={"required": ask, "invalid_choice": ask},
            widget=forms.Select(attrs={"class": "input"}) if is_select else forms.RadioSelect,
        )


class DatePart(forms.CharField):
    """A month, day or year in digits."""

    def __init__(self, label, autocomplete="off"):
        attrs = {"class": "input", "inputmode": "numeric", "autocomplete": autocomplete}
        super().__init__(
            label=label,
            required=False,
            max_length=10,
            error_messages={"max_length": LONGER},
            widget=forms.TextInput(attrs=attrs),
        )
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        return clean_text(super().to_python(str(value).replace("\x00", "")) if value else "")
