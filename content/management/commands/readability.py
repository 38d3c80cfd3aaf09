"""Prints how hard each page is to read, and its hardest sentences."""

from statistics import median

from django.core.management.base import BaseCommand
from wagtail.models import Locale, Page

from content.models import BasePage
from content.page_text import page_pieces
from content.readability import hardest, measure, split_sentences

TARGETS = {
    "en": "Flesch-Kincaid grade: at most 8 on a page, a median of at most 6.5",
    "es": "INFLESZ: at least 55 on a page",
}


class Command(BaseCommand):
    help = "Print each page's readability, the hardest last, and name the hardest sentences."

    def add_arguments(self, parser):
        parser.add_argument("pages", nargs="*", help="slugs of the pages to read; all if none")
        parser.add_argument("--sentences", type=int, default=2, help="hardest sentences a page")

    def handle(self, *, pages, sentences, **options):
        for locale in Locale.objects.all():
            found = Page.objects.live().filter(locale=locale, depth__gt=1).specific()
            rows = [
                (page, split_sentences(page_pieces(page)))
                for page in found
                if isinstance(page, BasePage) and (not pages or page.slug in pages)
            ]
            if rows:
                self.print_table(locale.language_code, rows, sentences)

    def print_table(self, language, rows, how_many):
        measured = [(measure(text, language), page, text) for page, text in rows]
        measured.sort(key=lambda row: row[0].difficulty)
        self.stdout.write(TARGETS[language])
        for reading, page, text in measured:
            self.stdout.write(f"{reading.score:6.1f} {reading.words:6} words  {page.url_path}")
            for sentence in hardest(text, language, how_many):
                score = measure([sentence], language).score
                self.stdout.write(f"         {score:6.1f}  {sentence}")
        scores = [reading.score for reading, _page, _text in measured]
        self.stdout.write(f"{median(scores):6.1f} median of {len(scores)} pages in {language}\n")
