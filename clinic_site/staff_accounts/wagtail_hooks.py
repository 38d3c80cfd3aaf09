"""The second factor in the admin: on one's account page, and in the list of users."""

from django.conf import settings
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from clinic_site.staff_accounts import admin_urls
from clinic_site.staff_accounts.idle import DISABLE, LET_IN, let_in
from clinic_site.staff_accounts.resetting import may_reset


@hooks.register("register_admin_urls")
def second_factor_urls():
    return [path("account/second-factor/", include(admin_urls))]


@hooks.register("register_account_menu_item")
def replace_item(request):
    return settings.STAFF_SECOND_FACTOR and {
        "url": reverse("second_factor:replace"),
        "label": _("Replace your authenticator"),
        "help_text": _(
            "When you get a new phone. You need a code from the old one, or a recovery code."
        ),
    }


@hooks.register("register_account_menu_item")
def codes_item(request):
    return settings.STAFF_SECOND_FACTOR and {
        "url": reverse("second_factor:renew_codes"),
        "label": _("Get new recovery codes"),
        "help_text": _("When you have few left, or somebody may have seen them. The old ones end."),
    }


@hooks.register("register_user_listing_buttons")
def reset_button(user, request_user):
    if settings.STAFF_SECOND_FACTOR and may_reset(request_user, user):
        yield Button(
            _("Reset second factor"),
            reverse("second_factor:reset", args=[user.pk]),
            icon_name="key",
            priority=40,
        )


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(
        "staff_accounts.reset",
        gettext_lazy("Reset second factor"),
        gettext_lazy("Second factor reset"),
    )
    actions.register_action(
        DISABLE,
        gettext_lazy("Disable idle account"),
        gettext_lazy("Account disabled: nobody had used it for a long time"),
    )
    actions.register_action(
        LET_IN, gettext_lazy("Let in again"), gettext_lazy("Account let in again")
    )


# Wagtail changes many accounts at once without saving any, so that no signal tells of it, and what
# it hands over is as it was before.
@hooks.register("after_bulk_action")
def note_many_who_are_let_in(request, action_type, objects, action):
    if action_type != "set_active_state" or not action.cleaned_form.cleaned_data["mark_as_active"]:
        return
    for user in objects:
        if not user.is_active:
            let_in(user, by=request.user)
