"""What is written once and used by reference: danger messages and sources."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin
from wagtail.search import index

from content.blocks import DangerSignsBlock
from content.ledger import parse_note
from content.page_text import danger_pieces
from content.translated import FollowsEnglish, fingerprint_field


class DangerMessage(FollowsEnglish, TranslatableMixin, index.Indexed, models.Model):
    """Signs of danger and what to do. Never retyped: pages refer to it."""

    title = models.CharField(
        _("title"),
        max_length=80,
        help_text=_("What the signs are about, such as “Signs of a stroke”."),
    )
    slug = models.SlugField(_("slug"), help_text=_("A short name for this site’s fixtures."))
    intro = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "link"],
        help_text=_("One or two sentences before the signs."),
    )
    signs = StreamField(
        [("signs", DangerSignsBlock())],
        verbose_name=_("signs"),
        help_text=_("The most urgent first."),
    )
    closing = RichTextField(
        _("closing"),
        blank=True,
        features=["bold", "link"],
        help_text=_("One or two sentences after the signs, such as what not to do."),
    )
    ledger = models.TextField(_("ledger"), blank=True, validators=[parse_note])
    english_now = fingerprint_field()
    english_followed = fingerprint_field()
    own_followed = fingerprint_field()

    panels = ["title", "slug", "intro", "signs", "closing", "ledger"]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]
    # Translated in its own form, where it is vouched for, too. In the translation editor, which a
    # page that is sent takes it to, all of it would have to be translated anew.
    localize_default_translation_mode = "simple"

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("danger message")
        verbose_name_plural = _("danger messages")
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="unique_danger_message_slug")
        ]
        ordering = ["title"]

    def __str__(self):
        return self.title

    # Set on an English message that stands in for a translation that is behind it.
    is_stand_in = False

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and keep every translation informed of what the English message says now."""
        if original := self.english_original:
            self.record_translation(original)
        super().save(*args, **kwargs)
        if self.is_original:
            self.get_translations().update(english_now=self.urgent_digest())

    def clean(self):
        """Refuse English words as a translation that readers already have.

        A page that is sent to the translators takes its messages along: their English would
        replace the words of every translation that the translation editor does not know.
        """
        super().clean()
        # One that is new holds the English words at first, and the English one stands in for it.
        original = self.english_original if self.pk else None
        if original and (english := self.pieces_in_english(original)):
            raise ValidationError(
                _(
                    "“%(words)s” is still in English. Translate the title, the signs and all around them."
                ),
                params={"words": english[0]},
            )

    def urgent_pieces(self):
        return [self.title, *danger_pieces(self)]

    def is_translated_from(self, original):
        """Not when it is new: what translators were sent is live at once, in English."""
        return not self.pieces_in_english(original)

    @cached_property
    def for_reader(self):
        """This message, or the English one while this translation is behind it."""
        if not self.is_behind_english or self.is_original:
            return self
        original = self.english_original or self
        original.is_stand_in = original is not self
        return original

    def _with_urgency(self, urgency):
        return [child.value for child in self.signs if child.value["urgency"] == urgency]

    @cached_property
    def emergency(self):
        """Groups of signs that need 911."""
        return self._with_urgency("emergency")

    @property
    def as_list(self):
        return [self]

    @cached_property
    def call_groups(self):
        """Groups of signs that need a call to the clinic, the urgent ones first."""
        return [*self._with_urgency("today"), *self._with_urgency("next-visit")]


class Source(TranslatableMixin, index.Indexed, models.Model):
    """A publication that a page rests on."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), help_text=_("A short name for this site’s fixtures."))
    publisher = models.CharField(_("publisher"), max_length=120)
    url = models.URLField(_("address"), blank=True)
    note = models.CharField(
        _("note for editors"),
        max_length=250,
        blank=True,
        help_text=_("Such as “Open and confirm before go-live”. Patients do not see this."),
    )

    panels = ["title", "slug", "publisher", "url", "note"]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="unique_source_slug")
        ]
        ordering = ["publisher", "title"]

    def __str__(self):
        return f"{self.publisher}: {self.title}"
