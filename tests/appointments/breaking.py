"""Faults in the database itself, for the length of a test's transaction."""

from django.db import connection

TABLE = "appointments_appointmentrequest"
# Errors that quote the row, as PostgreSQL's do.
FUNCTION = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'Not %%', NEW USING ERRCODE = '57P03'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()
"""


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql, [] if "%%" in sql else None)


def refuse_rows(field, value):
    """Make the table refuse rows with this value, with an error that quotes them where it can."""
    if connection.vendor == "postgresql":
        run(f"ALTER TABLE {TABLE} ADD CONSTRAINT refused CHECK ({field} <> '{value}')")
        return
    for event in ("INSERT", "UPDATE"):
        run(
            f"CREATE TRIGGER refuse_{event} BEFORE {event} ON {TABLE} WHEN NEW.{field} = '{value}'"
            f" BEGIN SELECT RAISE(ABORT, 'Not {value}'); END"
        )


def lose_the_database():
    """Make storing fail as it does while the database is away."""
    if connection.vendor == "postgresql":
        run(FUNCTION.format(table=TABLE))
    else:
        run(f"ALTER TABLE {TABLE} RENAME TO gone")
