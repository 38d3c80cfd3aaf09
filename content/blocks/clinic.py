"""Parts of the clinic's settings."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

WEEKDAY_CHOICES = [(str(number), name) for number, name in WEEKDAYS.items()]


class OpeningHoursBlock(blocks.StructBlock):
    """A run of weekdays with the same hours, in the clinic's time zone."""

    first_day = blocks.ChoiceBlock(choices=WEEKDAY_CHOICES)
    last_day = blocks.ChoiceBlock(choices=WEEKDAY_CHOICES)
    opens = blocks.TimeBlock()
    closes = blocks.TimeBlock()

    class Meta:
        icon = "time"

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
    date = blocks.DateBlock()
    name = blocks.CharBlock(max_length=60)

    class Meta:
        icon = "date"


class ClinicWordsBlock(blocks.StructBlock):
    """Words that stand on every page, in one language."""

    language = blocks.ChoiceBlock(choices=settings.LANGUAGES)
    emergency = blocks.RichTextBlock(
        features=["bold", "link"],
        help_text=_("What to do in an emergency. Keep it to three short sentences."),
    )
    small_print = blocks.CharBlock(help_text=_("What these pages are, and what they are not."))

    class Meta:
        icon = "warning"
