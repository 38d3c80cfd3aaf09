"""Prints how many requests a second a real server takes. It measures; it fails nothing."""

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from clinic_site.appointments.management.load import Patient, percentile
from clinic_site.server import command

PATIENTS, SECONDS = 20, 10
NAME = "clinic_bench"
START_SECONDS = 60


class Command(BaseCommand):
    help = "Serve a copy of the site, let 20 patients send for 10 seconds, print the figures."

    def handle(self, **options):
        with scratch_database() as url, server(url) as port:
            patients = send_together(port)
        self.report(patients)

    def report(self, patients):
        sent = [seconds for patient in patients for seconds in patient.sent]
        others = sum(patient.refused for patient in patients)
        if not sent:
            raise CommandError("Nothing was sent.")
        took = max(p.ended for p in patients) - min(p.began for p in patients)
        self.stdout.write(
            f"requests on {connection.vendor}: {len(patients)} patients at once sent {len(sent)}"
            f" in {took:.1f} s = {len(sent) / took:.1f} a second;"
            f" p50 {percentile(sent, 50):.0f} ms, p95 {percentile(sent, 95):.0f} ms,"
            f" slowest {max(sent) * 1000:.0f} ms; not taken: {others}"
        )


def send_together(port):
    patients = [Patient(port, number, SECONDS) for number in range(1, PATIENTS + 1)]
    threads = [threading.Thread(target=patient.send_again_and_again) for patient in patients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return patients


@contextmanager
def scratch_database():
    """The address of a database like the site's, made for this and removed after it."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.sqlite3"
            source = sqlite3.connect(connection.settings_dict["NAME"])
            with closing(source), closing(sqlite3.connect(path)) as copy:
                source.backup(copy)
            yield f"sqlite:///{path}"
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME}")
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{NAME}"
    try:
        for command in ("migrate", *settings.STARTER_COMMANDS):
            subprocess.run(
                [sys.executable, "manage.py", command],
                env=environment(url),
                cwd=settings.BASE_DIR,
                stdout=subprocess.DEVNULL,
                check=True,
            )
        yield url
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def environment(url):
    return os.environ | {
        "DATABASE_URL": url,
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "clinic_site.settings.dev",
    }


@contextmanager
def server(url):
    """The port of a server like production's, on that database."""
    port = free_port()
    process = subprocess.Popen(
        command(port),
        env=environment(url),
        cwd=settings.BASE_DIR,
    )
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            return Patient(port, 0, 0).open_form()
        time.sleep(0.1)
    raise CommandError("The server did not start.")
