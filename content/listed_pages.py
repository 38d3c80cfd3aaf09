"""Pages as links name them: a dozen of these cost less than one page made into a model."""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

# The columns of a listed page, in the order of its fields.
COLUMNS = [
    "pk",
    "title",
    "slug",
    "url_path",
    "path",
    "depth",
    "show_in_menus",
    "translation_key",
    "content_type_id",
    "locale_id",
    "locale__language_code",
    "questionpage__summary",
]
URL_PATH = COLUMNS.index("url_path")


class ListedPage(NamedTuple):
    """What a link to a live page, its place in the tree and its language need."""

    root_url: str
    url: str | None
    pk: int
    title: str
    slug: str
    url_path: str
    path: str
    depth: int
    show_in_menus: bool
    translation_key: UUID
    content_type_id: int
    locale_id: int
    language_code: str
    # A question's short answer; pages of other types have none here.
    summary: str | None

    @property
    def live(self):
        return True

    @property
    def full_url(self):
        return self.url and self.root_url + self.url

    @property
    def specific_class(self):
        return ContentType.objects.get_for_id(self.content_type_id).model_class()


def listed(pages):
    """Fetch the live pages of a queryset as listed pages."""
    roots = Site.get_site_root_paths()
    rows = pages.values_list(*COLUMNS)
    return [ListedPage(*address(row[URL_PATH], roots), *row) for row in rows]


def address(url_path, roots):
    """The site's address and the page's address within it, which a page outside any site lacks."""
    for root in roots:
        if url_path.startswith(root.root_path):
            below = url_path.removeprefix(root.root_path)
            return root.root_url, path_in_language(root.language_code, below)
    return "", None


@lru_cache(maxsize=4096)
def path_in_language(language_code, path):
    """What Wagtail's `page.url` answers; it works it out anew each time a template asks."""
    with override(language_code):
        return reverse("wagtail_serve", args=[path])
