from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from content.user_accounts.forms import CreateAccountForm


def keep_the_box(form, user):
    """Show who is an administrator to everyone; take a change of that from administrators alone."""
    if "is_superuser" in form.fields and not user.is_superuser:
        form.fields["is_superuser"].disabled = True
    return form


class CreateAccountView(CreateView):
    def get_form(self, *args, **kwargs):
        return keep_the_box(super().get_form(*args, **kwargs), self.request.user)

    def is_valid(self, form):
        """Send whoever chose no group to where they are: the other tab is the one that opens."""
        result = super().is_valid(form)
        if "groups" in form.errors:
            self.produced_error_message = _(
                "This account was not made. Open “Roles” and choose at least one group. "
                "Then type the password again under “Account”."
            )
        return result


class EditAccountView(EditView):
    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args, **kwargs):
        return keep_the_box(super().get_form(*args, **kwargs), self.request.user)


class UserAccountViewSet(UserViewSet):
    add_view_class = CreateAccountView
    edit_view_class = EditAccountView

    def get_form_class(self, for_update=False):
        return super().get_form_class(for_update) if for_update else CreateAccountForm
