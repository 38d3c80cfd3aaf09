"""The pages around home, for what is no page of the tree: the form, a search, a page not found."""

from wagtail.models import Page

from content.linked_pages import PageNeighbors
from content.listed_pages import listed
from content.memory import Memory
from content.models import HomePage
from content.telling_changes import pages_touched


def load(language_code):
    """The neighbors of the home page in a language, or of one there is; None on an empty site."""
    homes = listed(Page.objects.live().exact_type(HomePage))
    in_language = {home.language_code: home for home in homes}
    home = in_language.get(language_code) or next(iter(in_language.values()), None)
    return PageNeighbors(home, is_read=False) if home else None


memory = Memory(load)


def connect():
    pages_touched.connect(memory.forget, dispatch_uid="content.forget_menu")
