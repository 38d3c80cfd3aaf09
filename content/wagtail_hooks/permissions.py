"""What Wagtail's own permissions leave open."""

from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.models import Locale, TranslatableMixin

OWN_MODELS = ["searchmiss", "pagefeedback", "brokenlink"]


@hooks.register("before_edit_snippet")
def keep_originals_from_translators(request, instance):
    """Let only those who may add a shared text change its original, which goes live at once."""
    options = instance._meta
    may_add = f"{options.app_label}.{get_permission_codename('add', options)}"
    is_translatable = isinstance(instance, TranslatableMixin)
    is_original = is_translatable and instance.locale_id == Locale.get_default().pk
    if is_original and not request.user.has_perm(may_add):
        return permission_denied(request)
    return None


@hooks.register("before_bulk_action")
def keep_administrators_from_others(request, action_type, objects, action):
    """Let only administrators change or delete administrators' accounts many at a time."""
    accounts = [item for item in objects if isinstance(item, get_user_model())]
    if not request.user.is_superuser and any(account.is_superuser for account in accounts):
        raise PermissionDenied


@hooks.register("register_permissions")
def show_own_permissions():
    """Offer our own permissions where site managers edit groups."""
    own = Permission.objects.filter(content_type__app_label="content")
    return own.filter(content_type__model__in=OWN_MODELS) | own.filter(codename="check_translation")
