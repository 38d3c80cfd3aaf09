"""How the page cache is, for the page about the health of the site."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from clinic_site.operations.findings import Check, Finding, State
from clinic_site.page_cache.journal import JournalUnavailableError
from clinic_site.page_cache.telling import journal
from content.touched_pages import Touched


def find_cache():
    """Does the journal take a change? Without it, each process draws a page every second."""
    try:
        journal().write(Touched())
    except JournalUnavailableError:
        advice = _("Look at the server of CACHE_URL. Pages still open, but slower.")
        return Finding(State.CARE, _("It does not answer."), advice)
    return Finding(State.WELL, _("It answers."))


@hooks.register("register_health_checks")
def checks():
    return [Check("cache", _("Cache"), find_cache, source="cache")]
