"""Ways onward: questions with their short answers, and related pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks.base import ItemsBlock, SectionBlock, SectionValue, named
from content.linked_pages import (
    current_neighbors,
    find_pages,
    find_snippets,
    neighbors_are_known,
)


class LinkedPageBlock(blocks.PageChooserBlock):
    """A page to link to. While a page is rendered, it comes from the page's neighbors."""

    def bulk_to_python(self, values):
        if not neighbors_are_known():
            return super().bulk_to_python(values)
        pages = find_pages([pk for pk in values if pk])
        return [pages.get(pk) for pk in values]


class LinkedQuestionBlock(blocks.PageChooserBlock):
    """A question of which a page shows the short answer, without its full one."""

    def bulk_to_python(self, values):
        if neighbors_are_known():
            pages = find_pages([pk for pk in values if pk])
        else:
            pages = self.model_class.objects.defer_streamfields().in_bulk(values)
        return [pages.get(pk) for pk in values]


class LinkedSnippetBlock(SnippetChooserBlock):
    """A snippet used by reference. While a page is rendered, all of a kind are fetched at once."""

    def bulk_to_python(self, values):
        if not neighbors_are_known():
            return super().bulk_to_python(values)
        snippets = find_snippets(self.target_model, [pk for pk in values if pk])
        return [snippets.get(pk) for pk in values]


class RealPreview(blocks.StructBlock):
    """Previews a block with a real snippet or pages of the site, since it shows nothing else."""

    def preview_choices(self):
        """Field names with what a preview shows in them."""
        return {}

    def get_preview_value(self):
        return self.normalize({**self.meta.preview_value, **self.preview_choices()})


class QuestionGroupValue(SectionValue):
    @property
    def live_questions(self):
        """The questions that readers have; without those that ask for a password."""
        live = [page for page in self["questions"] if page and page.live]
        neighbors = current_neighbors()
        if neighbors and not neighbors.page.site_has_private_pages:
            return live
        public = Page.objects.public().filter(pk__in=[page.pk for page in live])
        shown = set(public.values_list("pk", flat=True))
        return [page for page in live if page.pk in shown]


class QuestionGroupBlock(RealPreview, SectionBlock):
    questions = named(
        _("Questions"),
        ItemsBlock(
            LinkedQuestionBlock("content.QuestionPage"),
            help_text=_("Three to five questions. Their short answers open on this page."),
        ),
    )

    class Meta:
        icon = "help"
        label = _("Question group")
        template = "content/blocks/question_group.html"
        description = _("Questions that open to their short answers.")
        preview_value = {"heading": "Common questions"}
        value_class = QuestionGroupValue

    def preview_choices(self):
        model = self.child_blocks["questions"].child_block.target_model
        return {"questions": list(model.objects.live()[:3])}


class LinkBlock(blocks.StructBlock):
    page = named(_("Page"), LinkedPageBlock())
    text = named(
        _("Text"),
        blocks.CharBlock(
            required=False, max_length=80, help_text=_("Leave empty to use the page’s own title.")
        ),
    )
    note = named(
        _("Note"),
        blocks.CharBlock(
            required=False, max_length=160, help_text=_("One line on what the reader finds there.")
        ),
    )


class LinkListValue(SectionValue):
    @property
    def live_links(self):
        return [link for link in self["links"] if link["page"] and link["page"].live]


class LinkListBlock(RealPreview, SectionBlock):
    links = named(_("Links"), ItemsBlock(LinkBlock()))

    class Meta:
        icon = "link"
        label = _("Link list")
        template = "content/blocks/link_list.html"
        description = _("Links to other pages of this site, each with a line of its own.")
        preview_value = {"heading": "Read next"}
        value_class = LinkListValue

    def preview_choices(self):
        model = self.child_blocks["links"].child_block.child_blocks["page"].target_model
        return {"links": [{"page": page} for page in model.objects.live().filter(depth=3)[:3]]}
