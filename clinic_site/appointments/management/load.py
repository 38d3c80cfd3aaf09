"""Patients who ask for appointments one after another, each from an address of their own."""

import http.client
import re
import statistics
import time
from collections import deque
from contextlib import closing
from urllib.parse import urlencode

from clinic_site.appointments.spam import LEAST_SECONDS

ADDRESS = "/en/appointments/"
HIDDEN = re.compile(r'name="(key|opened|csrfmiddlewaretoken)" value="([^"]*)"')
ANSWERS = {
    "is_for_other": "me",
    "name": "Bench Person",
    "been_before": "no",
    "channel": "email",
    "may_leave_message": "yes",
    "best_time": "any",
    "language": "en",
    "reason": "migraine",
    "windows": "tue_am",
    "consent": "on",
    "step": "send",
}


# Enough that the one to be sent is older than a person needs to fill it in.
FORMS_AHEAD = 20


class Patient:
    """Opens forms and sends each when a person could have filled it in."""

    def __init__(self, port, number, seconds):
        self.port, self.number = port, number
        self.seconds = seconds
        self.waiting: deque = deque()
        self.sent: list = []
        self.refused = 0
        self.began = self.ended = 0.0

    def send_again_and_again(self):
        """Open a form and send one that was opened earlier, for so many seconds after the first."""
        for _form in range(FORMS_AHEAD):
            self.waiting.append(self.open_form())
        time.sleep(LEAST_SECONDS + 1)
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            self.waiting.append(self.open_form())
            self.send(self.waiting.popleft())

    def open_form(self):
        _status, page, cookie = self.ask("GET")
        return dict(HIDDEN.findall(page)) | {"cookie": cookie}

    def send(self, fields):
        started = time.monotonic()
        self.began = self.began or started
        count = len(self.sent) + self.refused
        email = f"bench-{self.number}-{count}@example.com"
        cookie = fields.pop("cookie")
        body = urlencode(ANSWERS | {"email": email} | fields)
        status, _page, _cookie = self.ask("POST", body, cookie)
        self.ended = time.monotonic()
        if status == 303:
            self.sent.append(self.ended - started)
        else:
            self.refused += 1

    def ask(self, method, body=None, cookie=""):
        # Every tenth request comes from another place, as the site counts by address.
        place = f"127.{1 + len(self.sent) // 10 % 250}.1.{self.number + 1}"
        line = http.client.HTTPConnection("127.0.0.1", self.port, 30, source_address=(place, 0))
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(line):
            line.request(method, ADDRESS, body, headers)
            answer = line.getresponse()
            cookies = answer.headers.get("Set-Cookie", "").partition(";")[0]
            return answer.status, answer.read().decode(), cookies


def percentile(seconds, number):
    """In milliseconds."""
    if len(seconds) < 2:
        return seconds[0] * 1000
    return statistics.quantiles(seconds, n=100, method="inclusive")[number - 1] * 1000
