"""What was to be on the site until a day only leaves it then in every language."""

from wagtail.signals import page_unpublished

from content.linking_pages import translations_leaving_with


def connect():
    page_unpublished.connect(expire_translations, dispatch_uid="content.expire_translations")


def expire_translations(instance, **kwargs):
    """No editor is there to be asked: the hooks in `wagtail_hooks/unpublishing.py` stay silent."""
    if not instance.expired:
        return
    for translation in translations_leaving_with(instance):
        translation.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
