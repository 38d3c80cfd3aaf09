from django.core.exceptions import PermissionDenied
from wagtail.users.views.users import CreateView, EditView, UserViewSet


def keep_the_box(form, user):
    """Show who is an administrator to everyone; take a change of that from administrators alone."""
    if "is_superuser" in form.fields and not user.is_superuser:
        form.fields["is_superuser"].disabled = True
    return form


class CreateAccountView(CreateView):
    def get_form(self, *args, **kwargs):
        return keep_the_box(super().get_form(*args, **kwargs), self.request.user)


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
