"""Conditions, and the page that lists them."""

from itertools import groupby
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock
from wagtail.fields import StreamField

from content.blocks import BODY_AREAS
from content.blocks.base import named
from content.models.articles import MedicalPage
from content.models.base import BasePage
from content.sorting import initial, sort_key


class ConditionIndexPage(BasePage):
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.ConditionPage"]

    class Meta:
        verbose_name = _("condition index page")
        verbose_name_plural = _("condition index pages")

    @property
    def cover(self):
        return "condition"

    @cached_property
    def conditions(self):
        """Live conditions by name, with what lists show of them."""
        pages = ConditionPage.objects.child_of(self).live()
        shown = pages.only("title", "url_path", "summary", "also_called", "body_areas")
        return sorted(shown, key=lambda page: sort_key(page.title))

    def a_to_z(self):
        """Names and aliases by first letter: [(letter, [(name, page, is_alias), …]), …]."""
        names = [(page.title, page, False) for page in self.conditions]
        names += [(alias, page, True) for page in self.conditions for alias in page.other_names]
        names.sort(key=lambda entry: sort_key(entry[0]))
        return [(letter, list(group)) for letter, group in groupby(names, lambda n: initial(n[0]))]

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "areas": by_body_area(self.conditions, self.url),
            "letters": self.a_to_z(),
        }


class ConditionPage(MedicalPage):
    parent_page_types = ["content.ConditionIndexPage"]
    subpage_types = []

    body_areas = StreamField(
        [("area", named(_("Area"), ChoiceBlock(choices=BODY_AREAS)))],
        blank=True,
        max_num=len(BODY_AREAS),
        verbose_name=_("body areas"),
        help_text=_("Where people feel it. The body map on the home page uses this."),
    )

    content_panels = [*MedicalPage.content_panels, "body_areas"]

    class Meta:
        verbose_name = _("condition page")
        verbose_name_plural = _("condition pages")

    @property
    def cover(self):
        return "condition"

    @property
    def areas(self):
        """The areas that are chosen: a draft may hold one that is not yet."""
        return [child.value for child in self.body_areas if child.value]

    @property
    def area_labels(self):
        return [dict(BODY_AREAS)[area] for area in self.areas]

    @property
    def art(self):
        """The drawing of the first body area; a general one if there is none."""
        return f"drawings/cover_{self.areas[0] if self.areas else 'condition'}.svg"


class BodyArea(NamedTuple):
    """A part of the body, and the conditions people feel there."""

    slug: str
    label: str
    pages: list
    index_url: str

    @property
    def url(self):
        """The one condition's page, else the list of conditions at this part of the body."""
        if len(self.pages) == 1:
            return self.pages[0].url
        return f"{self.index_url}#{self.slug}" if self.pages else ""


def by_body_area(conditions, index_url):
    """Group conditions by body area, all areas in the order of the body map."""
    return [
        BodyArea(slug, str(label), [page for page in conditions if slug in page.areas], index_url)
        for slug, label in BODY_AREAS
    ]
