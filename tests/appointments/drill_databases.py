"""Copies of the test database for the drills, which break them."""

import sqlite3
from contextlib import closing

import psycopg
from django.db import connection

# What makes a form that is sent twice one request: its key, and the private link made from it.
ONCE = (("appointments_appointmentrequest", "key"), ("appointments_accesstoken", "token_hash"))


def url_of_test_database():
    """What another process that is to work on the test database itself must be given."""
    source = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{source['NAME']}"
    place = f"{source['HOST']}:{source['PORT'] or 5432}"
    return f"postgresql://{source['USER']}:{source['PASSWORD']}@{place}/{source['NAME']}"


def copy_of_test_database(folder):
    """A copy of the seeded test database that nobody else uses; `drop` it in the end."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return SQLiteCopy(name, folder)
    connection.close()
    return PostgreSQLCopy(name, url_of_test_database().removesuffix(f"/{name}"))


class SQLiteCopy:
    """The test database, copied into a file of its own."""

    def __init__(self, source, folder):
        self.path = folder / "drill.sqlite3"
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(self.path)) as other:
            one.backup(other)
        self.url = f"sqlite:///{self.path}"

    def connect(self):
        return sqlite3.connect(self.path, isolation_level=None)

    def drop(self):
        self.path.unlink()

    def go_away(self):
        self.path.rename(f"{self.path}-away")
        self.path.mkdir()

    def come_back(self):
        self.path.rmdir()
        self.path.with_name(f"{self.path.name}-away").rename(self.path)

    def revive(self):
        """Files need nobody who starts them again."""

    def allow_one_key_twice(self, connection):
        """Make the tables, still empty, anew without their unique keys."""
        for table, column in ONCE:
            [[sql]] = connection.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", [table]
            )
            definition = f'"{column}" varchar(64) NOT NULL'
            loose = sql.replace(f"{definition} UNIQUE", definition)
            assert loose != sql
            connection.execute(f"DROP TABLE {table}")
            connection.execute(loose)

    def is_whole(self, connection):
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


class PostgreSQLCopy:
    """The test database, copied within its server."""

    def __init__(self, source, server):
        self.name, self.server = f"{source}_drill", server
        self.url = f"{server}/{self.name}"
        self.run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        # A database is copied only while nobody is connected to it.
        self.end_connections(source)
        self.run(f"CREATE DATABASE {self.name} TEMPLATE {source}")

    def connect(self):
        return psycopg.connect(self.url, autocommit=True)

    def run(self, sql):
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            connection.execute(sql)

    def drop(self):
        self.run(f"DROP DATABASE {self.name} WITH (FORCE)")

    def end_connections(self, name):
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def go_away(self):
        self.run(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self.end_connections(self.name)

    def come_back(self):
        self.run(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    def allow_one_key_twice(self, connection):
        for table, column in ONCE:
            [name] = connection.execute(
                "SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid"
                " AND conkey = ARRAY[attnum] WHERE contype = 'u' AND attname = %s"
                " AND conrelid = %s::regclass",
                [column, table],
            ).fetchone()
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')

    def is_whole(self, connection):
        return connection.execute("SELECT count(*) FROM appointments_appointmentrequest").fetchall()
