"""What a patient's way through the site leaves outside the database."""

import logging
import re

from clinic_site.logs import PrivateJsonFormatter
from clinic_site.request_ids import RequestIdFilter

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class Trail:
    """Everything that is written about the canary: log lines, addresses, titles."""

    def __init__(self):
        self.handler: logging.Handler = logging.NullHandler()
        self.lines: list = []
        self.addresses: list = []
        self.titles: list = []
        self.statuses: set = set()

    def note(self, answer):
        self.statuses.add(answer.status_code)
        self.addresses.append(answer.headers.get("Location", ""))
        text = "" if "text/html" not in answer.headers["Content-Type"] else answer.content.decode()
        self.titles += TITLE.findall(text)
        return answer

    def texts(self):
        return [*self.lines, *self.addresses, *self.titles]


class Lines(logging.Handler):
    """Keeps the lines as production's formatter writes them."""

    def __init__(self, lines):
        super().__init__(logging.DEBUG)
        self.lines = lines
        self.addFilter(RequestIdFilter())
        self.setFormatter(PrivateJsonFormatter())

    def emit(self, record):
        self.lines.append(self.format(record))
