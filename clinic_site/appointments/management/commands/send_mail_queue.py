"""Sends the mails that wait in the outbox."""

import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection

from clinic_site.appointments.outbox import send_due
from clinic_site.operations.timers import Pulse

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 5


class Command(BaseCommand):
    help = "Send the mails that are due; with --loop, go on until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="Go on until SIGTERM or SIGINT.")

    def handle(self, *, loop, **options):
        self.pulse = Pulse("send_mail_queue")
        if not loop:
            self.say(send_due())
            self.pulse.beat()
            return
        self.stopping = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            self.work()
            self.stopping.wait(PAUSE_SECONDS)

    def work(self):
        """Send what is due; a database that is away ends the round, not the worker."""
        try:
            close_old_connections()
            done = send_due(self.stopping.is_set)
            self.pulse.beat()
        except DatabaseError as error:
            logger.warning("The outbox could not be read: %s", type(error).__name__)
            connection.close()
        else:
            if done:
                self.say(done)

    def say(self, done):
        words = ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
        self.stdout.write(f"Mail: {words or 'nothing is due'}")
