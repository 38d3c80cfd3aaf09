"""/healthz and /readyz: what a proxy or a monitor asks a process about itself.

They are answered before anything else, as a probe on the same machine has neither the site's name
nor TLS. They hold no number that tells of patients, and nothing secret.
"""

from django.http import HttpResponseNotAllowed, JsonResponse

from clinic_site.operations.checks import all_checks
from clinic_site.operations.findings import State
from clinic_site.operations.watching import watcher

SAFE = ("GET", "HEAD")


def healthz():
    """The process is alive. This touches nothing that could hold it up."""
    return JsonResponse({"alive": True})


def readyz():
    """Say how each part is; 503 only where this process can do nothing without a part of it.

    A late backup or a broken mail server is no reason to send readers away.
    """
    found = watcher.findings(all_checks())
    is_ready = all(finding.state != State.DOWN for check, finding in found if check.is_vital)
    states = {check.name: finding.state for check, finding in found}
    return JsonResponse({"ready": is_ready, "checks": states}, status=200 if is_ready else 503)


PROBES = {"/healthz": healthz, "/readyz": readyz}


class ProbeMiddleware:
    """Answers probes first of all; every other request goes on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        response = probe() if request.method in SAFE else HttpResponseNotAllowed(SAFE)
        response.headers["Cache-Control"] = "no-store"
        return response
