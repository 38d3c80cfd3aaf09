"""Codes that prove the second factor: six digits from a phone, or a recovery code."""

import re

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
SIX_DIGITS = re.compile(r"[0-9]{6}")
# Codes are shown in groups, and people type the gaps.
GAPS = re.compile(r"[\s-]")


def device_for(user, code):
    """Return the device that accepts this code, which it then never does again; or none."""
    typed = GAPS.sub("", code).lower()
    # Each try counts against the device it is made on: one kind's codes must not block the other.
    kind = TOTPDevice if SIX_DIGITS.fullmatch(typed) else StaticDevice
    devices = kind.objects.devices_for_user(user, confirmed=True)
    tried = (verify_token(user, device.persistent_id, typed) for device in devices)
    return next((device for device in tried if device), None)


def device_or_failure(request, user, code):
    """Like `device_for`, but a wrong code counts towards the lock-out as a wrong password does."""
    credentials = {user.USERNAME_FIELD: user.get_username()}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True
        return None
    device = device_for(user, code)
    if device is None:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return device


@transaction.atomic
def new_recovery_codes(user):
    """Make ten codes, each good for one sign-in, and drop those made before."""
    StaticToken.objects.filter(device__user=user).delete()
    # The device stays: the session may have begun with one of its codes.
    device, _made = StaticDevice.objects.get_or_create(user=user, name="Recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]
