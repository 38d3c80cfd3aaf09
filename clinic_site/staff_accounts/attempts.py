"""Failed sign-ins: whose they are, what django-axes keeps of them, and for how long."""

from ipaddress import ip_address

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone


def address_of(request):
    """The address that tries are counted by; none if the server gave something else."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def nobody_in_particular(username, ip_address, user_agent, path_info, request):
    """How the log names who failed to sign in."""
    return "somebody"


def forget_old_attempts():
    """Delete the tries that no longer count; return how many."""
    before = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__lte=before).delete()[0]
