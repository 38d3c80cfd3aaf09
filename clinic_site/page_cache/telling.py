"""Tells other processes, and a cache on the way to readers, which pages changed."""

import logging
from functools import cache

from django.conf import settings
from django.db import transaction
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

from clinic_site.page_cache.journal import JournalUnavailableError, open_journal
from content.listed_pages import address
from content.telling_changes import pages_touched

logger = logging.getLogger(__name__)


def connect():
    pages_touched.connect(write_down, dispatch_uid="page_cache.write_down")
    pages_touched.connect(purge, dispatch_uid="page_cache.purge")
    page_slug_changed.connect(page_renamed, dispatch_uid="page_cache.page_renamed")
    post_page_move.connect(page_moved, dispatch_uid="page_cache.page_moved")


@cache
def journal():
    return open_journal(settings.CACHE_URL)


def write_down(touched, **kwargs):
    """Tell every process. One that cannot be told shows old pages for PAGE_CACHE_SECONDS at most."""
    try:
        journal().write(touched)
    except JournalUnavailableError:
        logger.error(
            "Readers may see old pages for %s s: the journal of changes is away.",
            settings.PAGE_CACHE_SECONDS,
        )


def purge(touched, **kwargs):
    """Tell the caches of WAGTAILFRONTENDCACHE, if there are any."""
    if not getattr(settings, "WAGTAILFRONTENDCACHE", None):
        return
    pages = Page.objects.live().filter(depth__gt=1)
    batch = PurgeBatch()
    batch.add_pages(pages if touched.everything else pages.filter(pk__in=touched.pages))
    batch.purge()


def page_renamed(instance, instance_before, **kwargs):
    leave(instance, instance_before.url_path, instance.url_path)


def page_moved(instance, url_path_before, url_path_after, **kwargs):
    leave(instance, url_path_before, url_path_after)


def leave(page, before, after):
    """Purge where the page and those below it were: the other purges go by where pages are."""
    if not getattr(settings, "WAGTAILFRONTENDCACHE", None) or before == after:
        return
    roots = Site.get_site_root_paths()
    below = page.get_descendants(inclusive=True).live().values_list("url_path", flat=True)
    # What was below may or may not say so yet.
    paths = {before + path.removeprefix(after).removeprefix(before) for path in below}
    batch = PurgeBatch()
    for root_url, path in (address(path, roots) for path in paths):
        if path:
            batch.add_url(root_url + path)
    transaction.on_commit(batch.purge, robust=True)
