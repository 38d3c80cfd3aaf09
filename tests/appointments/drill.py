"""A real server with a database of its own, and patients who send to it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from itertools import count
from urllib.parse import urlencode

import pytest
from django.conf import settings

from clinic_site.server import command
from tests.appointments.typing import ADDRESS, opened, typed

# `make drill` asks for a hundred; the suite is content with the shortest form of each drill.
ROUNDS = int(os.environ.get("DRILL_ROUNDS", "3"))
IS_LONG = ROUNDS >= 100
only_long = pytest.mark.skipif(not IS_LONG, reason="In make drill only.")
TOKEN = "x" * 32
PATIENTS = count(1)
PHONE = 'href="tel:+13055550142"'


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(happens, seconds=60):
    """Wait until something is so; fail if it is not in time."""
    end = time.monotonic() + seconds
    while not (result := happens()):
        assert time.monotonic() < end, f"It did not happen within {seconds} s."
        time.sleep(0.02)
    return result


class Answer:
    """What came back: status, location, the page's text, and how long it took."""

    def __init__(self, response, started):
        self.status, self.location = response.status, response.headers["Location"]
        self.text = self.read(response)
        self.seconds = time.monotonic() - started

    def read(self, response):
        """The page, or what came of it: a receipt counts once its first line is here."""
        try:
            return response.read().decode()
        except http.client.IncompleteRead as cut:
            return cut.partial.decode(errors="replace")


class Site:
    """A server on its own database; `without` names the protection that a twin takes away."""

    def __init__(self, database, without="", mail_port=1, **environment):
        self.database = database
        self.port = free_port()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.appointments.drill_settings",
            "DATABASE_URL": database.url,
            "DRILL_WITHOUT": without,
            "DRILL_MAIL_PORT": str(mail_port),
            **environment,
        }

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        self.process = subprocess.Popen(
            command(self.port, "tests.appointments.drill_app:application"),
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
        )
        try:
            until(self.answers)
        except BaseException:
            # Nobody else ends a server that did not start in time.
            self.kill()
            raise

    def kill(self):
        """End the server and all its workers at once, as a power cut of the machine's programs."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def answers(self):
        with suppress(OSError, http.client.HTTPException):
            return self.ask("GET").status == 200

    def manage(self, *words):
        """Run a command on the same database, in a process of its own."""
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, check=True)

    def ask(self, method, body="", headers=None, address=ADDRESS):
        started = time.monotonic()
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request(method, address, body, headers or {})
            return Answer(line.getresponse(), started)

    def send(self, form):
        """Send a form that was read over, from an address of its own."""
        number = next(PATIENTS)
        body = urlencode(form | {"csrfmiddlewaretoken": TOKEN}, doseq=True)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={TOKEN}",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        return self.ask("POST", body, headers)


def keys_in(database):
    """The keys of the requests that are stored."""
    with closing(database.connect()) as line:
        return [row[0] for row in line.execute("SELECT key FROM appointments_appointmentrequest")]


def new_form(**changes):
    """A form of somebody who has not sent anything yet."""
    contact = {"email": f"test{next(PATIENTS)}@example.com"}
    return typed(**opened(), **contact, step="send", **changes)


class Load:
    """Patients who send one request after another, and remember what was acknowledged, and what
    was refused with which answer."""

    def __init__(self, site, patients=6, **typed):
        self.site, self.typed, self.is_over = site, typed, threading.Event()
        self.acknowledged: list = []
        self.refused: list = []
        self.threads = [threading.Thread(target=self.go_on) for _patient in range(patients)]
        for thread in self.threads:
            thread.start()

    def go_on(self):
        while not self.is_over.is_set():
            form = new_form(**self.typed)
            # A server that was killed says nothing, and promises nothing.
            with suppress(OSError, http.client.HTTPException):
                self.note(form, self.site.send(form))

    def note(self, form, answer):
        if answer.status == 303:
            self.acknowledged.append(form["key"])
        else:
            self.refused.append((form, answer))

    def stop(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        return self.acknowledged
