"""The search page."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content.context_processors import neighbors_of_home
from content.search.answering import Answer
from content.search.misses import count_miss

PATHS = {"en": "search/", "es": "buscar/"}
# The address is no copy: it must not change, or go, with a catalogue of translations.
search_path = lazy(lambda: PATHS.get(get_language() or "en", PATHS["en"]), str)()


@require_safe
@cache_control(private=True, no_store=True)
def search(request):
    """Answer what was typed. It is health data: no cache and no log of ours keeps it."""
    answer = Answer(request.GET.get("q", ""), get_language())
    if not (answer.is_empty or answer.results or answer.elsewhere or answer.sounds_urgent):
        count_miss(answer.query, answer.language)
    neighbors = neighbors_of_home()
    context = {
        "answer": answer,
        "is_search": True,
        "neighbors": neighbors,
        "translations": list(same_search(answer.query, neighbors)),
    }
    return render(request, "content/search.html", context)


def same_search(query, neighbors):
    """The same search in the other languages of the site, for the language switch."""
    for home in neighbors.translations if neighbors else []:
        with override(home.language_code):
            address = reverse("content:search")
        words = f"?{urlencode({'q': query})}" if query else ""
        yield {"url": address + words, "language_code": home.language_code}
