"""Setting up an authenticator, replacing it, new recovery codes, and help for who lost both."""

from django.contrib.auth import get_user_model, logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login
from wagtail.admin import messages

from clinic_site.staff_accounts import authenticators
from clinic_site.staff_accounts.codes import new_recovery_codes
from clinic_site.staff_accounts.forms import FirstCodeForm, OwnCodeForm, ReplaceForm
from clinic_site.staff_accounts.resetting import may_reset, reset_second_factor
from clinic_site.staff_accounts.second_factor import enrolling_user
from clinic_site.staff_accounts.sessions import end_sessions

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def show_set_up(request, template, device, form):
    context = {
        "form": form,
        "square": authenticators.square(device),
        "key": authenticators.key_in_groups(device),
    }
    return render(request, template, context)


def finish_set_up(request, device):
    """Sign in with the new authenticator, here and nowhere else, and hand out the codes."""
    authenticators.enrol(request, device)
    request.user = device.user
    request.session.cycle_key()
    otp_login(request, device)
    end_sessions(device.user, keep=request.session.session_key)
    return show_codes(request, device.user)


def show_codes(request, user):
    codes = new_recovery_codes(user)
    return render(request, "staff_accounts/recovery_codes.html", {"codes": codes})


@never_cache
@get_or_post
@sensitive_post_parameters()
def enrol(request):
    """The one page that opens with a password alone, until the account has a second factor."""
    user = enrolling_user(request)
    if user is None:
        return redirect("wagtailadmin_login")
    device = authenticators.pending_device(request, user)
    form = FirstCodeForm(device, request.POST or None)
    if form.is_valid():
        return finish_set_up(request, device)
    return show_set_up(request, "staff_accounts/enrol.html", device, form)


@never_cache
@require_POST
def leave(request):
    """Go back to the login page without having enrolled."""
    logout(request)
    return redirect("wagtailadmin_login")


@get_or_post
@sensitive_post_parameters()
def replace(request):
    device = authenticators.pending_device(request, request.user)
    form = ReplaceForm(request, device, request.POST or None)
    if form.is_valid():
        return finish_set_up(request, device)
    return show_set_up(request, "staff_accounts/replace.html", device, form)


@get_or_post
@sensitive_post_parameters()
def renew_codes(request):
    form = OwnCodeForm(request, request.POST or None)
    if form.is_valid():
        return show_codes(request, request.user)
    return render(request, "staff_accounts/renew_codes.html", {"form": form})


@get_or_post
def reset(request, pk):
    user = get_object_or_404(get_user_model(), pk=pk)
    if not may_reset(request.user, user):
        raise PermissionDenied
    if request.method == "POST":
        reset_second_factor(user, by=request.user)
        messages.success(request, _("The second factor was reset."))
        return redirect("wagtailusers_users:edit", user.pk)
    return render(request, "staff_accounts/reset.html", {"account": user})
