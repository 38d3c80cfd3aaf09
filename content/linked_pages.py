"""The pages and snippets a page is drawn with, fetched together.

A page names its ancestors, the menu, its translations and every page that its text links to.
Asked one by one these would be most of a page's queries.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page, ReferenceIndex

from content.listed_pages import listed
from content.sorting import sort_key

HOME_DEPTH = 2

_known: ContextVar["PageNeighbors | None"] = ContextVar("known_neighbors", default=None)


@contextmanager
def neighbors_known(page):
    """While this lasts, `find_pages` answers from the page's neighbors without a query."""
    token = _known.set(page.neighbors)
    page.neighbors.explained_terms.clear()
    try:
        yield
    finally:
        _known.reset(token)


def neighbors_are_known():
    return _known.get() is not None


def current_neighbors():
    """The neighbors of the page being rendered, or None."""
    return _known.get()


def find_pages(ids):
    """Return the live pages with these ids as a dict, each in the language being read.

    A page that the reference index does not know of yet, as in a preview, costs a query.
    """
    neighbors = _known.get()
    known = {pk: page for pk in ids if neighbors and (page := neighbors.localized(pk))}
    missing = [pk for pk in ids if pk not in known]
    found = listed(Page.objects.live().filter(pk__in=missing)) if missing else []
    return known | {page.pk: page for page in found}


def find_snippets(model, ids):
    """Return the snippets with these ids as a dict, of all that the page being read uses at once."""
    neighbors = _known.get()
    known = {pk: found for pk in ids if neighbors and (found := neighbors.snippets(model).get(pk))}
    missing = [pk for pk in ids if pk not in known]
    return known | (model.objects.in_bulk(missing) if missing else {})


def find_translated(model, ids):
    """Return the snippets with these ids as a dict, in the language being read where translated."""
    neighbors = _known.get()
    known = neighbors.translated(model) if neighbors else {}
    missing = ids - known.keys()
    if not missing:
        return known
    return known | in_language(model, missing, neighbors.page.locale_id if neighbors else None)


def in_language(model, ids, locale_id):
    """Map each id to the snippet's translation into a language, else to the snippet itself.

    The original takes the place of a translation that nobody has written yet.
    """
    keys = model.objects.filter(pk__in=ids).values("translation_key")
    found = list(model.objects.select_related("locale").filter(translation_key__in=keys).order_by())
    originals = {one.translation_key: one for one in found if one.is_original}
    shown = {one.pk: one.or_original(originals.get(one.translation_key)) for one in found}
    translated = {one.translation_key: shown[one.pk] for one in found if one.locale_id == locale_id}
    return {one.pk: translated.get(one.translation_key, shown[one.pk]) for one in found}


class PageNeighbors:
    """The live pages around one page, from one query made when first needed.

    Without those that its text names, if the text is not read: for home, on pages that are not
    Wagtail's own.
    """

    def __init__(self, page, is_read=True):
        self.page, self.is_read = page, is_read
        self._snippets: dict = {}
        self._translated: dict = {}
        # The words whose meaning the page has shown so far while it is rendered.
        self.explained_terms: list = []

    @cached_property
    def _references(self):
        """What the page refers to, and the pages that relate to it, as rows of the index."""
        if not self.is_read:
            return []
        own, pages = str(self.page.pk), content_type(Page)
        rows = ReferenceIndex.objects.filter(
            Q(base_content_type=pages, object_id=own)
            # Whose they are is asked below: asked here, SQLite would look through those of all pages.
            | Q(to_content_type=pages, to_object_id=own, model_path__startswith="related")
        ).values_list("base_content_type_id", "object_id", "to_content_type_id", "to_object_id")
        return [row for kind, *row in rows if kind == pages.pk]

    def _targets(self, model):
        own, wanted = str(self.page.pk), content_type(model).pk
        return {
            int(to) for source, kind, to in self._references if source == own and kind == wanted
        }

    @cached_property
    def _relating_ids(self):
        own = str(self.page.pk)
        return {int(source) for source, _kind, _to in self._references if source != own}

    @cached_property
    def _pages(self):
        page = self.page
        home = page.path[: Page.steplen * HOME_DEPTH]
        ancestors = [
            page.path[:length] for length in range(len(home), len(page.path), Page.steplen)
        ]
        linked = Page.objects.filter(pk__in=self._targets(Page)).values("translation_key")
        found = Page.objects.filter(
            Q(path__in=ancestors)
            | Q(path__startswith=home, depth=HOME_DEPTH + 1)
            | Q(translation_key=page.translation_key)
            | Q(translation_key__in=linked)
            | Q(pk__in=self._relating_ids),
            live=True,
        )
        return listed(found.order_by("path"))

    @property
    def drawn_with(self):
        """The ids of all these pages."""
        return frozenset(self._by_id)

    def snippets(self, model):
        """Every snippet of one kind that the page refers to, by id."""
        if model not in self._snippets:
            self._snippets[model] = model.objects.order_by().in_bulk(self._targets(model))
        return self._snippets[model]

    def translated(self, model):
        """Every snippet of one kind that the page refers to, by id, in the page's language."""
        if model not in self._translated:
            ids = self._targets(model)
            self._translated[model] = in_language(model, ids, self.page.locale_id) if ids else {}
        return self._translated[model]

    @property
    def words(self):
        """The words explained on the page, once each, in alphabetical order."""
        terms = {term.pk: term for term in self.explained_terms}
        return sorted(terms.values(), key=lambda term: sort_key(term.term))

    @cached_property
    def _by_id(self):
        return {page.pk: page for page in self._pages}

    @cached_property
    def _by_key(self):
        return {page.translation_key: page for page in self._in_this_language(self._pages)}

    def _in_this_language(self, pages):
        return [page for page in pages if page.locale_id == self.page.locale_id]

    def localized(self, pk):
        """The page with this id in this page's language if it is live there, else as it is."""
        found = self._by_id.get(pk)
        return found and self._by_key.get(found.translation_key, found)

    @cached_property
    def ancestors(self):
        """The live pages above this one, home first."""
        own = self.page.path
        return [page for page in self._pages if own.startswith(page.path) and own != page.path]

    @property
    def home(self):
        return self.ancestors[0] if self.ancestors else self.page

    @property
    def home_trail(self):
        """The way back from a page that is not in the tree, such as the appointment page."""
        return [self.home]

    @cached_property
    def sections(self):
        """The pages directly below home, in the editors' order."""
        return [
            page for page in self._in_this_language(self._pages) if page.depth == HOME_DEPTH + 1
        ]

    @property
    def menu(self):
        return [page for page in self.sections if page.show_in_menus]

    @cached_property
    def translations(self):
        """This page in its other languages."""
        own = self.page
        return [
            page
            for page in self._pages
            if page.translation_key == own.translation_key and page.locale_id != own.locale_id
        ]

    @cached_property
    def relating(self):
        """Pages in this language that name this one among their related pages."""
        return [
            page for page in self._in_this_language(self._pages) if page.pk in self._relating_ids
        ]


def content_type(model):
    return ContentType.objects.get_for_model(model)
