"""Words that a page explains where they stand, and the page that lists them."""

from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex, TranslatableMixin
from wagtail.search import index

from content.ledger import parse_note
from content.listed_pages import listed
from content.models.base import BasePage
from content.sorting import initial, sort_key
from content.translated import Translated


class GlossaryTerm(Translated, TranslatableMixin, index.Indexed, models.Model):
    """A term and its plain meaning. Editors pick it in rich text; readers open it there."""

    term = models.CharField(_("term"), max_length=60)
    slug = models.SlugField(_("slug"), help_text=_("A short name for this site’s fixtures."))
    meaning = models.TextField(
        _("meaning"), max_length=250, help_text=_("One or two plain sentences.")
    )
    ledger = models.TextField(_("ledger"), blank=True, validators=[parse_note])

    panels = ["term", "slug", "meaning", "ledger"]
    search_fields = [
        index.SearchField("term"),
        index.AutocompleteField("term"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="unique_glossary_term_slug")
        ]
        ordering = ["term"]

    def __str__(self):
        return self.term

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and let translations that nobody has written yet hold the new English meaning."""
        if self.is_original:
            before = GlossaryTerm.objects.filter(pk=self.pk).values("meaning")
            self.get_translations().filter(meaning__in=before).update(meaning=self.meaning)
        super().save(*args, **kwargs)

    def or_original(self, original):
        """This term, or the original while nobody has written its meaning in this language.

        What is sent to translators is live at once, with the words of the original.
        """
        return original if original and original.meaning == self.meaning else self

    @property
    def is_foreign(self):
        """Is it in another language than the page around it, for want of a translation?"""
        return self.locale.language_code != get_language()


class GlossaryPage(BasePage):
    """All terms of its language, A to Z, each with the pages that explain it."""

    parent_page_types = ["content.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("glossary page")
        verbose_name_plural = _("glossary pages")

    @cached_property
    def terms(self):
        """The terms of this page's language; each has `pages`, the live pages that use it."""
        terms = list(GlossaryTerm.objects.select_related("locale"))
        pages = self._pages_by_key(terms)
        originals = {term.translation_key: term for term in terms if term.is_original}
        own = [
            term.or_original(originals.get(term.translation_key))
            for term in terms
            if term.locale_id == self.locale_id
        ]
        for term in own:
            term.pages = pages.get(term.translation_key, [])
        return sorted(own, key=lambda term: sort_key(term.term))

    def _pages_by_key(self, terms):
        """Map a term's translation key to the pages of this language that use it, by title.

        A page may name a term in the other language: readers are shown its translation.
        """
        keys = {str(term.pk): term.translation_key for term in terms}
        uses = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(GlossaryTerm),
        )
        ids = uses.annotate(pk_used=Cast("object_id", models.IntegerField()))
        found = Page.objects.live().filter(locale=self.locale_id, pk__in=ids.values("pk_used"))
        pages = {str(page.pk): page for page in listed(found)}
        grouped: dict = {}
        for user, term in uses.values_list("object_id", "to_object_id").distinct():
            if user in pages and term in keys:
                grouped.setdefault(keys[term], {})[user] = pages[user]
        return {
            key: sorted(by_id.values(), key=lambda page: sort_key(page.title))
            for key, by_id in grouped.items()
        }

    @property
    def letters(self):
        """The terms by first letter: [(letter, [term, …]), …]."""
        return [
            (letter, list(group))
            for letter, group in groupby(self.terms, lambda term: initial(term.term))
        ]
