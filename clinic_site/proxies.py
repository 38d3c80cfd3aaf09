"""Whose request it is: the address that our own proxies saw."""

from ipaddress import ip_address, ip_network

from django.conf import settings

# Whoever has one IPv6 address has all that begin with the same 64 bits.
ONE_HOME = 64


def home_of(text):
    """The one address that all of a home's are counted by; what is no address stays as it is."""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, ONE_HOME), strict=False).network_address)


class ClientAddressMiddleware:
    """Put the address of the client's home into REMOTE_ADDR, whatever the client claims to be.

    Each proxy adds the address it saw to the end of X-Forwarded-For. With n proxies of ours the
    client stands n from the end; everything before it anyone can invent. Without proxies the
    header is not read at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        proxies = settings.TRUSTED_PROXY_COUNT
        is_told = proxies and len(seen) >= proxies and seen[-proxies]
        address = seen[-proxies] if is_told else request.META.get("REMOTE_ADDR", "")
        request.META["REMOTE_ADDR"] = home_of(address)
        return self.get_response(request)
