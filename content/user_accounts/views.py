from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django.views.generic.edit import FormMixin
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from content.user_accounts.forms import CreateAccountForm, EditAccountForm, OwnPictureForm


class AccountView(FormMixin, View):
    """An account's form, of which only administrators may change who is one."""

    no_group: object

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if "is_superuser" in form.fields and not self.request.user.is_superuser:
            form.fields["is_superuser"].disabled = True
        return form

    def form_invalid(self, form):
        """Send whoever chose no group to where they are: the other tab is the one that opens."""
        if "groups" in form.errors:
            self.produced_error_message = self.no_group
        return super().form_invalid(form)


class CreateAccountView(AccountView, CreateView):
    no_group = _(
        "This account was not made. Open “Roles” and choose at least one group. "
        "Then type the password again under “Account”."
    )


class EditAccountView(AccountView, EditView):
    no_group = _(
        "Nothing was saved. Open “Roles” and choose at least one group, "
        "or untick “Active” if this person has left."
    )

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserAccountViewSet(UserViewSet):
    add_view_class = CreateAccountView
    edit_view_class = EditAccountView

    def get_form_class(self, for_update=False):
        return EditAccountForm if for_update else CreateAccountForm


class OwnPicturePanel(AvatarSettingsPanel):
    form_class = OwnPictureForm
    template_name = "content/admin/own_picture.html"


class OwnAccountView(WagtailAccountView):
    """One's own account, with a picture that is looked at as every other upload is."""

    def get_panels(self):
        return [
            OwnPicturePanel(panel.request, panel.user, panel.profile)
            if isinstance(panel, AvatarSettingsPanel)
            else panel
            for panel in super().get_panels()
        ]
