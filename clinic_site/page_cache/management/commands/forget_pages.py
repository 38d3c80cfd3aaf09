from django.core.management.base import BaseCommand

from content.telling_changes import tell
from content.touched_pages import EVERYTHING


class Command(BaseCommand):
    help = "Tell every process, and a CDN, that all pages may have changed, as with a new release."

    def handle(self, **options):
        tell(EVERYTHING)
