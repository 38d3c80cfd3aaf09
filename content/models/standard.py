"""Pages that belong to the site rather than to a condition or a treatment."""

from django.utils.translation import gettext_lazy as _

from content.models.articles import ArticlePage


class HelpPage(ArticlePage):
    """When to get help: every danger message of the site, in full."""

    parent_page_types = ["content.HomePage"]
    subpage_types = []

    content_panels = [*ArticlePage.content_panels, *ArticlePage.closing_panels]

    opens_with_dangers = True

    class Meta:
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")


class StandardPage(ArticlePage):
    """About the clinic, privacy, accessibility, language help."""

    parent_page_types = ["content.HomePage"]
    subpage_types = []

    content_panels = [*ArticlePage.content_panels, *ArticlePage.closing_panels]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
