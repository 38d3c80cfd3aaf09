"""The shipped nginx, started on this machine: its own files, with other folders and ports."""

import http.client
import os
import re
import ssl
import subprocess
from contextlib import closing, suppress
from pathlib import Path

from django.conf import settings

from tests.appointments.drill import free_port, until

DEPLOY = settings.BASE_DIR / "clinic_site/deploy"
NGINX = Path("/usr/sbin/nginx")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
HOST = "www.example.org"
MAIN = """
daemon off;
{user}
{modules}
pid {folder}/nginx.pid;
worker_processes 2;
error_log {folder}/log/main.log;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    gzip on;
    include {folder}/http.conf;
    include {folder}/site.conf;
}}
"""


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def text(self):
        return self.body.decode()


class Proxy:
    """nginx before an application on `upstream`; `changes` are put into its files."""

    def __init__(self, folder, upstream, changes=()):
        self.folder, self.upstream = folder, upstream
        self.changes, self.has_brotli = dict(changes), BROTLI.exists()
        self.http, self.https = free_port(), free_port()

    def __enter__(self):
        self.write()
        self.process = subprocess.Popen(
            [NGINX, "-e", f"{self.folder}/log/main.log", "-c", self.folder / "nginx.conf"]
        )
        until(self.listens)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def listens(self):
        assert self.process.poll() is None, (self.folder / "log/main.log").read_text()
        with suppress(OSError):
            return self.ask("/healthz", timeout=5).status

    def write(self):
        for name in ("log", "certificate", "static", "failures", "cache", "current/static/root"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for source in sorted((DEPLOY / "nginx").glob("*.conf")):
            (self.folder / source.name).write_text(self.adapted(source.read_text()))
        self.point_at(self.upstream)
        (self.folder / "names.conf").write_text(f"server_name {HOST};")
        (self.folder / "trusted_proxies.conf").touch()
        (self.folder / "failures/headers.conf").touch()
        self.make_certificate()
        (self.folder / "nginx.conf").write_text(
            MAIN.format(
                folder=self.folder,
                # pytest's folders are closed to everybody else.
                user="user root root;" if os.getuid() == 0 else "",
                modules=f"load_module {BROTLI};" if self.has_brotli else "",
            )
        )

    def point_at(self, upstream):
        (self.folder / "upstream.conf").write_text(f"server 127.0.0.1:{upstream};")

    def adapted(self, text):
        """The file with this machine's folders and ports in it."""
        moved = {
            "/etc/nginx/clinic": self.folder,
            "/srv/clinic": self.folder,
            "/var/lib/clinic": self.folder,
            "/var/log/nginx": self.folder / "log",
            "/var/cache/nginx": self.folder / "cache",
            # A test reads the log at once.
            " buffer=64k flush=5s": "",
            "listen 80": f"listen 127.0.0.1:{self.http}",
            "listen 443": f"listen 127.0.0.1:{self.https}",
        }
        for was, now in (moved | self.changes).items():
            text = text.replace(was, str(now))
        if not self.has_brotli:
            text = text.replace("brotli_static on;", "")
        return re.sub(r".*listen \[::\].*\n", "", text)

    def make_certificate(self):
        folder = self.folder / "certificate"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
            + ["-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
            + ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
            check=True,
            capture_output=True,
        )

    def ask(self, path, method="GET", body=None, timeout=60, **headers):
        """Ask over TLS; header names are written with underscores."""
        sent = {"Host": HOST} | {name.replace("_", "-"): text for name, text in headers.items()}
        with closing(self.connect(timeout)) as line:
            line.request(method, path, body, sent)
            return Answer(line.getresponse())

    def connect(self, timeout=60):
        line = http.client.HTTPSConnection("127.0.0.1", self.https, timeout=timeout)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line.connect = lambda: connect_by_name(line, context)
        return line

    def logs(self):
        """All that nginx wrote down."""
        return "".join(path.read_text() for path in (self.folder / "log").iterdir())


def connect_by_name(line, context):
    """Connect to this machine, but greet it by the name of the site."""
    http.client.HTTPConnection.connect(line)
    line.sock = context.wrap_socket(line.sock, server_hostname=HOST)
