"""A number for each request, by which a reader's report and the log's lines find each other."""

import re
from contextvars import ContextVar
from uuid import uuid4

from django.conf import settings
from django.core.signals import request_finished

HEADER = "X-Request-ID"
# What nginx and others make: 32 hexadecimal digits, or a UUID. No room for a name.
WELL_FORMED = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")

current: ContextVar[str] = ContextVar("request_id", default="")


def take(request):
    """Take the number that our own proxy gave the request, or make one."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXY_COUNT else ""
    current.set(given if WELL_FORMED.fullmatch(given) else uuid4().hex)


def forget(**kwargs):
    """Between two requests a thread belongs to none."""
    current.set("")


# Not earlier: Django logs a failure after the last middleware.
request_finished.connect(forget, dispatch_uid="request_ids.forget")


class RequestIdFilter:
    """Gives each line of the log the number of the request that it was written in."""

    def filter(self, record):
        record.request_id = current.get()
        return True
