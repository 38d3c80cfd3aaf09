"""A site with patients and uploads, and an archive of it."""

import shutil
from io import StringIO

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from clinic_site.operations.models import TimerRun
from tests.admin_addresses import make_request
from tests.appointments.committed import clean_up
from tests.operations import places


@pytest.fixture
def db(outside_transactions):
    """Outside any transaction: other programs read and write it."""
    yield
    TimerRun.objects.all().delete()
    clean_up()


@pytest.fixture
def site(db, settings, tmp_path):
    """A site with a patient and two uploads, one of them larger than a chunk."""
    settings.MEDIA_ROOT, settings.BACKUP_DIR = tmp_path / "media", tmp_path / "backups"
    make_request()
    default_storage.save("images/door.jpg", ContentFile(b"a door" * 400_000))
    default_storage.save("documents/ñandú, a very long name.pdf", ContentFile(b"%PDF"))
    return tmp_path


@pytest.fixture
def identity(settings, tmp_path):
    """The file with the private key that opens this site's archives."""
    key = pyrage.x25519.Identity.generate()
    settings.BACKUP_KEY = str(key.to_public())
    file = tmp_path / "identity.txt"
    file.write_text(f"# public key: {key.to_public()}\n{key}\n")
    return file


def back_up(settings, **options):
    """Make an archive and return its path."""
    call_command("backup", stdout=StringIO(), **options)
    return max(settings.BACKUP_DIR.glob("clinic-site-*"), key=lambda path: path.stat().st_mtime_ns)


def restore(archive, **options):
    said = StringIO()
    call_command("restore", str(archive), stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def elsewhere(site, settings):
    """A function that moves the site to an empty place: no tables, no uploads."""
    stack = []

    def move():
        place = places.empty_database(site)
        place.__enter__()
        stack.append(place)
        settings.MEDIA_ROOT = site / "restored-media"

    yield move
    for place in stack:
        place.__exit__(None, None, None)
    shutil.rmtree(site, ignore_errors=True)
