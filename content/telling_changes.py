"""Tells which pages a change shows on, once it is there for all to read."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from django.dispatch import Signal
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Locale,
    Page,
    PageViewRestriction,
    Site,
    TranslatableMixin,
    get_page_models,
)
from wagtail.signals import page_slug_changed, post_page_move

from content.listed_pages import listed
from content.models import ClinicSettings
from content.touched_pages import EVERYTHING, references_of, touched_by_page, touched_by_shared

# Provides `touched`.
pages_touched = Signal()

# What saving a draft changes of a live page: nothing that a reader sees.
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
    "wagtail_admin_comments",
}
# Each of these shows on every page.
FOR_ALL_PAGES = [ClinicSettings, Locale, PageViewRestriction, Site]


_is_one_change: ContextVar[bool] = ContextVar("is_one_change", default=False)


@contextmanager
def one_change():
    """Tell of everything at the end, not of each page that is made or changed meanwhile."""
    token = _is_one_change.set(True)
    try:
        yield
    finally:
        _is_one_change.reset(token)
    tell(EVERYTHING)


def tell(touched):
    """Tell that pages changed."""
    tell_later(lambda: touched)


def tell_later(look_up):
    """Tell what `look_up` finds, once the change is there for all to read.

    The change is made by then: what goes wrong here is logged, and spoils nothing else.
    """
    if not _is_one_change.get():
        transaction.on_commit(lambda: pages_touched.send(None, touched=look_up()), robust=True)


def tell_everything(**kwargs):
    tell(EVERYTHING)


def tell_of_page(page, is_renamed=False, referred=frozenset()):
    """Tell that a page changed; who shows it is looked up when all may read the change.

    `referred`: what it referred to before, as the index has it.
    """
    tell_later(lambda: touched_by_page(page, is_renamed, referred ^ references_of(page)))


def name_of(page):
    """What links show of a page; nothing while it is not live."""
    return listed(Page.objects.live().filter(pk=page.pk)) if page.pk else []


def note_what_was(instance, update_fields=None, **kwargs):
    if is_seen(update_fields):
        instance.before = name_of(instance), references_of(instance)


def page_saved(instance, update_fields=None, **kwargs):
    if is_seen(update_fields):
        name, references = instance.before
        tell_of_page(instance, name_of(instance) != name, references)


def page_goes(instance, **kwargs):
    """Look up who shows it while the index still knows."""
    tell(touched_by_page(instance, is_renamed=True, new_references=references_of(instance)))


def is_seen(update_fields):
    """Do readers see what is saved, and does somebody need to know of it by itself?"""
    is_draft = update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)
    return not is_draft and not _is_one_change.get()


def shared_saved(instance, **kwargs):
    tell_later(lambda: touched_by_shared(instance))


def shared_goes(instance, **kwargs):
    """Look up who uses it while the index still knows."""
    tell(touched_by_shared(instance))


def shared_models():
    """What is written once and shown on many pages. Snippets are registered later than this."""
    ours = apps.get_app_config("content").get_models()
    texts = [m for m in ours if issubclass(m, TranslatableMixin) and not issubclass(m, Page)]
    return [*texts, get_image_model(), get_document_model()]


def connect():
    for model in get_page_models():
        pre_save.connect(note_what_was, model, dispatch_uid="content.note_what_was")
        post_save.connect(page_saved, model, dispatch_uid="content.page_saved")
        pre_delete.connect(page_goes, model, dispatch_uid="content.page_goes")
    for model in shared_models():
        post_save.connect(shared_saved, model, dispatch_uid="content.shared_saved")
        pre_delete.connect(shared_goes, model, dispatch_uid="content.shared_goes")
    for signal in (page_slug_changed, post_page_move, post_migrate):
        signal.connect(tell_everything, dispatch_uid="content.tell_everything")
    for model in FOR_ALL_PAGES:
        for signal in (post_save, post_delete):
            signal.connect(tell_everything, model, dispatch_uid="content.tell_everything")
