"""From an address to a page, in one query or two however deep the page lies."""

from django.db.models import Exists
from django.http import Http404
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site

# The type of page last found at an address. It is a guess that the query puts to the test, so
# that it can be wrong but never mislead.
_types: dict[str, type[Page]] = {}


def serve_page(request, path):
    """Serve the live page at `path` in the language of the address.

    Wagtail finds a page by one query for each part of its address, and answers /es/ with the
    English site while there is no Spanish one. What it does once it has the page stays its own.
    """
    page = find_page(get_language(), path)
    request._wagtail_route_for_request = page.route(request, [])
    answer = views.serve(request, path)
    if answer.status_code == 302:
        # To the password or the login that a private page asks everybody for: nobody's secret.
        answer.headers["Cache-Control"] = "no-cache"
    return answer


def find_page(language, path):
    roots = [root for root in Site.get_site_root_paths() if root.language_code == language]
    if not roots:
        raise Http404
    url_path = roots[0].root_path + path
    page = page_of_known_type(url_path)
    if page is None:
        learn_type(url_path)
        page = page_of_known_type(url_path)
    if page is None:
        raise Http404
    return page


def page_of_known_type(url_path):
    """The live page there, unless it is of another type than the last one that was."""
    if url_path not in _types:
        return None
    pages = _types[url_path].objects.live().select_related("locale").filter(url_path=url_path)
    has_private = Exists(PageViewRestriction.objects.all())
    return pages.annotate(site_has_private_pages=has_private).first()


def learn_type(url_path):
    page = Page.objects.live().filter(url_path=url_path).only("content_type").first()
    if page:
        _types[url_path] = page.specific_class or Page
