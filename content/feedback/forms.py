"""The form in the foot of every article."""

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import PageFeedback

MOST_CHARACTERS = PageFeedback._meta.get_field("comment").max_length


class FeedbackForm(forms.Form):
    is_helpful = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose Yes or No."),
            "invalid_choice": _("Choose Yes or No."),
        },
    )
    comment = forms.CharField(
        label=_("What could be better?"),
        help_text=_("One line. Please write no personal or medical details: nobody answers here."),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        error_messages={
            "max_length": _("Your line has %(show_value)d characters. The most is %(limit_value)d.")
        },
    )
    # People never see this field; programs that fill in every form do.
    trap = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "feedback-%s", **kwargs})

    @property
    def is_trapped(self):
        return bool(self.cleaned_data["trap"])
