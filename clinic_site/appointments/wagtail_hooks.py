"""The front desk in the admin."""

from django.urls import include, path
from wagtail import hooks

from clinic_site.appointments import health
from clinic_site.appointments.desk import menu, urls
from clinic_site.appointments.desk.panels import FindRequestPanel
from clinic_site.appointments.desk.reasons import ReasonViewSet
from clinic_site.appointments.reporting import hooks as reporting_hooks  # noqa: F401
from clinic_site.appointments.states import HANDLE


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("appointments/", include(urls))]


@hooks.register("register_admin_viewset")
def reasons():
    return ReasonViewSet()


@hooks.register("register_admin_menu_item")
def appointments_menu():
    return menu.appointments_menu()


@hooks.register("register_admin_menu_item")
def inbox_item():
    return menu.inbox_item()


@hooks.register("construct_homepage_panels")
def find_request(request, panels):
    if request.user.has_perm(HANDLE):
        panels.append(FindRequestPanel())


# What the first page of the admin asks of other apps.
@hooks.register("construct_waiting")
def what_is_waiting(user):
    return menu.waiting(user)


hooks.register("register_health_checks", health.checks)
