"""Seeds the site from fixtures/."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from content.starter.files import FixtureError
from content.starter.pages import clear, seed
from content.telling_changes import one_change


class Command(BaseCommand):
    help = "Make the starter content that the site lacks. What exists is left as it is."

    def add_arguments(self, parser):
        parser.add_argument("--fixtures", type=Path, default=settings.BASE_DIR / "fixtures")

        parser.add_argument(
            "--check",
            action="store_true",
            help="Only say whether the fixtures are right. Nothing is kept; run it beside no reader.",
        )

    def handle(self, *, fixtures, check=False, **options):
        try:
            with one_change(), translation.override("en"), transaction.atomic():
                if check:
                    clear()
                seed(fixtures, tell=self.stdout.write)
                transaction.set_rollback(check)
        except FixtureError as error:
            raise CommandError(str(error)) from error
