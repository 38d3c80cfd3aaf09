"""Addresses that are no page of the tree: the bare site, robots, pictures for shared links, errors."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from wagtail.models import Page

from content.models import HomePage
from content.social_image import draw_social_image


@require_safe
def choose_language(request):
    """Send the reader to the home page in their browser's language, else the English one."""
    homes = HomePage.objects.live().select_related("locale")
    addresses = {home.locale.language_code: home.url for home in homes}
    wanted = get_language_from_request(request)
    address = addresses.get(wanted) or addresses.get(settings.LANGUAGE_CODE) or f"/{wanted}/"
    response = redirect(address)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def robots(request):
    """Keep search engines out of the admin, and show them the sitemap."""
    sitemap = request.build_absolute_uri("/sitemap.xml")
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def title_changed_at(request, pk):
    page = Page.objects.filter(pk=pk, live=True).only("last_published_at").first()
    return page and page.last_published_at


@require_safe
@condition(last_modified_func=title_changed_at)
@cache_control(public=True, max_age=86400)
def social_image(request, pk):
    """The picture that a shared link to a live page shows: its title and the house shape."""
    page = get_object_or_404(Page.objects.live().public().filter(depth__gt=1), pk=pk)
    return HttpResponse(draw_social_image(page.title), content_type="image/png")


def page_not_found(request, exception):
    return render(request, "404.html", status=404)
