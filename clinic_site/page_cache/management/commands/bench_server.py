"""Prints what a real server of two processes costs and carries. It measures; it fails nothing."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic_site.server import WORKERS, command

ADDRESS = "/en/conditions/chronic-migraine/"
SECONDS, ROUNDS = 5, 3
READERS_AT_ONCE = (1, 16)
START_SECONDS = 60
# The best that a server can do: the same bytes, from a file that is compressed already.
NGINX = """
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; gzip_static on; index index.html; }}
}}
"""


class Command(BaseCommand):
    help = "Start the server, print its start, its memory, and how it compares with nginx."

    def handle(self, **options):
        port = free_port()
        started = time.monotonic()
        with running(command(port), server_environment()) as server:
            page = wait_for(port)
            self.stdout.write(f"cold start to the first page: {time.monotonic() - started:.2f} s")
            self.compare(port, page)
            self.stdout.write(f"memory of {WORKERS} workers: {memory_of(server.pid):.0f} MB")

    def compare(self, port, page):
        """Ask for the kept page as fast as wrk can, in turns with nginx sending the same bytes."""
        if not shutil.which("wrk") or not shutil.which("nginx"):
            self.stdout.write("NOT MEASURED: the kept page beside nginx needs wrk and nginx.")
            return
        with tempfile.TemporaryDirectory() as name, nginx(Path(name), page) as static:
            for readers in READERS_AT_ONCE:
                rounds = [(rate(static, readers), rate(port, readers)) for _ in range(ROUNDS)]
                ratios = sorted(ours / theirs for theirs, ours in rounds)
                ours = sorted(ours for _theirs, ours in rounds)
                self.stdout.write(
                    f"kept page, {readers} at once: {ours[ROUNDS // 2]:.0f} a second,"
                    f" {ratios[ROUNDS // 2]:.2f} of nginx (least {ratios[0]:.2f})"
                )


def server_environment():
    return os.environ | {"DEBUG": "0", "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}


@contextmanager
def running(words, environment=None):
    process = subprocess.Popen(words, cwd=settings.BASE_DIR, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def nginx(folder, page):
    """The port of an nginx that sends `page`, compressed, from a file."""
    port = free_port()
    file = folder / "files" / ADDRESS.strip("/") / "index.html"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"The compressed file beside this one is sent.")
    file.with_name("index.html.gz").write_bytes(page)
    (folder / "conf").write_text(NGINX.format(folder=folder, port=port))
    # nginx's workers are another user, who may not look into a private folder.
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    with running(["nginx", "-c", f"{folder}/conf"]):
        wait_for(port)
        yield port


def rate(port, readers):
    """Pages a second."""
    words = ["wrk", "-t1", f"-c{readers}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
    result = subprocess.run(
        [*words, f"http://127.0.0.1:{port}{ADDRESS}"], capture_output=True, text=True, check=True
    )
    return number_after("Requests/sec:", result.stdout)


def memory_of(pid):
    """What a process and its children hold, in MB; what they share is counted once."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = [Path(f"/proc/{each}/smaps_rollup").read_text() for each in [pid, *children]]
    return sum(number_after("Pss:", text) for text in rollups) / 1024


def number_after(words, text):
    [number] = re.findall(rf"^{words}\s+([\d.]+)", text, re.MULTILINE)
    return float(number)


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    """The page as it comes over the wire, once there is one."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{ADDRESS}", headers={"Accept-Encoding": "gzip"}
    )
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
            return answer.read()
        time.sleep(0.01)
    raise CommandError("The server did not start.")
