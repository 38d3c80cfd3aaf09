from django.core.management.base import BaseCommand

from clinic_site.operations.timers import note_run
from clinic_site.staff_accounts.idle import disable, idle_accounts


class Command(BaseCommand):
    help = "Disable accounts of staff that nobody has used for STAFF_IDLE_DAYS days."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say whose they are")

    def handle(self, dry_run, **options):
        idle = list(idle_accounts())
        for user in idle:
            if not dry_run:
                disable(user)
            self.stdout.write(f"{user.get_username()}: last used {user.used_at:%Y-%m-%d}")
        self.stdout.write(f"Accounts {'that would be ' if dry_run else ''}disabled: {len(idle)}")
        if not dry_run:
            note_run("disable_idle_accounts")
