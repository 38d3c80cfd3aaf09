"""Reading the fixture files, and errors that name file and field."""

import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path

NAMESPACE = uuid.UUID("7f1f3a54-3c0e-4d0e-9d0b-5b8a0a6a2c11")


class FixtureError(Exception):
    """A mistake in a fixture, with its file and field."""


@dataclass(frozen=True)
class Place:
    """Where in which file a value stands; errors begin with it."""

    path: Path
    field: str = ""

    def at(self, name):
        if isinstance(name, int):
            return Place(self.path, f"{self.field}[{name + 1}]")
        return Place(self.path, f"{self.field}.{name}" if self.field else str(name))

    def error(self, message):
        return FixtureError(
            f"{self.path}: {self.field}: {message}" if self.field else f"{self.path}: {message}"
        )


def read_toml(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FixtureError(f"{path}: {error}") from error


@dataclass
class PageFile:
    """One page's file. `key` is its address below the language, "" for the home page."""

    path: Path
    language: str
    key: str
    data: dict

    @property
    def place(self):
        return Place(self.path)

    @property
    def slug(self):
        return self.key.rsplit("/", 1)[-1] or self.language

    @property
    def parent_key(self):
        """The key of the page above, or None for the home page."""
        if not self.key:
            return None
        return self.key.rpartition("/")[0]

    @property
    def order(self):
        return (self.key.count("/") + bool(self.key), self.data.get("position", 99), self.key)

    @property
    def translation_key(self):
        """The same for a page and its translations, however they move later."""
        return stable_key("page", self.data.get("translation_of", self.key))


def stable_key(*parts):
    return uuid.uuid5(NAMESPACE, "/".join(parts))


def page_files(folder):
    """Read every page of one language's folder, parents before children."""
    files = []
    for path in folder.rglob("*.toml"):
        relative = path.relative_to(folder).with_suffix("")
        if relative.parts[0] == "snippets":
            continue
        parts = relative.parts[:-1] if relative.name == "index" else relative.parts
        files.append(PageFile(path, folder.name, "/".join(parts), read_toml(path)))
    return sorted(files, key=lambda file: file.order)
