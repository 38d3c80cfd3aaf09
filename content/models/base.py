"""What every page shares."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.ledger import parse_note
from content.linked_pages import PageNeighbors, neighbors_known
from content.listed_pages import path_in_language
from content.private_pages import AsksForPassword
from content.search.passages import as_names, page_names, searched_pieces, stemmed
from content.translated import TRANSLATION_RECORD, Translated, fingerprint_field


class ReviewState(models.TextChoices):
    """Who vouches for a page. The only state so far: nobody."""

    UNREVIEWED = "unreviewed", _("Not yet reviewed by a clinician")


class BasePage(Translated, AsksForPassword, Page):
    summary = models.TextField(
        _("summary"),
        max_length=200,
        validators=[MaxLengthValidator(200)],
        help_text=_("One or two sentences a person could repeat. Shown first, and in lists."),
    )
    ledger = models.TextField(
        _("ledger"),
        blank=True,
        validators=[parse_note],
        help_text=_("Facts that the title and summary rest on. Patients do not see this."),
    )
    review_state = models.CharField(
        max_length=20,
        choices=ReviewState.choices,
        default=ReviewState.UNREVIEWED,
        editable=False,
    )

    # A fingerprint of the words that a qualified translator has checked; blank if none has.
    checked_text = fingerprint_field()

    show_in_menus_default = False
    site_has_private_pages = True
    content_panels = [*Page.content_panels, "summary"]
    promote_panels = [
        MultiFieldPanel(["slug", "seo_title", "search_description"], _("For search engines")),
        MultiFieldPanel(["show_in_menus"], _("For site menus")),
        FieldPanel("ledger"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("stemmed_names", boost=10),
        index.SearchField("stemmed_text"),
    ]

    override_translatable_fields = [SynchronizedField("ledger", overridable=False)]

    class Meta:
        abstract = True

    @cached_property
    def neighbors(self):
        """The pages this one is drawn with: its ancestors, the menu, translations, links."""
        return PageNeighbors(self)

    def stemmed_names(self):
        """The stems of the page's names, for the search index."""
        return as_names(stemmed(page_names(self), self.locale.language_code))

    def stemmed_text(self):
        """The stems of everything else on the page, for the search index."""
        return stemmed(searched_pieces(self), self.locale.language_code)

    @property
    def is_checked_translation(self):
        return bool(self.checked_text)

    @property
    def translation_state(self):
        """What readers of a translation are told."""
        if self.is_checked_translation:
            return _("Translation checked by a qualified translator")
        return _("This translation has not yet been checked by a qualified translator")

    @property
    def description(self):
        """What search engines and shared links say of the page."""
        return self.search_description or self.summary

    @property
    def cover(self):
        """The look of the page's opening: a suffix of the cover's CSS class."""
        return "plain"

    @property
    def art(self):
        """The template of the drawing beside the page's title, or none."""
        return f"drawings/cover_{self.cover}.svg" if self.cover != "plain" else None

    @property
    def social_image_url(self):
        """The absolute address of the picture that a shared link shows."""
        root_url = self.get_url_parts()[1]
        return root_url + reverse("social_image", args=[self.pk])

    def get_sitemap_urls(self, request=None):
        """The page with its translations, as search engines want them paired."""
        alternates = [
            {"location": address, "lang_code": language_code}
            for address, language_code in [
                (self.full_url, self.locale.language_code),
                *((page.full_url, page.language_code) for page in self.neighbors.translations),
            ]
        ]
        entries = super().get_sitemap_urls(request)
        return [entry | {"alternates": alternates if alternates[1:] else []} for entry in entries]

    def get_url_parts(self, request=None):
        """Wagtail's answer without its work, since a list asks for the addresses of dozens."""
        roots = self._get_relevant_site_root_paths(request)
        if len(roots) != 1:
            return super().get_url_parts(request)
        root = roots[0]
        below = self.url_path.removeprefix(root.root_path)
        return root.site_id, root.root_url, path_in_language(root.language_code, below)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "neighbors": self.neighbors,
            "shows_userbar": settings.SESSION_COOKIE_NAME in request.COOKIES,
        }

    def get_view_restrictions(self):
        """No query on a site without private pages, which `serve_page` has found out."""
        if not self.site_has_private_pages:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def with_content_json(self, content):
        """Rebuild a revision, without letting an old one forget what its translation follows."""
        page = super().with_content_json(content)
        for name in TRANSLATION_RECORD:
            if hasattr(self, name):
                setattr(page, name, getattr(self, name))
        return page

    def serve(self, request, *args, **kwargs):
        """Render at once, while the pages it links to are known."""
        with neighbors_known(self):
            return super().serve(request, *args, **kwargs).render()

    def serve_preview(self, request, mode_name):
        with neighbors_known(self):
            return super().serve_preview(request, mode_name).render()
