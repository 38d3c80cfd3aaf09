"""How the report writes its numbers."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
NOTHING = "–"


@register.filter
def percent(share):
    return NOTHING if share is None else _("%(share)d%%") % {"share": share}


@register.filter
def waited(duration):
    """A wait in words as short as it allows: minutes, hours or days."""
    if duration is None:
        return NOTHING
    hours = duration / timedelta(hours=1)
    if hours < 1:
        minutes = round(hours * 60)
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if hours < 48:
        count = round(hours)
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
