"""Parts of the clinic's settings."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks.base import named

WEEKDAY_CHOICES = [(str(number), name) for number, name in WEEKDAYS.items()]


class OpeningHoursBlock(blocks.StructBlock):
    """A run of weekdays with the same hours, in the clinic's time zone."""

    first_day = named(_("First day"), blocks.ChoiceBlock(choices=WEEKDAY_CHOICES))
    last_day = named(_("Last day"), blocks.ChoiceBlock(choices=WEEKDAY_CHOICES))
    opens = named(_("Opens"), blocks.TimeBlock())
    closes = named(_("Closes"), blocks.TimeBlock())

    class Meta:
        icon = "time"
        label = _("Hours")

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if cleaned["closes"] <= cleaned["opens"]:
            errors["closes"] = ValidationError(_("Closing time comes after opening time."))
        if int(cleaned["last_day"]) < int(cleaned["first_day"]):
            errors["last_day"] = ValidationError(_("The last day comes after the first day."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class HolidayBlock(blocks.StructBlock):
    date = named(_("Date"), blocks.DateBlock())
    name = named(_("Name"), blocks.CharBlock(max_length=60))

    class Meta:
        icon = "date"
        label = _("Holiday")


class ClinicWordsBlock(blocks.StructBlock):
    """Words that stand on every page, in one language."""

    language = named(_("Language"), blocks.ChoiceBlock(choices=settings.LANGUAGES))
    emergency = named(
        _("Emergency"),
        blocks.RichTextBlock(
            features=["bold", "link"],
            help_text=_("What to do in an emergency. Keep it to three short sentences."),
        ),
    )
    small_print = named(
        _("Small print"),
        blocks.CharBlock(help_text=_("What these pages are, and what they are not.")),
    )

    class Meta:
        icon = "warning"
        label = _("Words")
