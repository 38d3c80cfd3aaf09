"""Seeds the reasons for a visit from fixtures/reasons.toml."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Page, Site

from clinic_site.appointments.models import Reason

FIELDS = {"code", "label_en", "label_es", "pages"}


class Command(BaseCommand):
    help = "Make the reasons for a visit that are missing. What exists is left as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--file", type=Path, default=settings.BASE_DIR / "fixtures" / "reasons.toml"
        )

    @transaction.atomic
    def handle(self, *, file, **options):
        self.file = file
        try:
            rows = tomllib.loads(file.read_text(encoding="utf-8"))["reason"]
        except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
            raise CommandError(f"{file}: {error}") from error
        existing = set(Reason.objects.values_list("code", flat=True))
        missing = [
            (position, row)
            for position, row in enumerate(rows, start=1)
            if row.get("code") not in existing
        ]
        for position, row in missing:
            self.make(position, row)
        self.stdout.write(f"Reasons for a visit: {len(missing)} made, {len(existing)} kept")

    def make(self, position, row):
        if unknown := row.keys() - FIELDS:
            raise self.error(position, min(unknown), "is no field of a reason")
        pages = row.pop("pages", [])
        reason = Reason(position=position, **row)
        try:
            reason.full_clean()
        except ValidationError as error:
            field, messages = next(iter(error.message_dict.items()))
            raise self.error(position, field, messages[0]) from error
        reason.save()
        reason.pages.set(self.page(position, path) for path in pages)

    def page(self, position, path):
        root = Site.objects.get(is_default_site=True).root_page
        page = Page.objects.filter(url_path=f"{root.url_path}{path}/").first()
        if page is None:
            raise self.error(position, "pages", f"there is no page at /en/{path}/")
        return page

    def error(self, position, field, message):
        return CommandError(f"{self.file}: reason[{position}].{field}: {message}")
