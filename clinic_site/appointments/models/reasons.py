"""What a visit can be about: the list patients choose from, which staff edit."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class ReasonQuerySet(models.QuerySet):
    def offered(self):
        """The reasons that the form offers today, in the desk's order."""
        return self.filter(is_offered=True)

    def about(self, page):
        """The reason that reading this page suggests, in whichever language it was read."""
        return self.offered().filter(pages__translation_key=page.translation_key).first()


class Reason(models.Model):
    """A reason for a visit. One that requests name is retired, never deleted."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    label_en = models.CharField(_("in English"), max_length=80)
    label_es = models.CharField(_("in Spanish"), max_length=80)
    is_offered = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Clear this to retire a reason. Requests that name it keep it."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    pages = models.ManyToManyField(
        "wagtailcore.Page",
        blank=True,
        related_name="+",
        verbose_name=_("pages"),
        help_text=_("Whoever comes from one of these pages finds this reason chosen."),
    )

    objects = ReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason for a visit")
        verbose_name_plural = _("reasons for a visit")
        ordering = ["position", "label_en"]

    def __str__(self):
        return self.label_es if (get_language() or "").startswith("es") else self.label_en
