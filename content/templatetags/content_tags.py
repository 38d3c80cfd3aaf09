"""Tags of the public pages."""

import json
import re
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from content.feedback.forms import FeedbackForm
from content.glossary import explain_terms as with_meanings
from content.structured_data import structured_data as structured_data_of

register = template.Library()

# The characters that could end the script element the JSON stands in.
UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

LINK_OR_EMBED = re.compile(r"<(?:a|embed)\b")


@register.filter
def has_call_signs(dangers):
    """Does one of these danger messages name signs that need a call to the clinic?"""
    return any(danger.call_groups for danger in dangers)


@register.filter
def has_emergency_signs(dangers):
    """Does one of these danger messages name signs that need 911?"""
    return any(danger.emergency for danger in dangers)


@register.filter
def explain_terms(html):
    """Rich text as readers get it: marked words become buttons that open their meaning."""
    return mark_safe(with_meanings(html))


@register.filter
def rich_text(value):
    """What Wagtail's `richtext` answers, without a template for each piece of text."""
    source = getattr(value, "source", value) or ""
    return explain_terms(expand_db_html(source) if LINK_OR_EMBED.search(source) else source)


@register.simple_tag
def phone_link(clinic):
    """The clinic's phone number as a link. A tag, so that a full stop can follow at once."""
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', clinic.tel, clinic.phone_label)


@register.simple_tag
def structured_data(page, clinic):
    """The page's JSON-LD, safe inside a script element."""
    text = json.dumps(structured_data_of(page, clinic), ensure_ascii=False)
    return mark_safe(text.translate(UNSAFE_IN_SCRIPT))


@register.simple_tag
def feedback_fields(heading, form):
    """The fields that ask whether a page was helpful: of a form, else empty ones."""
    return draw_fields(heading, form) if form else empty_fields(heading, get_language())


@lru_cache
def empty_fields(heading, language):
    """The same on every page: Django's widgets draw slowly, a template for each attribute."""
    return draw_fields(heading, FeedbackForm())


def draw_fields(heading, form):
    context = {"form": form, "heading": heading}
    return render_to_string("components/feedback_fields.html", context)
