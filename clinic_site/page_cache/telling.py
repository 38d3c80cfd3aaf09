"""Tells other processes, and a cache on the way to readers, which pages changed."""

import logging
from functools import cache

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page

from clinic_site.page_cache.journal import JournalUnavailableError, open_journal
from content.telling_changes import pages_touched

logger = logging.getLogger(__name__)


def connect():
    pages_touched.connect(write_down, dispatch_uid="page_cache.write_down")
    pages_touched.connect(purge, dispatch_uid="page_cache.purge")


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
