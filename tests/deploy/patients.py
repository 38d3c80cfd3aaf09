"""Patients who read and send through the proxy until they are told to stop; what failed is counted.

    patients.py PORT HOST STOP_FILE

Only the standard library: `clinic_site/deploy/try` runs it beside a machine of its own. A kept
connection that nginx closed while nothing was asked on it is opened again, as every browser does.
"""

import http.client
import re
import ssl
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

LONGEST = 1800
# A form whose first page lacks answers comes back with the status 422.
EXPECTED = {"GET": 200, "POST": 422}
PAGES = ["/en/", "/es/", "/en/conditions/", "/en/questions/", "/en/appointments/"]
CONTEXT = ssl.create_default_context()
CONTEXT.check_hostname = False
CONTEXT.verify_mode = ssl.CERT_NONE


class Patients:
    """Some who come anew each time, some who stay, some who send a form."""

    def __init__(self, port, host, is_over):
        self.port, self.host, self.is_over = port, host, is_over
        self.counts: Counter = Counter()
        self.failures: list = []

    def run(self):
        kinds = [self.visit, self.visit, self.stay, self.stay, self.send]
        threads = [threading.Thread(target=self.go_on, args=(kind,)) for kind in kinds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def go_on(self, kind):
        while not self.is_over():
            try:
                kind()
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{kind.__name__}: {type(error).__name__} {error}")
                time.sleep(0.05)

    def connect(self):
        """Connect to this machine, but greet it by the name of the site."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.connect()
        line.sock = CONTEXT.wrap_socket(line.sock, server_hostname=self.host)
        # A line that was closed is not to be opened again by itself, in the clear.
        line.auto_open = 0
        return line

    def ask(self, line, method, path, body=None, headers=None):
        line.request(method, path, body, {"Host": self.host} | (headers or {}))
        answer = line.getresponse()
        text = answer.read().decode()
        self.counts[f"{method} {answer.status}"] += 1
        if answer.status != EXPECTED[method]:
            self.failures.append(f"{method} {path}: {answer.status}")
        return answer, text

    def visit(self):
        for path in PAGES:
            line = self.connect()
            self.ask(line, "GET", path, headers={"Connection": "close"})
            line.close()

    def stay(self):
        line = self.connect()
        for path in PAGES * 10:
            if self.is_over():
                break
            try:
                self.ask(line, "GET", path)
            except (http.client.NotConnected, ConnectionError, ssl.SSLError):
                self.counts["connections opened again"] += 1
                line.close()
                line = self.connect()
                self.ask(line, "GET", path)
        line.close()

    def send(self):
        """Open the form, and send its first page: a POST is never sent twice by anybody."""
        line = self.connect()
        answer, text = self.ask(line, "GET", PAGES[-1], headers={"Connection": "close"})
        line.close()
        cookies = "; ".join(c.split(";")[0] for c in answer.headers.get_all("Set-Cookie") or [])
        fields = dict(re.findall(r'name="(csrfmiddlewaretoken|key|opened)" value="([^"]*)"', text))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies,
            "Referer": f"https://{self.host}{PAGES[-1]}",
            "Origin": f"https://{self.host}",
            "Connection": "close",
        }
        line = self.connect()
        self.ask(line, "POST", PAGES[-1], urlencode(fields | {"name": "Test Person"}), headers)
        line.close()


def main(port, host, stop_file):
    stop, end = Path(stop_file), time.monotonic() + LONGEST
    stop.unlink(missing_ok=True)
    patients = Patients(int(port), host, lambda: stop.exists() or time.monotonic() > end)
    patients.run()
    for what, count in sorted(patients.counts.items()):
        sys.stdout.write(f"  {what}: {count}\n")
    sys.stdout.write(f"  failed: {len(patients.failures)} {patients.failures[:5]}\n")
    if not stop.exists():
        sys.stdout.write("  They went home before they were told to: this proves nothing.\n")
        return 1
    return 1 if patients.failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
