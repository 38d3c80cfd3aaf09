"""Who may answer, and how often, without a cookie and without keeping an address."""

import hashlib
import secrets
from datetime import date
from urllib.parse import urlsplit

from django.core.cache import cache

MINUTE, HOUR, DAY = 60, 3600, 86400
# How many answers within how many seconds.
FROM_ONE_READER = (5, 10 * MINUTE)
ABOUT_ONE_PAGE = (60, HOUR)
ABOUT_THE_SITE = (300, HOUR)


def is_from_this_site(request):
    """Did the reader send the form from one of our pages? Takes the place of a CSRF cookie."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(source).netloc == request.get_host()
    except ValueError:
        return False


def is_flooded(request, page):
    """Have there been too many answers of late: from this reader, about this page, in all?"""
    return (
        is_over(f"feedback-from-{pseudonym(request)}", *FROM_ONE_READER)
        or is_over(f"feedback-page-{page.pk}", *ABOUT_ONE_PAGE)
        or is_over("feedback-site", *ABOUT_THE_SITE)
    )


def is_over(counter, most, seconds):
    cache.add(counter, 0, seconds)
    try:
        return cache.incr(counter) > most
    except ValueError:
        # The counter ran out between the two lines above.
        return False


def pseudonym(request):
    """A name for the reader's address that nobody can turn back, and that changes every day."""
    salt = str(cache.get_or_set(f"feedback-salt-{date.today()}", secrets.token_hex, DAY))
    return hashlib.blake2b(
        request.META["REMOTE_ADDR"].encode(), key=salt.encode(), digest_size=8
    ).hexdigest()
