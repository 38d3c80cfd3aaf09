"""Puts an archive back, or only says whether it is whole."""

from django.core.management.base import BaseCommand, CommandError

from clinic_site.operations.checking import DamagedError
from clinic_site.operations.encrypting import WrongKeyError
from clinic_site.operations.restoring import opened, restore

AFTERWARDS = (
    "Now run `manage.py migrate`, `manage.py update_index`, without which search may find nothing in"
    " an archive of an older release, and `manage.py purge_requests`: the archive may hold people"
    " whom the site has forgotten since. Remove again whoever asked for it in the meantime."
)


class Command(BaseCommand):
    help = "Check an archive wholly, then restore it into an empty database and an empty storage."
    # Checks ask the database, which may not be there yet.
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("archive")
        parser.add_argument("--identity", help="The file with the private age key.")
        parser.add_argument("--check", action="store_true", help="Change nothing.")
        parser.add_argument(
            "--erase-database", action="store_true", help="Lose everything in this site's database."
        )
        parser.add_argument(
            "--erase-media", action="store_true", help="Lose all uploads that the archive lacks."
        )

    def handle(self, *, archive, identity, check, erase_database, erase_media, **options):
        try:
            with opened(archive, identity) as (plain, manifest):
                self.stdout.write(f"Whole: {described(manifest)}")
                if not check:
                    restore(plain, manifest, erase_database, erase_media)
        except (OSError, WrongKeyError, DamagedError) as error:
            raise CommandError(f"Nothing is restored: {error}") from error
        if not check:
            self.stdout.write(f"Restored. {AFTERWARDS}")


def described(manifest):
    rows = sum(manifest["database"]["rows"].values())
    files = len(manifest["members"]) - 1
    return f"made {manifest['made_at']}, {rows:,} rows, {files:,} uploads"
