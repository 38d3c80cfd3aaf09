"""Treatments, and the page that lists them."""

from django.utils.translation import gettext_lazy as _

from content.models.articles import MedicalPage
from content.models.base import BasePage


class TreatmentIndexPage(BasePage):
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.TreatmentPage"]

    class Meta:
        verbose_name = _("treatment index page")
        verbose_name_plural = _("treatment index pages")

    @property
    def cover(self):
        return "treatment"

    @property
    def treatments(self):
        """Live treatments in the editors' order."""
        return TreatmentPage.objects.child_of(self).live().order_by("path")


class TreatmentPage(MedicalPage):
    parent_page_types = ["content.TreatmentIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("treatment page")
        verbose_name_plural = _("treatment pages")

    @property
    def cover(self):
        return "treatment"
