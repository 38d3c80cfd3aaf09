"""Fills a scratch database with invented pages, to see how search and lists work among very many."""

import random
import time
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from wagtail.models import Page
from wagtail.search.backends import get_search_backends

from content.models import ConditionPage, QuestionPage, TreatmentPage

BATCH = 500
SLUG = "invented-"
MODELS = (ConditionPage, TreatmentPage, QuestionPage)
# Behind every page that an editor made: the paths of children have four signs, in base 36.
FIRST_PATH = 36**3


class Command(BaseCommand):
    help = "Make that many invented pages. Ended early, it goes on where it was."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)
        parser.add_argument(
            "--scratch", action="store_true", help="This database is scratch, though DEBUG is off."
        )

    def handle(self, number, scratch, **options):
        if not (settings.DEBUG or scratch):
            raise CommandError("This is no development site. --scratch says that nobody needs it.")
        began = time.monotonic()
        made = Page.objects.filter(slug__startswith=SLUG).count()
        originals = [page for model in MODELS for page in seeded(model)]
        if not originals:
            raise CommandError("There is no page to copy yet: run seed first.")
        for start in range(made, number, BATCH):
            end = min(start + BATCH, number)
            store([invent(place, originals) for place in range(start, end)])
            self.stdout.write(f"  {end} of {number} pages")
        tell_planner()
        self.stdout.write(f"{max(number - made, 0)} made in {time.monotonic() - began:.0f} s")


def seeded(model):
    """The pages to copy, each with what its copies are named after."""
    pages = model.objects.live().exclude(slug__startswith=SLUG).select_related("locale")
    for page in pages.order_by("path"):
        page.parent = page.get_parent()
        yield page


def invent(number, originals):
    """A page with the body of one page, its title made of words of two others."""
    chance = random.Random(number)
    page = originals[number % len(originals)]
    alike = [other for other in originals if other.locale_id == page.locale_id]
    words = " ".join(other.title for other in chance.sample(alike, 2)).split()
    chance.shuffle(words)
    copy = type(page)(**{field.attname: getattr(page, field.attname) for field in copied(page)})
    copy.title = copy.draft_title = f"{' '.join(words[:6])} (invented {number})"
    copy.slug = f"{SLUG}{number}"
    copy.url_path = f"{page.parent.url_path}{copy.slug}/"
    copy.path = f"{page.parent.path}{Page._int2str(FIRST_PATH + number)}"
    copy.translation_key = uuid4()
    return copy


def copied(page):
    """The fields of a page but those that name it or what hangs on it."""
    own = ("id", "page_ptr", "latest_revision", "live_revision", "alias_of")
    return [field for field in page._meta.concrete_fields if field.name not in own]


@transaction.atomic
def store(pages):
    """Store pages with the rows of their own models, and index them for search."""
    rows = [
        Page(**{field.attname: getattr(page, field.attname) for field in copied(Page())})
        for page in pages
    ]
    for page, row in zip(pages, Page.objects.bulk_create(rows), strict=True):
        page.pk = page.page_ptr_id = row.pk
        # Only the model's own row, and without what listens to editors' pages.
        page.save_base(raw=True, force_insert=True)
    for backend in get_search_backends():
        for model in MODELS:
            backend.add_bulk(model, [page for page in pages if type(page) is model])


def tell_planner():
    """Let the database see how much there is, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
