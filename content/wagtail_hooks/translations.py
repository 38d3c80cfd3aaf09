"""Translators vouch for a translated page or danger message from its editing screen."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.widgets import Button
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation

from content.following import check_translation
from content.models import BasePage, DangerMessage
from content.waiting.kinds import edit_snippet

PERMISSION = "content.check_translation"
ACTION = "content.check_translation"


# Before the translation editor, which would publish the English of what is missing.
@hooks.register("before_edit_page", order=-1)
def publish_a_translation_whole(request, page):
    """Give readers no English as Spanish: the page they have, if any, stays until all is translated."""
    if request.POST.get("action") != "publish":
        return None
    missing = parts_in_english(page)
    if not missing:
        return None
    text = ngettext(
        "%(count)d part of this page is still in English. Look on both tabs, then publish.",
        "%(count)d parts of this page are still in English. Look on both tabs, then publish.",
        missing,
    )
    messages.error(request, text % {"count": missing})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("construct_page_action_menu")
def offer_no_alias(menu_items, request, context):
    """Do not offer what `content.admin_areas` keeps from everybody."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


# Before the translation editor, which would only say that something is wrong.
@hooks.register("before_edit_snippet", order=-1)
def publish_a_danger_message_whole(request, instance):
    """Say what of a danger message is still in English, where that keeps it from being published."""
    if request.POST.get("action") != "publish" or not isinstance(instance, DangerMessage):
        return None
    for translation in translations_for(instance):
        try:
            translation.source.get_ephemeral_translated_instance(
                translation.target_locale, fallback=True
            ).clean()
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(edit_snippet(DangerMessage, instance.pk))
    return None


def translations_for(target):
    """What the translation editor knows of a page or message; nothing if translators lack it."""
    return Translation.objects.filter(
        source__object_id=target.translation_key, target_locale=target.locale_id, enabled=True
    )


def parts_in_english(page):
    """How many parts nobody has translated yet; none of a page that translators do not have."""
    progress = [translation.get_progress() for translation in translations_for(page)]
    return sum(total - translated for total, translated in progress)


@permission_required(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_check(request, pk):
    """Ask whether the translation was checked; on POST, note it for the words as they stand."""
    page = get_object_or_404(Page, pk=pk).specific
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if not isinstance(page, BasePage) or page.is_original or page.has_unpublished_changes:
        messages.error(
            request, _("Publish the translation first, then vouch for what readers see.")
        )
        return redirect(edit_url)
    if request.method == "POST":
        check_translation(page)
        log(instance=page, action=ACTION, user=request.user)
        messages.success(request, _("Readers now see that this translation was checked."))
        return redirect(edit_url)
    context = {"page": page, "original": page.english_original, "edit_url": edit_url}
    return render(request, "content/admin/check_translation.html", context)


@permission_required(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_check_of_danger(request, pk):
    """Ask whether a danger message says what the English one now says; on POST, note it."""
    message = get_object_or_404(DangerMessage, pk=pk)
    edit_url = reverse("wagtailsnippets_content_dangermessage:edit", args=[message.pk])
    if not message.is_behind_english:
        return redirect(edit_url)
    if request.method == "POST":
        message.catch_up()
        message.save()
        log(instance=message, action=ACTION, user=request.user)
        messages.success(request, _("Readers now see this message in place of the English one."))
        return redirect(edit_url)
    context = {"message": message, "original": message.english_original, "edit_url": edit_url}
    return render(request, "content/admin/check_danger.html", context)


@hooks.register("register_admin_urls")
def translation_urls():
    danger = "translations/danger/<int:pk>/check/"
    return [
        path("translations/<int:pk>/check/", confirm_check, name="check_translation"),
        path(danger, confirm_check_of_danger, name="check_translation_of_danger"),
    ]


def check_of_danger(message, user):
    """The button with which a translator vouches for a message that is behind the English one."""
    if not message.is_behind_english or not user.has_perm(PERMISSION):
        return []
    address = reverse("check_translation_of_danger", args=[message.pk])
    return [Button(_("Translation was checked"), address, icon_name="check", priority=60)]


@hooks.register("register_page_header_buttons")
def offer_check(page, user, view_name, next_url=None):
    if isinstance(page, BasePage) and not page.is_original and user.has_perm(PERMISSION):
        yield Button(
            _("Translation was checked"),
            reverse("check_translation", args=[page.pk]),
            icon_name="check",
            priority=60,
        )


@hooks.register("register_log_actions")
def name_the_check(actions):
    # Wagtail asks once, and keeps the answer for whoever looks at a history later.
    actions.register_action(
        ACTION, gettext_lazy("Check translation"), gettext_lazy("Translation checked")
    )
