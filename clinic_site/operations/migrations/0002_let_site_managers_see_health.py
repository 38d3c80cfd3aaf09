"""Site managers see the page about the health of the site."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_site_managers_in(apps, schema_editor):
    create_permissions(installed.get_app_config("operations"), apps=apps, verbosity=0)
    group, _made = apps.get_model("auth.Group").objects.get_or_create(name="Site managers")
    permissions = apps.get_model("auth.Permission").objects
    group.permissions.add(
        *permissions.filter(content_type__app_label="operations", codename="view_health")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0001_initial"),
        ("content", "0005_add_groups"),
    ]

    operations = [migrations.RunPython(let_site_managers_in, migrations.RunPython.noop)]
