"""Questions, one page each, and the page that groups them."""

from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from content.blocks import QuestionSetBlock
from content.linked_pages import find_pages
from content.models.articles import ArticlePage
from content.models.base import BasePage


class FAQIndexPage(BasePage):
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.QuestionPage"]

    groups = StreamField(
        [("group", QuestionSetBlock())],
        blank=True,
        verbose_name=_("groups"),
        help_text=_("Questions in no group are listed last, under “More questions”."),
    )

    content_panels = [*BasePage.content_panels, "groups"]

    class Meta:
        verbose_name = _("FAQ index page")
        verbose_name_plural = _("FAQ index pages")

    @property
    def cover(self):
        return "questions"

    @cached_property
    def question_groups(self):
        """Headings with their live questions: [(anchor, heading, [QuestionPage, …]), …].

        A question that no group names comes last, so that nothing published is lost. One that asks
        for a password does not stand here with its answer.
        """
        questions = QuestionPage.objects.child_of(self).live()
        if self.site_has_private_pages:
            questions = questions.public()
        waiting = {page.pk: page for page in questions}
        grouped = []
        for group in self.groups.raw_data:
            chosen = [item["value"] for item in group["value"]["questions"]]
            here = find_pages(chosen)
            ids = [here[pk].pk for pk in chosen if pk in here]
            pages = [waiting.pop(pk) for pk in ids if pk in waiting]
            if pages:
                heading = group["value"]["heading"]
                grouped.append((slugify(heading, allow_unicode=True), heading, pages))
        if waiting:
            grouped.append(("more-questions", _("More questions"), list(waiting.values())))
        return grouped

    @property
    def sections(self):
        return [(anchor, heading) for anchor, heading, _pages in self.question_groups]


class QuestionPage(ArticlePage):
    """One question. Its title is the question, its summary the short answer."""

    parent_page_types = ["content.FAQIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary", heading=_("Short answer")),
        FieldPanel(
            "also_called",
            heading=_("Also about"),
            help_text=_("Words people search for, one on each line. Readers do not see them here."),
        ),
        "body",
        *ArticlePage.closing_panels,
    ]

    class Meta:
        verbose_name = _("question page")
        verbose_name_plural = _("question pages")

    @property
    def cover(self):
        return "questions"
