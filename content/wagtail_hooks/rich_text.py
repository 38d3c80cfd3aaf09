"""Rich text: links that cost no query."""

from django.utils.html import format_html
from wagtail import hooks
from wagtail.rich_text.pages import PageLinkHandler

from content.linked_pages import find_pages


class KnownPageLinkHandler(PageLinkHandler):
    """Links in rich text, resolved from the pages already fetched for the page being read."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        pages = find_pages([int(attrs["id"]) for attrs in attrs_list])
        found = [pages.get(int(attrs["id"])) for attrs in attrs_list]
        return [format_html('<a href="{}">', page.url) if page else "<a>" for page in found]


@hooks.register("register_rich_text_features", order=100)
def resolve_links_from_known_pages(features):
    features.register_link_type(KnownPageLinkHandler)
