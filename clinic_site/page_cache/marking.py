"""Says of each answer whether it may be kept, and by whom."""

from time import time
from typing import NamedTuple

from django.conf import settings
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from wagtail.models import Page

# Set in the WSGI environment: by the page cache if it would keep the answer, by us if it may.
ASKED, DRAWN = "clinic_site.page_cache.asked", "clinic_site.page_cache.drawn"

GONE = (301, 302, 404, 410)
ASKED_EACH_TIME = {"max_age": 0, "must_revalidate": True}


class Drawn(NamedTuple):
    """Which page an answer is, and the pages whose names it shows."""

    pk: int
    drawn_with: frozenset


class PublicPageMiddleware:
    """Let caches keep a public page, and tell the page cache which page it is.

    Browsers and proxies ask before they show it again. Only a cache that is told of changes, set
    up by `CDN_SECONDS`, may keep it for longer; it is told by address, so not one with a query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        page = public_page(request, response)
        if page:
            self.allow_keeping(request, response, page)
        elif is_gone(request, response):
            # In nginx it takes the place of the page that was there, which would come back whenever
            # the application is away.
            response.headers["X-Accel-Expires"] = until_the_next_second()
            if is_locked(response):
                # Who has been let in has a session, and nginx asks us.
                response.headers["Vary"] = "Accept-Encoding"
        elif is_staff_reading(request) and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        if response.status_code == 301 and not response.has_header("Cache-Control"):
            # Kept for good, the way from an address and the way back to it would lead in circles.
            patch_cache_control(response, public=True, **ASKED_EACH_TIME)
        return response

    def allow_keeping(self, request, response, page):
        is_told = settings.CDN_SECONDS and (request.META.get(ASKED) or not request.GET)
        shared = {"s_maxage": settings.CDN_SECONDS} if is_told else {}
        patch_cache_control(response, public=True, **ASKED_EACH_TIME, **shared)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["X-Accel-Expires"] = until_the_next_second()
        if request.META.get(ASKED):
            # The page cache compresses it itself, once for all readers.
            response.headers["Content-Encoding"] = "identity"
            request.META[DRAWN] = Drawn(page.pk, page.neighbors.drawn_with)


def until_the_next_second():
    """How long nginx, which is told of no change, keeps a page before it asks again.

    It counts whole seconds: told to keep a page for one, it would keep it for up to two.
    """
    return f"@{int(time())}"


def is_staff_reading(request):
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_gone(request, response):
    """Does the answer tell everybody that nothing is here for them, or no longer?"""
    if request.method != "GET" or is_staff_reading(request) or response.cookies:
        return False
    if request.GET and response.status_code in (301, 302):
        # It may lead on with its query, or be for this one alone: nobody else's way.
        return False
    is_for_all = not response.has_header("Cache-Control") or is_locked(response)
    return response.status_code in GONE and is_for_all


def is_locked(response):
    """Does a page that has become private lead elsewhere?"""
    return response.status_code == 302 and response.get("Cache-Control") == "no-cache"


def public_page(request, response):
    """The page of our own tree that the answer is, if all may read it and none may tell who did."""
    if request.method != "GET" or response.status_code != 200 or is_staff_reading(request):
        return None
    if response.cookies or response.has_header("Cache-Control"):
        return None
    context = response.context_data if isinstance(response, TemplateResponse) else None
    page = (context or {}).get("page")
    return page if isinstance(page, Page) and not is_private(page) else None


def is_private(page):
    """Most sites have no private page at all, which `serve_page` has found out."""
    return page.site_has_private_pages and page.get_view_restrictions().exists()
