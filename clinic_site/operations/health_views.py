"""The page that tells site managers how the site is, and what to do about it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic_site.operations.checks import all_checks
from clinic_site.operations.findings import State
from clinic_site.operations.models import VIEW_HEALTH
from clinic_site.operations.versions import versions
from clinic_site.operations.watching import watcher


@never_cache
@require_safe
def show_health(request):
    """What /readyz says, in words. It opens also while a part hangs: the page would be the first
    to be asked."""
    if not request.user.has_perm(VIEW_HEALTH):
        raise PermissionDenied
    found = watcher.findings(all_checks())
    context = {
        "found": found,
        "troubles": sum(finding.state != State.WELL for _check, finding in found),
        "versions": versions(),
        "now": timezone.now(),
    }
    return render(request, "operations/health.html", context)
