from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm


class CreateAccountForm(UserCreationForm):
    """Refuses an account that could sign in and then open nothing."""

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_superuser") and not cleaned.get("groups"):
            self.add_error(
                "groups",
                _("Choose at least one group, so that this person can open something here."),
            )
        return cleaned
