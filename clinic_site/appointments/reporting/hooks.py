"""Exports and the report in the admin: their addresses, and the ways to them."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic_site.appointments.reporting import urls
from clinic_site.appointments.states import EXPORT, REPORT

# The menu of the front desk, which shows itself to whoever may open one of its items.
MENU = "register_appointments_menu_item"


class PermittedMenuItem(MenuItem):
    """The way to a page, for those who may open it."""

    def __init__(self, *args, permission, **kwargs):
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")
def report_urls():
    return [path("appointments/", include(urls))]


@hooks.register(MENU)
def export_item():
    url = reverse("appointments_reports:export")
    return PermittedMenuItem(_("Export"), url, icon_name="download", order=800, permission=EXPORT)


@hooks.register(MENU)
def report_item():
    url = reverse("appointments_reports:report")
    return PermittedMenuItem(_("Report"), url, icon_name="table", order=900, permission=REPORT)
