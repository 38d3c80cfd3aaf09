"""Secrets and names of requests: form keys, private links, references."""

import hashlib
import hmac
import re
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from clinic_site.appointments.models import AccessToken

# No vowels, so that no word appears, and nothing that looks like something else on the phone.
LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def new_key():
    """A key for one form: whatever is sent with it twice is one request."""
    return secrets.token_urlsafe(32)


def is_key(text):
    return KEY.fullmatch(text) is not None


def new_reference():
    """A name to say on the phone, such as TNG-4K7P-2M. It opens nothing."""
    code = "".join(secrets.choice(LETTERS) for _letter in range(6))
    return f"{settings.APPOINTMENTS_REFERENCE_PREFIX}-{code[:4]}-{code[4:]}"


def token_of(request):
    """The secret in the private link of a request, the same whenever it is asked for.

    32 bytes made from the form's random key and the site's secret: a copy of the database, which
    holds only its hash, gives no link away. Whoever sends one form twice gets one receipt, and
    mail written days later can still carry the link.
    """
    token = salted_hmac("appointments.token", request.key, algorithm="sha256").digest()
    return token.hex()


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def grant_access(request):
    """Let the request's token open its private page; return the token.

    A new SECRET_KEY makes new tokens; the old links stay good, since their hashes stay.
    """
    token = token_of(request)
    AccessToken.objects.get_or_create(token_hash=hash_of(token), defaults={"request": request})
    return token


def grant_first_access(request):
    """The same for a request that was stored just now: it has no token yet."""
    AccessToken.objects.create(request=request, token_hash=hash_of(token_of(request)))


def request_of(token):
    """The request that a private link opens, or None."""
    found = AccessToken.objects.select_related("request__reason")
    access = found.filter(token_hash=hash_of(token)).first()
    return access and access.request


def fingerprint(text, purpose):
    """A keyed hash, for comparing what must not be readable."""
    return salted_hmac(f"appointments.{purpose}", text, algorithm="sha256").hexdigest()


def same(one, other):
    return hmac.compare_digest(one, other)
