"""The audit of our dependencies, against a database of this test's own."""

import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_database


class Advisories(BaseHTTPRequestHandler):
    """Answers as OSV does: one result for each query, in the same order."""

    known: dict = {}

    def do_POST(self):  # noqa: N802
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        ids = [self.known.get(query["package"]["name"]) for query in queries]
        results = [{"vulns": [{"id": found}]} if found else {} for found in ids]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": results}).encode())

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def database():
    server = HTTPServer(("127.0.0.1", 0), Advisories)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def audit(address):
    return subprocess.run(
        [sys.executable, "-m", "tests.dependency_audit"],
        env={"PATH": os.environ["PATH"], "OSV_ADDRESS": address},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_packages_without_known_faults_pass(database, monkeypatch):
    monkeypatch.setattr(Advisories, "known", {})

    result = audit(database)

    assert result.returncode == 0
    assert "with known vulnerabilities: 0" in result.stdout


def test_a_package_with_a_known_fault_fails(database, monkeypatch):
    monkeypatch.setattr(Advisories, "known", {"django": "GHSA-made-up"})

    result = audit(database)

    assert result.returncode == 1
    assert "GHSA-made-up" in result.stdout


def test_without_the_database_it_says_loudly_that_it_was_skipped():
    result = audit("http://127.0.0.1:9/")

    assert result.returncode == 0
    assert "SKIPPED" in result.stdout
    assert "NOT audited" in result.stdout
