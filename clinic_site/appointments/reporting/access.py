"""What the pages of exports and the report keep: a permission, clinic time, and no copies."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clinic_site.appointments.clinic import zone


def for_staff_who_may(permission):
    """A view for whoever holds the permission, in the clinic's time zone, that nothing keeps."""

    def wrap(view):
        @wraps(view)
        def opened(request):
            if not request.user.has_perm(permission):
                raise PermissionDenied
            with timezone.override(zone()):
                response = view(request)
            response.headers["Cache-Control"] = "no-store"
            return response

        return opened

    return wrap
