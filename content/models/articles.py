"""Abstract pages: an article, and a medical article."""

from typing import NamedTuple

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, PageChooserBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.search import index

from content.blocks import BodyBlock, CodeBlock, FDAUseBlock, KeyFactsBlock
from content.blocks.base import named
from content.blocks.links import LinkedSnippetBlock
from content.linked_pages import find_pages
from content.models.base import BasePage
from content.page_text import value_pieces
from content.translated import FollowsEnglish, fingerprint_field

URGENT = {"side_effects"}


class BodyPart(NamedTuple):
    """A block of the body, and whether it stands in English on a translated page."""

    block: StreamValue.StreamChild
    is_english: bool = False


class ArticlePage(FollowsEnglish, BasePage):
    """A page with a body of blocks, its sources, and pages that belong with it."""

    also_called = models.TextField(
        _("also called"),
        blank=True,
        help_text=_("Other names people use, one on each line. Search finds the page by them."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"))
    dangers = StreamField(
        [("danger", named(_("Danger"), LinkedSnippetBlock("content.DangerMessage")))],
        blank=True,
        verbose_name=_("when to get help now"),
        help_text=_("Danger messages, the most urgent first. Each is written once for all pages."),
    )
    related = StreamField(
        [("page", named(_("Page"), PageChooserBlock()))],
        blank=True,
        max_num=12,
        verbose_name=_("related pages"),
        help_text=_("Each page you name here names this one in turn."),
    )
    sources = StreamField(
        [("source", named(_("Source"), LinkedSnippetBlock("content.Source")))],
        blank=True,
        verbose_name=_("sources"),
    )
    offers_low_glare = models.BooleanField(
        _("offer low-glare colors"),
        default=False,
        help_text=_("Offers dim, warm colors at the top, for readers whose eyes hurt."),
    )

    english_now = fingerprint_field()
    english_followed = fingerprint_field()
    own_followed = fingerprint_field()

    content_panels = [*BasePage.content_panels, "also_called", "body"]
    closing_panels = [
        "dangers",
        "related",
        "sources",
    ]
    promote_panels = [*BasePage.promote_panels, "offers_low_glare"]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("also_called", boost=3),
        index.AutocompleteField("also_called"),
        index.SearchField("body"),
    ]

    opens_with_dangers = False
    # A question has no other names: there they are words that search finds it by.
    shows_other_names = False

    class Meta:
        abstract = True

    @cached_property
    def other_names(self):
        """The other names of what the page is about."""
        return [line.strip() for line in self.also_called.splitlines() if line.strip()]

    @cached_property
    def danger_messages(self):
        return [child.value.for_reader for child in self.dangers if child.value]

    @cached_property
    def cited_sources(self):
        """The page's sources in order, numbered from 1 by their place."""
        return [child.value for child in self.sources if child.value]

    @cached_property
    def related_pages(self):
        """Live pages this one names, then pages that name it, in this page's language."""
        ids = [child["value"] for child in self.related.raw_data if child["value"]]
        pages = find_pages(ids)
        chosen = [pages[pk] for pk in ids if pk in pages]
        return list(dict.fromkeys([*chosen, *self.neighbors.relating]))

    @property
    def related_groups(self):
        """The related pages by kind: [(heading, [page, …]), …]."""
        kinds = {"questionpage": _("Questions"), "conditionpage": _("Conditions")}
        groups: dict = {}
        for page in self.related_pages:
            kind = page.specific_class._meta.model_name
            groups.setdefault(kinds.get(kind, _("Treatments and more")), []).append(page)
        return list(groups.items())

    @cached_property
    def remaining_dangers(self):
        """The danger messages that the body does not already show."""
        shown = {
            part.block.value["danger"].translation_key
            for part in self.body_for_reader
            if part.block.block_type in ("side_effects", "care_card") and part.block.value["danger"]
        }
        return [danger for danger in self.danger_messages if danger.translation_key not in shown]

    @cached_property
    def body_for_reader(self):
        """The body in parts, with the English side effects while this translation is behind."""
        original = self.english_original if self.is_behind_english else None
        # One that was deleted leaves its translation as it is.
        if original is None:
            return [BodyPart(child) for child in self.body]
        current = [BodyPart(b, is_english=True) for b in original.body if b.block_type in URGENT]
        parts = []
        for child in self.body:
            if child.block_type not in URGENT:
                parts.append(BodyPart(child))
            elif current:
                parts += current
                current = []
        return parts + current

    def urgent_pieces(self):
        """The texts of the page's own side effects."""
        for child in self.body:
            if child.block_type in URGENT:
                yield from value_pieces(child.block, child.value)

    @property
    def has_stand_in(self):
        """Does an English danger message stand in for one whose translation is behind?"""
        return any(danger.is_stand_in for danger in self.remaining_dangers)

    @property
    def contents(self):
        """Anchor and heading of each part of the page, for “On this page”."""
        return list(self._sections())

    def _sections(self):
        values = [child.value for child in self.body if child.block_type != "note"]
        yield from ((v.anchor, v["heading"]) for v in values if getattr(v, "anchor", ""))
        yield from self.closing_sections

    @property
    def closing_sections(self):
        if self.remaining_dangers:
            yield "get-help", _("When to get help now")
        if self.related_pages:
            yield "related", _("Related pages")
        yield "about", _("About this page")


class MedicalPage(ArticlePage):
    """An article on a condition or a treatment."""

    key_facts = StreamField(
        [("key_facts", KeyFactsBlock())], blank=True, max_num=1, verbose_name=_("key facts")
    )
    fda_uses = StreamField(
        [("use", FDAUseBlock())],
        blank=True,
        verbose_name=_("FDA status"),
        help_text=_("For each use on the page: is it FDA-approved, and for whom?"),
    )
    questions_to_ask = StreamField(
        [("question", named(_("Question"), CharBlock(max_length=160)))],
        blank=True,
        max_num=8,
        verbose_name=_("questions to ask your doctor"),
    )
    codes = StreamField(
        [("code", CodeBlock())],
        blank=True,
        verbose_name=_("medical codes"),
        help_text=_("For matching with health records. Patients see them only in structured data."),
    )

    content_panels = [
        *BasePage.content_panels,
        "also_called",
        "key_facts",
        "body",
        "fda_uses",
        "questions_to_ask",
        *ArticlePage.closing_panels,
    ]
    promote_panels = [
        *ArticlePage.promote_panels,
        MultiFieldPanel([FieldPanel("codes")], _("Medical codes")),
    ]

    shows_other_names = True

    class Meta:
        abstract = True

    @property
    def closing_sections(self):
        if self.fda_uses:
            yield "fda-status", _("Is it FDA-approved?")
        if self.questions_to_ask:
            yield "questions-to-ask", _("Questions to ask your doctor")
        yield from super().closing_sections
