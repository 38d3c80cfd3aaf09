"""Workers at the outbox, in processes of their own, and what happens to them."""

import os
import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from clinic_site.appointments.models import OutboxMail
from tests.appointments.drill_databases import url_of_test_database

WORKER = """
import django
from django.conf import settings
django.setup()
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
from django.core.management import call_command
{fault}
call_command("send_mail_queue", **{options})
"""


def start_worker(server, fault="", **options):
    code = WORKER.format(port=server.port, fault=fault, options=options)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings.test",
            "DATABASE_URL": url_of_test_database(),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def end_lease():
    past = timezone.now() - timedelta(seconds=1)
    OutboxMail.objects.update(leased_until=past, next_try_at=past)


def kill_while_sending(server, fault=""):
    """Kill a worker -9 after the mail server took the mail and before it said so."""
    server.goes_on.clear()
    worker = start_worker(server, fault)
    assert server.has_taken.acquire(timeout=60)
    worker.kill()
    worker.wait()
    server.goes_on.set()
