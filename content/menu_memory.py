"""The pages around home, for what is no page of the tree: the form, a search, a page not found."""

from content.linked_pages import PageNeighbors
from content.memory import Memory
from content.models import HomePage
from content.telling_changes import pages_touched


def load(language_code):
    """The neighbors of the home page in a language, or of one there is; None on an empty site."""
    homes = HomePage.objects.live().select_related("locale").defer_streamfields()
    in_language = {home.locale.language_code: home for home in homes}
    home = in_language.get(language_code) or next(iter(in_language.values()), None)
    return PageNeighbors(home) if home else None


memory = Memory(load)


def connect():
    pages_touched.connect(memory.forget, dispatch_uid="content.forget_menu")
