"""Queues the desk's daily mail: how many requests wait for what."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.models.outbox import MailKind
from clinic_site.operations.timers import note_run


class Command(BaseCommand):
    help = "Queue the mail to APPOINTMENTS_EMAIL that counts what waits."

    def handle(self, **options):
        self.queue()
        note_run("send_digest")

    def queue(self):
        if not settings.APPOINTMENTS_EMAIL:
            self.stdout.write("APPOINTMENTS_EMAIL is empty: no digest.")
            return
        now = timezone.now()
        OutboxMail.objects.create(kind=MailKind.DIGEST, created_at=now, next_try_at=now)
        self.stdout.write("The digest is in the outbox.")
