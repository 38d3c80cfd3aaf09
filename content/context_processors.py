from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page

from content.clinic_memory import memory
from content.linked_pages import PageNeighbors
from content.listed_pages import listed
from content.models import HomePage


def clinic(request):
    """The clinic's details, on every page, fetched when a template first asks."""
    return {"clinic": SimpleLazyObject(memory.recall)}


def neighbors(request):
    """The menu of pages that are not Wagtail's own, such as the appointment page."""
    return {"neighbors": SimpleLazyObject(neighbors_of_home)}


def translations(request):
    """The same address in the other languages, for pages that are not Wagtail's own."""
    match = request.resolver_match
    if not match or not match.url_name:
        return {}
    return {"translations": SimpleLazyObject(lambda: addresses_in_other_languages(request))}


def addresses_in_other_languages(request):
    here = get_language()
    return [
        {"url": translate_url(request.path, code), "language_code": code}
        for code, _name in settings.LANGUAGES
        if code != here
    ]


def neighbors_of_home():
    homes = listed(Page.objects.live().exact_type(HomePage))
    in_language = {home.language_code: home for home in homes}
    home = in_language.get(get_language()) or next(iter(in_language.values()), None)
    return PageNeighbors(home, is_read=False) if home else None
