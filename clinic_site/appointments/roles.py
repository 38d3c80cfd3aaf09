"""Who on the staff may do what with requests. Nobody else sees one."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

from clinic_site.appointments.states import EXPORT, HANDLE, LEAD, REPORT

FRONT_DESK = "Front desk"
LEADS = "Front desk leads"
SITE_MANAGERS = "Site managers"
GRANTS = {
    FRONT_DESK: [HANDLE],
    LEADS: [HANDLE, LEAD, EXPORT, REPORT, "appointments.change_reason", "appointments.add_reason"],
    # Numbers, and nobody's name.
    SITE_MANAGERS: [REPORT, "appointments.change_reason", "appointments.add_reason"],
}


def set_up(apps):
    """Make the groups and grant each what stands above. Migrations call it; it only adds."""
    create_permissions(installed.get_app_config("appointments"), apps=apps, verbosity=0)
    permissions = apps.get_model("auth.Permission").objects
    for name, grants in GRANTS.items():
        group, _made = apps.get_model("auth.Group").objects.get_or_create(name=name)
        for grant in ("wagtailadmin.access_admin", *grants):
            label, codename = grant.split(".")
            found = permissions.filter(content_type__app_label=label, codename=codename)
            group.permissions.add(*found[:1])
