"""Keeping translations informed of their English originals when a page is published."""

from wagtail.signals import page_published

from content.models.articles import ArticlePage
from content.models.base import BasePage
from content.page_text import page_pieces
from content.search.passages import page_names
from content.telling_changes import tell, tell_of_page
from content.touched_pages import Touched, references_of
from content.translated import TRANSLATION_RECORD, digest


def connect():
    page_published.connect(follow_english, dispatch_uid="content.follow_english")


def follow_english(sender, instance, **kwargs):
    """Tell translations what the English page says now, or note what a translation follows."""
    if not isinstance(instance, BasePage):
        return
    if not instance.is_original:
        note_translation(instance)
    elif isinstance(instance, ArticlePage):
        now = instance.urgent_digest()
        behind = instance.get_translations().exclude(english_now=now)
        pages = frozenset(behind.values_list("pk", flat=True))
        behind.update(english_now=now)
        tell_again(pages)


def tell_again(pages):
    """Tell of translations whose record changed after their page or its original was saved.

    Who read one in between was shown what was outdated by then, and caches keep that.
    """
    tell(Touched(pages=frozenset(pages)))


def note_translation(page):
    """Record what a translated page follows; a check vouches only for the words it saw."""
    original = page.english_original
    if original and isinstance(page, ArticlePage):
        page.record_translation(original)
    if page.checked_text != digest(vouched_pieces(page)):
        page.checked_text = ""
    save_record(page)
    tell_again({page.pk})


def vouched_pieces(page):
    """All the words that a check vouches for: what the page is called, and what it says."""
    return [*page_names(page), getattr(page, "headline", ""), *page_pieces(page)]


def save_record(page):
    """Store what is known of a translation, without a new revision."""
    values = {name: getattr(page, name) for name in TRANSLATION_RECORD if hasattr(page, name)}
    type(page).objects.filter(pk=page.pk).update(**values)


def check_translation(page):
    """Note that a qualified translator vouches for the page's words as they stand."""
    page.checked_text = digest(vouched_pieces(page))
    if isinstance(page, ArticlePage):
        page.catch_up()
    save_record(page)
    tell_of_page(page, referred=references_of(page))
