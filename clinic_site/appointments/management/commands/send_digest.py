"""Queues the desk's daily mail: how many requests wait for what."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from clinic_site.appointments.clinic import day_begins, today
from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.models.outbox import MailKind
from clinic_site.operations.timers import note_run


class Command(BaseCommand):
    help = "Queue the day's mail to APPOINTMENTS_EMAIL that counts what waits."

    def handle(self, **options):
        self.queue()
        note_run("send_digest")

    def queue(self):
        if not settings.APPOINTMENTS_EMAIL:
            self.stdout.write("APPOINTMENTS_EMAIL is empty: no digest.")
            return
        # Each machine of a clinic that has several runs this.
        if OutboxMail.objects.filter(
            kind=MailKind.DIGEST, created_at__gte=day_begins(today())
        ).exists():
            self.stdout.write("Today's digest was queued before.")
            return
        now = timezone.now()
        OutboxMail.objects.create(kind=MailKind.DIGEST, created_at=now, next_try_at=now)
        self.stdout.write("The digest is in the outbox.")
