"""Makes an archive of the database and the uploads, and forgets old ones."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clinic_site.operations.archive import ChangedMeanwhileError
from clinic_site.operations.backing_up import make_archive
from clinic_site.operations.encrypting import WrongKeyError
from clinic_site.operations.keeping import forget_old
from clinic_site.operations.timers import note_run


class Command(BaseCommand):
    help = "Back up the database and the uploads into BACKUP_DIR, encrypted if BACKUP_KEY is set."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-media", action="store_true", help="The database only, for a frequent timer."
        )
        parser.add_argument("--keep-all", action="store_true", help="Delete no older archive.")

    def handle(self, *, without_media, keep_all, **options):
        try:
            path = make_archive(with_media=not without_media)
        except (OSError, WrongKeyError) as error:
            raise CommandError(f"There is no new archive: {error}") from error
        except ChangedMeanwhileError as error:
            raise CommandError("An upload was changed while it was read. Try again.") from error
        note_run("backup")
        if not without_media:
            note_run("backup_with_media")
        gone = 0 if keep_all else forget_old(path.parent, timezone.now())
        self.stdout.write(f"Backed up into {path} ({path.stat().st_size:,} bytes)")
        if gone:
            self.stdout.write(f"Deleted {gone} older archives in {settings.BACKUP_DIR}")
