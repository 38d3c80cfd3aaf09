from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm


class AccountForm(UserForm):
    """Refuses an account that could sign in and then open nothing."""

    def clean(self):
        cleaned = super().clean()
        # Nobody's form about themselves asks whether they are an administrator, or active.
        is_administrator = cleaned.get("is_superuser", self.instance.is_superuser)
        may_sign_in = cleaned.get("is_active", True)
        if may_sign_in and not is_administrator and not cleaned.get("groups"):
            self.add_error(
                "groups",
                _("Choose at least one group, so that this person can open something here."),
            )
        return cleaned


class CreateAccountForm(AccountForm, UserCreationForm):
    pass


class EditAccountForm(AccountForm, UserEditForm):
    pass
