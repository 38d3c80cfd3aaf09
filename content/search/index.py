"""A search backend beside Wagtail's own, which keeps what readers' searches need of each live page.

Wagtail tells it of every page that is saved, and `update_index` writes everything anew.
"""

from django.db import transaction
from wagtail.models import Locale
from wagtail.search.backends.base import BaseIndex, BaseSearchBackend

from content.models import BasePage, HelpPage, SearchedPage, SearchedWord
from content.models.searched import LONGEST_STEM
from content.search.passages import page_names, searched_pieces, sentences_of
from content.search.text import stems
from content.telling_changes import pages_touched

# So many pages have some twenty thousand words.
BATCH = 50
REWRITTEN = [field.name for field in SearchedPage._meta.concrete_fields if not field.primary_key]


class PageIndex(BaseIndex):
    """What is known of a deleted page goes with the page."""

    def add_items(self, model, items):
        if issubclass(model, BasePage):
            for start in range(0, len(items), BATCH):
                remember(items[start : start + BATCH])

    def reset(self):
        SearchedPage.objects.all().delete()


class Rebuilder:
    def __init__(self, index):
        self.index = index

    def start(self):
        return self.index

    def finish(self):
        """Nothing is left to do: each page was written anew."""


class SearchBackend(BaseSearchBackend):
    index_class = PageIndex
    rebuilder_class = Rebuilder


@transaction.atomic
def remember(pages):
    """Write what search needs of these pages, and forget those that are not live."""
    SearchedPage.objects.filter(pk__in=[page.pk for page in pages if not page.live]).delete()
    live = [page for page in pages if page.live]
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    known = [searched_page(page, languages[page.locale_id]) for page in live]
    # First the pages: whoever writes the same page meanwhile waits here, before its words go.
    SearchedPage.objects.bulk_create(
        known, update_conflicts=True, unique_fields=["page"], update_fields=REWRITTEN
    )
    SearchedWord.objects.filter(page__in=known).delete()
    words = [
        word
        for page, searched in zip(live, known, strict=True)
        for word in searched_words(page, searched)
    ]
    SearchedWord.objects.bulk_create(words, batch_size=2000)


def searched_page(page, language):
    names = [" ".join(name.split()) for name in page_names(page)]
    sentences = sentences_of(page)
    return SearchedPage(
        page_id=page.pk,
        language=language,
        names="\n".join(names),
        name_stems=stem_lines(names, language),
        summary_stems=stem_lines([page.summary], language),
        sentences="\n".join(sentences),
        sentence_stems=stem_lines(sentences, language),
    )


def stem_lines(texts, language):
    return "\n".join(" ".join(stems(text, language)) for text in texts)


def searched_words(page, searched):
    """Each stem of a page, once."""
    names = set(searched.name_stems.split())
    text = {stem for piece in searched_pieces(page) for stem in stems(piece, searched.language)}
    for stem in names | text:
        if len(stem) <= LONGEST_STEM:
            yield SearchedWord(
                page=searched,
                stem=stem,
                language=searched.language,
                page_type_id=page.content_type_id,
                is_in_name=stem in names,
                is_in_text=stem in text,
            )


def follow_dangers(touched, **kwargs):
    """Read a page anew that opens with danger messages, when one of them has changed."""
    changed = list(HelpPage.objects.filter(pk__in=touched.pages))
    if changed:
        remember(changed)


def connect():
    pages_touched.connect(follow_dangers, dispatch_uid="content.follow_dangers")
