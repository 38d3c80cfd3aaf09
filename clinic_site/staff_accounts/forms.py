"""Signing in, and proving a phone."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device
from wagtail.admin.forms.auth import LoginForm

from clinic_site.staff_accounts.authenticators import accept_first_code
from clinic_site.staff_accounts.codes import GAPS, device_or_failure


def code_field(**options):
    """A field that phones and password managers know how to fill."""
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(max_length=20, widget=forms.TextInput(attrs=attributes), **options)


class StaffLoginForm(LoginForm):
    """Name, password and code at once; whatever is wrong, the answer is the same."""

    code = code_field(
        label=_("Code"),
        required=False,
        help_text=_(
            "The six digits in your authenticator app, or a recovery code. "
            "Leave it empty if you have not set up an authenticator yet."
        ),
    )
    error_messages = {
        **LoginForm.error_messages,
        "invalid_login": _("The name, the password or the code is not right."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.STAFF_SECOND_FACTOR:
            del self.fields["code"]

    def clean(self):
        cleaned = super().clean()
        user = self.get_user()
        # Nobody yet, where the name or the password is missing.
        if user is not None and "code" in self.fields and user_has_device(user):
            # Whoever signs in carries the device into the session.
            user.otp_device = device_or_failure(self.request, user, cleaned.get("code", ""))
            if user.otp_device is None:
                raise self.get_invalid_login_error()
        return cleaned


class OwnCodeForm(forms.Form):
    """Show once more that one holds the second factor."""

    own_code = code_field(
        label=_("Your code"),
        help_text=_("The six digits in your authenticator app, or a recovery code."),
    )

    def __init__(self, request, *args, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean(self):
        super().clean()
        # Last, and only if the rest is right: a code works once.
        if not self.errors and not self.shows_second_factor():
            words = _("This code is not right, or it was used already. Wait for the next one.")
            self.add_error("own_code", words)
        return self.cleaned_data

    def shows_second_factor(self):
        code = self.cleaned_data["own_code"]
        return device_or_failure(self.request, self.request.user, code) is not None


class FirstCodeForm(forms.Form):
    """Prove that the phone has the key."""

    first_code = code_field(
        label=_("Code from the new authenticator"),
        help_text=_("The six digits that the app shows now."),
    )

    def __init__(self, device, *args, **kwargs):
        self.device = device
        super().__init__(*args, **kwargs)

    def clean_first_code(self):
        code = GAPS.sub("", self.cleaned_data["first_code"])
        if not accept_first_code(self.device, code):
            raise forms.ValidationError(
                _("This code is not right. Look at the app again: it changes every 30 seconds.")
            )
        return code


class ReplaceForm(FirstCodeForm, OwnCodeForm):
    """Prove the new phone, and the right to replace the old one."""

    field_order = ["own_code", "first_code"]

    def __init__(self, request, device, *args, **kwargs):
        self.request, self.device = request, device
        forms.Form.__init__(self, *args, **kwargs)
