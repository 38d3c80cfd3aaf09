from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from content.upload_forms import PictureField
from content.uploads import clean_picture


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


class OwnPictureForm(AvatarPreferencesForm):
    """A picture of oneself, which anybody may fetch: it tells no more than the site's pictures."""

    avatar = PictureField(required=False)

    def clean_avatar(self):
        file = self.cleaned_data["avatar"]
        if file is False:
            # Ticked to be taken off. Wagtail would keep it.
            return file
        if isinstance(file, UploadedFile):
            self.cleaned_data["avatar"] = clean_picture(file)
        return super().clean_avatar()
