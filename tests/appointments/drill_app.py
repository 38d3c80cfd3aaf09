"""The site as the drills run it; the twins' faults are built in here and nowhere else."""

import io
import threading
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from clinic_site.wsgi import application as site

# Once the site is set up.
receiving = import_module("clinic_site.appointments.receiving")

# How far a careless site is behind with its work.
DELAY = 0.3
SAYS_YES = [("Location", "/en/appointments/status/soon/")]


def application(environ, start_response):
    if environ["REQUEST_METHOD"] == "POST" and settings.WITHOUT == "storing before the receipt":
        return receipt_first(environ, start_response)
    answer = site(environ, start_response)
    if environ["REQUEST_METHOD"] == "POST" and settings.WITHOUT == "the outbox":
        call_command("send_mail_queue", stdout=io.StringIO())
    return answer


def receipt_first(environ, start_response):
    """Say that the request is stored, and store it a little later."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    later = environ | {"wsgi.input": io.BytesIO(body)}
    threading.Timer(DELAY, site, args=(later, lambda *_: None)).start()
    start_response("303 See Other", SAYS_YES)
    return []


@transaction.atomic
def read_and_store(*args, store=receiving.store):
    """As the desk's moves do: read first, and then write."""
    receiving.AppointmentRequest.objects.count()
    return store(*args)


if "writing first" in settings.WITHOUT:
    receiving.store = read_and_store
