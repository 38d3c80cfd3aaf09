"""What readers and checks tell the editors, without telling who."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageFeedback(models.Model):
    """One answer to “Was this page helpful?”. No address, no time finer than a day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="feedback")
    is_helpful = models.BooleanField(_("helpful"))
    comment = models.CharField(_("comment"), max_length=200, blank=True)
    given_on = models.DateField(_("day"), auto_now_add=True)

    class Meta:
        verbose_name = _("page feedback")
        verbose_name_plural = _("page feedback")
        ordering = ["-given_on", "-pk"]

    def __str__(self):
        return f"{self.page_id}: {'yes' if self.is_helpful else 'no'}"


class SearchMiss(models.Model):
    """Words that a search found nothing for, how often, and the last day. Nobody's name or address."""

    language = models.CharField(_("language"), max_length=10)
    terms = models.CharField(_("words"), max_length=100)
    count = models.PositiveIntegerField(_("searches"), default=1)
    last_on = models.DateField(_("last day"), auto_now=True)

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints = [
            models.UniqueConstraint(fields=["language", "terms"], name="unique_search_miss")
        ]
        ordering = ["-count", "terms"]

    def __str__(self):
        return self.terms


class BrokenLink(models.Model):
    """An address outside the site that did not answer at the last check."""

    url = models.URLField(_("address"), max_length=500, unique=True)
    problem = models.CharField(_("problem"), max_length=200)
    pages = models.ManyToManyField(Page, related_name="+", verbose_name=_("pages"))
    checked_on = models.DateField(_("last check"), auto_now=True)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["url"]

    def __str__(self):
        return self.url
