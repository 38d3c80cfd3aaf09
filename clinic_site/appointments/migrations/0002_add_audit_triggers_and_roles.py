"""The database itself refuses to change or delete an audit event; the front desk gets its rights."""

from django.db import migrations

from clinic_site.appointments import roles

TABLE = "appointments_event"
SQLITE = """
CREATE TRIGGER appointments_event_no_{low} BEFORE {high} ON appointments_event
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION appointments_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'audit events are append-only'; END; $$ LANGUAGE plpgsql;
"""
POSTGRESQL = """
CREATE TRIGGER appointments_event_append_only BEFORE UPDATE OR DELETE ON appointments_event
FOR EACH ROW EXECUTE FUNCTION appointments_refuse();
"""


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for action in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(low=action.lower(), high=action))
    else:
        schema_editor.execute(FUNCTION)
        schema_editor.execute(POSTGRESQL)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for action in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER appointments_event_no_{action}")
    else:
        schema_editor.execute("DROP TRIGGER appointments_event_append_only ON appointments_event")
        schema_editor.execute("DROP FUNCTION appointments_refuse()")


def add_roles(apps, schema_editor):
    roles.set_up(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0001_initial"),
        ("content", "0005_add_groups"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [
        migrations.RunPython(add_triggers, drop_triggers),
        migrations.RunPython(add_roles, migrations.RunPython.noop),
    ]
