"""Entries of the admin's menu that others put there.

A process makes an entry once: a label that is no lazy one stays in the language of whoever came first.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks

# Wagtail's own translators have these words.
TRANSLATIONS = gettext_lazy("Translations")


@hooks.register("construct_reports_menu")
def show_the_translations_report_to_translators(request, menu_items):
    """Wagtail Localize shows it to everyone, in one language."""
    address = reverse("wagtail_localize:translations_report")
    for item in [item for item in menu_items if item.url == address]:
        item.label = TRANSLATIONS
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            menu_items.remove(item)


@hooks.register("construct_help_menu")
def hide_what_is_new_in_wagtail(request, menu_items):
    """It leads out of the site, to news for those who run it, and speaks one language."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]
