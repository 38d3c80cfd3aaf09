"""Words in rich text that open their meaning where they stand."""

import re
from functools import lru_cache
from itertools import count

from django.template.loader import render_to_string
from django.utils.html import format_html

from content.linked_pages import current_neighbors, find_translated
from content.models import GlossaryTerm

# What the link handler leaves in the text: words that still need their meaning beside them.
# Punctuation goes with the words, so that no line begins with a comma.
MARK = re.compile(
    r'(?P<before>[(“"¿¡]*)<a data-term="(?P<pk>\d+)">(?P<words>.*?)</a>(?P<after>[.,;:!?)”"]*)',
    re.DOTALL,
)
_elsewhere = count(1)


def mark_term(pk):
    """Return the opening tag of words that `explain_terms` puts their meaning beside."""
    return format_html('<a data-term="{}">', pk)


def explain_terms(html):
    """Turn marked words in rendered rich text into buttons that open the meaning."""
    marks = list(MARK.finditer(html))
    if not marks:
        return html
    terms = find_translated(GlossaryTerm, {int(mark["pk"]) for mark in marks})
    return MARK.sub(lambda mark: explain(mark, terms.get(int(mark["pk"]))), html)


def explain(mark, term):
    if term is None:
        return mark["before"] + mark["words"] + mark["after"]
    return draw_term(
        id=f"term-{term.slug}-{number_of(term)}",
        term=term.term,
        meaning=term.meaning,
        language=term.locale.language_code if term.is_foreign else "",
        before=mark["before"],
        words=mark["words"],
        after=mark["after"],
    )


@lru_cache(maxsize=4096)
def draw_term(**context):
    """The same words, drawn once for all readers of a page."""
    return render_to_string("components/term.html", context).strip()


def number_of(term):
    """Count the words explained on a page, and remember them for its print-out."""
    neighbors = current_neighbors()
    if neighbors is None:
        return next(_elsewhere)
    neighbors.explained_terms.append(term)
    return len(neighbors.explained_terms)
