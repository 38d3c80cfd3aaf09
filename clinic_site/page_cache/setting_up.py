"""The memory of this process, in front of the site."""

from django.conf import settings
from wagtail.models import Site

from clinic_site.page_cache.answering import RememberedPages
from clinic_site.page_cache.journal import open_journal
from clinic_site.page_cache.memory import PageMemory
from content import clinic_memory, menu_memory


def remembering(site):
    """The WSGI application `site`, with a memory for public pages in front of it."""
    memory = PageMemory(
        open_journal(settings.CACHE_URL), settings.PAGE_CACHE_BYTES, settings.PAGE_CACHE_SECONDS
    )
    memory.listeners.append(forget_what_all_pages_show)
    return RememberedPages(site, memory, settings.SESSION_COOKIE_NAME)


def forget_what_all_pages_show(touched):
    """Forget what this process knows besides pages, lest something is drawn anew with it."""
    menu_memory.memory.forget()
    if touched.everything:
        clinic_memory.memory.forget()
        Site.clear_site_root_paths_cache()
