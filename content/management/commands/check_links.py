"""Asks every address outside the site whether it still answers."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from content.external_links import collect, problems
from content.models import BrokenLink

MAX_LENGTH: int = BrokenLink._meta.get_field("url").max_length or 0


class Command(BaseCommand):
    help = "Note the links to other sites that no longer work. Run it once a week."

    def handle(self, **options):
        if not settings.EXTERNAL_LINK_CHECKS:
            self.stdout.write("Link checks are switched off here (EXTERNAL_LINK_CHECKS).")
            return
        pages = {address: ids for address, ids in collect().items() if len(address) <= MAX_LENGTH}
        self.stdout.write(f"Asking {len(pages)} addresses")
        broken = problems(pages)
        self.store(broken, pages)
        for address, problem in broken.items():
            self.stdout.write(f"  {problem}: {address}")
        self.stdout.write(f"{len(broken)} of {len(pages)} links are broken")

    @transaction.atomic
    def store(self, broken, pages):
        """Keep what is broken now; forget what was mended or is named no more."""
        BrokenLink.objects.exclude(url__in=broken).delete()
        for address, problem in broken.items():
            link, _made = BrokenLink.objects.update_or_create(
                url=address, defaults={"problem": problem}
            )
            link.pages.set(pages[address])
