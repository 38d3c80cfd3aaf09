from django.core.management import call_command
from django.core.management.base import BaseCommand

from clinic_site.operations.timers import note_run
from clinic_site.staff_accounts.attempts import forget_old_attempts


class Command(BaseCommand):
    help = "Delete failed sign-ins older than the lock-out, and sessions that are over."

    def handle(self, **options):
        self.stdout.write(f"Failed sign-ins deleted: {forget_old_attempts()}")
        call_command("clearsessions")
        note_run("forget_login_attempts")
