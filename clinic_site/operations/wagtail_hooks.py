"""The page about the health of the site, among the admin's reports."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinic_site.operations.health_views import show_health
from clinic_site.operations.models import VIEW_HEALTH


class HealthMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(VIEW_HEALTH)


@hooks.register("register_reports_menu_item")
def health_item():
    return HealthMenuItem(_("Health of the site"), reverse("site_health"), icon_name="check")


@hooks.register("register_admin_urls")
def health_urls():
    return [path("reports/health/", show_health, name="site_health")]
