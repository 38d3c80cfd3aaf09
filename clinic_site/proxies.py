"""Whose request it is: the address that our own proxies saw."""

from django.conf import settings


class ClientAddressMiddleware:
    """Put the client's address into REMOTE_ADDR, whatever the client claims to be.

    Each proxy adds the address it saw to the end of X-Forwarded-For. With n proxies of ours the
    client stands n from the end; everything before it anyone can invent. Without proxies the
    header is not read at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        proxies = settings.TRUSTED_PROXY_COUNT
        if proxies and len(seen) >= proxies and seen[-proxies]:
            request.META["REMOTE_ADDR"] = seen[-proxies]
        return self.get_response(request)
