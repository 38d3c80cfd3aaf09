"""Removes requests past their keep time, and everything that names the people in them."""

from django.core.management.base import BaseCommand, CommandError

from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.retention import purge, purge_one, what_would_go
from clinic_site.operations.timers import note_run


class Command(BaseCommand):
    help = "Remove requests, mails and sender counts past their keep time; numbers stay."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Count only, remove nothing.")

        parser.add_argument("--reference", help="Remove this request now: its patient asked.")

    def handle(self, *, dry_run, reference, **options):
        if reference:
            self.remove(reference, dry_run)
            return
        counts = what_would_go() if dry_run else purge()
        if not dry_run:
            note_run("purge_requests")
        words = ", ".join(f"{count} {what}" for what, count in counts.items())
        self.stdout.write(f"{'Would remove' if dry_run else 'Removed'}: {words}")

    def remove(self, reference, dry_run):
        known = AppointmentRequest.objects.filter(reference=reference)
        if not (known.exists() if dry_run else purge_one(reference)):
            raise CommandError(f"There is no request {reference}.")
        self.stdout.write(f"{'Would remove' if dry_run else 'Removed'}: 1 request")
