"""Failed sign-ins: whose they are, what django-axes keeps of them, and for how long."""

from ipaddress import IPv6Address, ip_address, ip_network

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone

# Whoever has one IPv6 address has all that begin with the same 64 bits.
ONE_HOME = 64


def address_of(request):
    """The address that tries are counted by; none if the server gave something else."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return str(ip_network((address, ONE_HOME), strict=False).network_address)
    return str(address)


def nobody_in_particular(username, ip_address, user_agent, path_info, request):
    """How the log names who failed to sign in."""
    return "somebody"


def forget_old_attempts():
    """Delete the tries that no longer count; return how many."""
    before = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__lte=before).delete()[0]
