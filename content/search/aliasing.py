"""Adding a word that readers use to the names of the page they meant."""

from wagtail.models import Page
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from content.models.articles import ArticlePage


def may_edit(page, user):
    """May this person change the page now?"""
    lock = page.get_lock()
    return page.permissions_for_user(user).can_edit() and not (lock and lock.for_user(user))


def add_alias(page, alias, user):
    """Add a line to “Also called”, and return whether readers have it at once.

    It goes live only if nothing else would go live with it, and only by somebody who may publish.
    Otherwise it joins the draft.
    """
    is_clean = page.live and not page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    names = draft.other_names
    if alias.casefold() in (name.casefold() for name in names):
        return is_clean
    draft.also_called = "\n".join([*names, alias])
    keep_in_translation(draft)
    revision = draft.save_revision(user=user, log_action=True, changed=True)
    is_public = is_clean and page.permissions_for_user(user).can_publish()
    if is_public:
        revision.publish(user=user)
    return is_public


def keep_in_translation(page):
    """Tell wagtail-localize, or the next publication of the translation would lose the name."""
    StringTranslation.objects.filter(
        locale=page.locale, context__object_id=page.translation_key, context__path="also_called"
    ).update(data=StringValue.from_plaintext(page.also_called).data)


def article(pk):
    """The article with this id; the page type with names."""
    page = Page.objects.filter(pk=pk).first()
    page = page and page.specific
    return page if isinstance(page, ArticlePage) else None
