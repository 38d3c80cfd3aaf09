"""Pages that ask for a password."""

from django.forms import PasswordInput
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _


class AsksForPassword:
    """Asks at an address of its own, so that the address of the page leads everybody there.

    A proxy can then remember that, in place of the page that was public before.
    """

    url: str

    def serve_password_required_response(self, request, form, action_url):
        if request.path != action_url:
            return redirect(action_url)
        form.initial.setdefault("return_url", self.url)
        attributes: dict[str, str | bool] = {"class": "input", "autocomplete": "current-password"}
        if form.has_error("password"):
            wrong = _("That is not the password. Check for capital letters and try again.")
            form.errors["password"] = [wrong]
            attributes["autofocus"] = True
        form.fields["password"].widget = PasswordInput(attrs=attributes)
        # Without the page: nobody who has no password is to read its title.
        context = {"form": form, "action_url": action_url}
        response = TemplateResponse(request, "content/password.html", context)
        add_never_cache_headers(response)
        return response
