"""The authenticator app on somebody's phone: its key, shown once, and its enrolment."""

from base64 import b32encode

import segno
from django.db import transaction
from django.utils.safestring import mark_safe
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

# Where the key of an authenticator waits until its first code proves that the phone has it.
PENDING_KEY = "authenticator_key"


def pending_device(request, user):
    """The authenticator that is being set up, not stored yet."""
    key = request.session.setdefault(PENDING_KEY, random_hex())
    return TOTPDevice(user=user, key=key, name="Authenticator")


def accept_first_code(device, code):
    """Does this code come from the phone? If so, it is used up."""
    totp = TOTP(device.bin_key)
    if not (code.isdecimal() and totp.verify(int(code), device.tolerance)):
        return False
    device.last_t, device.drift = totp.t(), totp.drift
    return True


@transaction.atomic
def enrol(request, device):
    """Store the authenticator in place of the one before."""
    TOTPDevice.objects.filter(user=device.user_id).delete()
    device.save()
    del request.session[PENDING_KEY]


def square(device):
    """The square that the app's camera reads, drawn here: the key goes to nobody else."""
    drawing = segno.make(device.config_url, micro=False)
    return mark_safe(drawing.svg_inline(light="#fff", omitsize=True, svgclass="square"))  # noqa: S308


def key_in_groups(device):
    """The key for people who type it, in groups of four."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
