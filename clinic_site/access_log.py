"""One line in the log for each request: which page, what came of it, how long it took.

It names the view and never the address: the addresses of private pages are keys, and those of
searches say what somebody suffers from. Nor does it say who asked.
"""

import logging
from time import monotonic

from clinic_site import request_ids

logger = logging.getLogger(__name__)
KEPT_BY_NOBODY = ("no-store", "private")


class AccessLogMiddleware:
    """Number a request, and write down what came of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = monotonic()
        request_ids.take(request)
        response = self.get_response(request)
        if is_for_one_reader(request, response):
            response.headers[request_ids.HEADER] = request_ids.current.get()
        match = request.resolver_match
        facts = {
            "method": request.method,
            "view": match.view_name if match else "",
            "status": response.status_code,
            "milliseconds": round(1000 * (monotonic() - started)),
        }
        logger.info("%(method)s %(view)s %(status)s", facts, extra=facts)
        return response


def is_for_one_reader(request, response):
    """Will no cache hand this answer to others? They would get a number that is not theirs."""
    if request.method not in ("GET", "HEAD") or response.status_code >= 500:
        return True
    return any(word in response.headers.get("Cache-Control", "") for word in KEPT_BY_NOBODY)
