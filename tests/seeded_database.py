"""The seeded database, made once and copied for every test process that finds it unchanged.

It is made in two steps, and each is kept under what it depends on: most changes leave migrations,
which take twice as long as the seed, as they were.
"""

import fcntl
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db import connection

from tests.operations.places import moved_to

FOLDER = settings.BASE_DIR / ".pytest_cache" / "seeded"
PACKAGES = ["clinic_site", "content"]
IGNORED = {".pyc", ".po", ".mo"}
# What a migration calls. `import content.x`, which Django writes by itself, only describes fields.
CALLED = re.compile(rf"^from ((?:{'|'.join(PACKAGES)})[\w.]*) import (.+)$", re.MULTILINE)
MIGRATED, SEEDED = "migrated", "seeded"
# Two checkouts share a PostgreSQL server without taking each other's databases for old ones.
PLACE = sha256(str(settings.BASE_DIR).encode()).hexdigest()[:8]


class Preparation:
    """What there is of the test database already; the right to make the rest of it, if any is missing.

    Other processes wait meanwhile, and then find it.
    """

    def __init__(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.lock = open(FOLDER / f"lock-{connection.vendor}", "w")  # noqa: SIM115
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.kept = Files() if connection.vendor == "sqlite" else Templates()
        self.names = {
            SEEDED: name_of(SEEDED, seeded_by()),
            MIGRATED: name_of(MIGRATED, migrated_by()),
        }
        self.found = next(
            (kind for kind, name in self.names.items() if self.kept.begin_with(name)), ""
        )
        if self.found == SEEDED:
            self.lock.close()

    def finish(self, seed):
        """Seed the migrated test database, unless it is seeded."""
        if self.found == SEEDED:
            return
        if self.found != MIGRATED:
            self.kept.keep(MIGRATED, self.names[MIGRATED])
        seed()
        self.kept.keep(SEEDED, self.names[SEEDED])
        self.lock.close()


class Files:
    """SQLite's databases, kept as files."""

    def begin_with(self, name):
        """Make the test database of a kept one, if that is there."""
        try:
            shutil.copy(FOLDER / name, connection.settings_dict["TEST"]["NAME"])
        except FileNotFoundError:
            return False
        return True

    def keep(self, kind, name):
        """Keep the test database as it is now, and none of this kind that came before."""
        for old in FOLDER.glob(f"{kind}_*"):
            old.unlink()
        new, made = FOLDER / "new", connection.settings_dict["NAME"]
        with closing(sqlite3.connect(made)) as one, closing(sqlite3.connect(new)) as other:
            one.backup(other)
        new.rename(FOLDER / name)

    def clear_up(self):
        """The file lies in the scratch folder of this run."""


class Templates:
    """PostgreSQL's databases, kept on the same server, which copies them."""

    def __init__(self):
        test = connection.settings_dict["TEST"]
        self.made = test["NAME"] = test["NAME"] or f"test_{connection.settings_dict['NAME']}"
        # Of a run that was cut off. One that goes on elsewhere keeps its own, and this one fails.
        run(f'DROP DATABASE IF EXISTS "{self.made}"')

    def begin_with(self, name):
        """Make the test database of a kept one, if that is there."""
        if not self.databases(name):
            return False
        run(f'CREATE DATABASE "{self.made}" TEMPLATE "{name}"')
        return True

    def keep(self, kind, name):
        """Keep the test database as it is now, and none of this kind that came before."""
        outdated = self.databases(name_of(kind, "%"))
        run(
            *(f'DROP DATABASE "{old}"' for old in outdated),
            f'CREATE DATABASE "{name}" TEMPLATE "{self.made}"',
        )

    def clear_up(self):
        """Leave no test database behind."""
        run(f'DROP DATABASE IF EXISTS "{self.made}" WITH (FORCE)')

    def databases(self, pattern):
        with moved_to("postgres"), connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
            return [name for (name,) in cursor.fetchall()]


def run(*statements):
    """Run statements on the server itself, which may take long while the machine is busy."""
    with moved_to("postgres"), connection.cursor() as cursor:
        for statement in ("SET statement_timeout = 0", "SET lock_timeout = 0", *statements):
            cursor.execute(statement)


def name_of(kind, digest):
    return f"{kind}_{PLACE}_{digest}"


def seeded_by():
    """The digest of everything that may change the seeded database; the day is part of its rows."""
    return digest_of([*files_of(*PACKAGES, "fixtures", "requirements.txt")], str(date.today()))


def migrated_by():
    """The digest of the migrations, and of the code they call."""
    others = files_of("clinic_site/settings", "requirements.txt")
    return digest_of({*others, *with_code_called_by(migrations())})


def migrations():
    return [file for file in files_of(*PACKAGES) if "migrations" in file.parts]


def files_of(*sources):
    for source in sources:
        path = settings.BASE_DIR / source
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.is_file() and file.suffix not in IGNORED:
                yield file


def with_code_called_by(files):
    """These files and the modules of ours that they import, and so on."""
    found, waiting = set(), list(files)
    while waiting:
        file = waiting.pop()
        if file.suffix == ".py" and file.is_file() and file not in found:
            found.add(file)
            waiting += modules_of(file)
    return found


def modules_of(file):
    for module, names in CALLED.findall(file.read_text(encoding="utf-8")):
        path = settings.BASE_DIR / module.replace(".", "/")
        yield from [path.with_suffix(".py"), path / "__init__.py"]
        yield from (path / f"{name}.py" for name in re.findall(r"\w+", names))


def digest_of(files, also=""):
    digest = sha256(also.encode())
    for file in sorted(files):
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:16]
