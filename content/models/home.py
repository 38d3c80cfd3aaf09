"""The home page of one language."""

from django.apps import apps
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from content.blocks import BodyBlock, TaskBlock
from content.groups import let_translators_in
from content.models.base import BasePage
from content.models.conditions import ConditionIndexPage, by_body_area
from content.models.treatments import TreatmentPage


class HomePage(BasePage):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "content.ConditionIndexPage",
        "content.TreatmentIndexPage",
        "content.FAQIndexPage",
        "content.HelpPage",
        "content.StandardPage",
        "content.GlossaryPage",
    ]

    headline = models.CharField(
        _("headline"), max_length=100, help_text=_("The large words at the top of the page.")
    )
    tasks = StreamField(
        [("task", TaskBlock())],
        max_num=4,
        verbose_name=_("tasks"),
        help_text=_("Up to four things that people come here to do."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, "headline", "summary", "tasks", "body"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
        permissions = [("check_translation", _("Can vouch for a translation"))]

    @property
    def cover(self):
        return "home"

    @cached_property
    def condition_index(self):
        """The list of conditions in this language, if it is published."""
        return ConditionIndexPage.objects.child_of(self).live().first()

    @property
    def conditions(self):
        return self.condition_index.conditions if self.condition_index else []

    @property
    def areas(self):
        url = self.condition_index.url if self.condition_index else ""
        return by_body_area(self.conditions, url)

    @cached_property
    def treatments(self):
        """Live treatments in the editors' order."""
        found = TreatmentPage.objects.descendant_of(self).live().order_by("path")
        return list(found.only("title", "url_path", "depth", "path"))

    def save(self, *args, **kwargs):
        """Save, and let translators work below the home page of a language that is new."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new and not self.is_original:
            let_translators_in(apps, self)
