"""Tags of the admin."""

import json

from django import template
from django.utils.translation import gettext as _
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.widgets.button import ButtonWithDropdown
from wagtail.models import Page

from content.linking_pages import (
    pages_linking_below,
    pages_linking_to,
    translations_leaving_with,
)

register = template.Library()


@register.inclusion_tag("content/admin/linking_pages.html")
def linking_pages(page):
    """A list of the pages that link to this one; nothing where it stands for something else."""
    if isinstance(page, dict):
        page = page.get("item")
    if not isinstance(page, Page):
        return {}
    return {
        "title": page.get_admin_display_title(),
        "linking": pages_linking_to(page),
        "linking_below": pages_linking_below(page),
    }


@register.inclusion_tag("content/admin/leaving_translations.html")
def leaving_translations(page):
    """The translations that go offline with a page, and the pages that link to them."""
    return {
        "title": page.get_admin_display_title(),
        "translations": translations_leaving_with(page),
    }


@register.simple_tag(takes_context=True)
def header_buttons(context, page):
    """The menu of what can be done with a page, for a screen that Wagtail gives none."""
    request = context["request"]
    actions = get_page_header_buttons(
        page=page, user=request.user, next_url=request.path, view_name="edit"
    )
    menu = ButtonWithDropdown(
        buttons=sorted(actions),
        icon_name="dots-horizontal",
        attrs={"aria-label": _("Actions")},
        classname="w-h-slim-header",
    )
    return [menu] if actions else []


@register.filter
def without_alias(props):
    """What the translation editor is told, but for the way to make the page an alias."""
    told = json.loads(props)
    told["links"]["convertToAliasUrl"] = None
    return json.dumps(told)
