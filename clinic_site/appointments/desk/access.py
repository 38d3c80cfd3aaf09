"""What every page of the desk keeps: who may open it, and its time zone."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.views.generic import View

from clinic_site.appointments.clinic import zone
from clinic_site.appointments.states import HANDLE


class DeskView(View):
    """A view for the front desk alone, in the clinic's time zone.

    No browser or proxy keeps it: Wagtail says so of every page of the admin.
    """

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(HANDLE):
            raise PermissionDenied
        # Staff may have set a time zone of their own: a visit is at the clinic's.
        with timezone.override(zone()):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        return response
