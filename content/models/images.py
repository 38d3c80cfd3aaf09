"""The clinic's own image model, so that fields can be added without a new table."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from content.uploads import clean_new_picture


class ClinicImage(AbstractImage):
    admin_form_fields = Image.admin_form_fields

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self):
        """The description alone. Wagtail would take the title, often the name of a file."""
        return self.description

    def save(self, *args, **kwargs):
        clean_new_picture(self)
        super().save(*args, **kwargs)


class ClinicRendition(AbstractRendition):
    image = models.ForeignKey(ClinicImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_clinic_rendition"
            )
        ]
