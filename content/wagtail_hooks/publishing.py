"""Many pages are published at once only when each of them could be published alone."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from content.wagtail_hooks.translations import parts_in_english


# Wagtail publishes one after the other, and stops at the first that lacks something.
@hooks.register("before_bulk_action")
def publish_many_pages_whole(request, action_type, objects, action):
    """Publish none of many pages while one of them is unfinished or partly in English."""
    if action_type != "publish" or action.model is not Page:
        return None
    pages = chosen_pages(objects, action.cleaned_form.cleaned_data["include_descendants"])
    refusal = refused_for_english(pages) or refused_as_unfinished(pages)
    if not refusal:
        return None
    messages.error(request, refusal)
    return redirect(action.next_url)


def chosen_pages(pages, with_descendants):
    """The pages that would be published, each once."""
    below = (page.get_descendants().not_live() for page in pages if with_descendants)
    return list(dict.fromkeys([*pages, *(page for drafts in below for page in drafts)]))


def refused_for_english(pages):
    """Why not, where a translation is not finished; nothing where all are."""
    titles = ", ".join(quoted(page) for page in pages if parts_in_english(page))
    text = _("Nothing was published. Parts of these pages are still in English: %(pages)s.")
    return titles and text % {"pages": titles}


def refused_as_unfinished(pages):
    """Why not, where a draft lacks what its page needs; nothing where none does."""
    drafts = [page.get_latest_revision_as_object() for page in pages]
    lacking = [(quoted(draft), what_to_correct(draft)) for draft in drafts]
    titles = ", ".join(f"{title} ({fields})" for title, fields in lacking if fields)
    text = _("Nothing was published. Edit these pages first: %(pages)s.")
    return titles and text % {"pages": titles}


def what_to_correct(draft):
    """The names of the fields for which the draft could not be published."""
    try:
        draft.full_clean()
    except ValidationError as refusal:
        wrong = refusal.message_dict
        whole = wrong.pop(NON_FIELD_ERRORS, [])
        fields = [str(draft._meta.get_field(name).verbose_name) for name in wrong]
        return ", ".join([capfirst(field) for field in fields] + whole)
    return ""


def quoted(page):
    return f"“{page.get_admin_display_title()}”"
