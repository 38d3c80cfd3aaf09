"""Places to restore into, and the sums of what a place holds."""

from contextlib import contextmanager
from hashlib import sha256

from django.core.files.storage import default_storage
from django.db import connection

from clinic_site.operations import media


@contextmanager
def moved_to(name, **server):
    """Work on another database; of the same server, unless HOST, PORT and USER say otherwise."""
    connection.close()
    place = connection.settings_dict
    before = {key: place[key] for key in ("NAME", *server)}
    place.update({"NAME": name} | server)
    try:
        yield
    finally:
        connection.close()
        place.update(before)


def run(sql):
    """Run a statement on the server itself, outside the database."""
    with moved_to("postgres"), connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def empty_database(folder):
    """An empty database that the site uses meanwhile."""
    if connection.vendor == "sqlite":
        with moved_to(folder / "restored.sqlite3"):
            yield
        return
    name = f"{connection.settings_dict['NAME']}_restored"
    run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    run(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        with moved_to(name):
            yield
    finally:
        run(f"DROP DATABASE {name} WITH (FORCE)")


def rows():
    """The sum of all rows of each table."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: sum_of_rows(cursor, name) for name in names}


def sum_of_rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return sha256("\n".join(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()


def uploads():
    """The sum of each upload."""
    return {name: sha256(read(name)).hexdigest() for name in media.names()}


def read(name):
    with default_storage.open(name) as file:
        return file.read()
