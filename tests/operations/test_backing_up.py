"""An archive is there whole, or not at all."""

import os
import resource
import signal
import stat
import subprocess
import sys
import tarfile
from contextlib import contextmanager

import pytest
from django.conf import settings as site_settings
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError
from django.db import connection
from django.utils import timezone

from clinic_site.operations import archive
from clinic_site.operations.models import TimerRun
from tests.admin_addresses import make_request
from tests.appointments.drill import until
from tests.appointments.drill_databases import url_of_test_database
from tests.operations.conftest import back_up, restore

pytestmark = pytest.mark.slow


@contextmanager
def files_no_larger_than(size):
    """What a full disk does to whoever writes: Python sees an OSError either way."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def left_in(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def start_backup(settings):
    """Back up in a process of its own."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.operations.place_settings",
        "DATABASE_URL": url_of_test_database(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "BACKUP_DIR": str(settings.BACKUP_DIR),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "backup"],
        cwd=site_settings.BASE_DIR,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


class GrowingStorage(FileSystemStorage):
    """Somebody writes on to each file after the backup has asked for its size."""

    def open(self, name, mode="rb"):
        if mode == "rb":
            with open(self.path(name), "ab") as file:
                file.write(b"more")
        return super().open(name, mode)


class ShrinkingStorage(FileSystemStorage):
    """Somebody empties each file after the backup has asked for its size."""

    def open(self, name, mode="rb"):
        if mode == "rb":
            os.truncate(self.path(name), 0)
        return super().open(name, mode)


def store_uploads_in(settings, storage):
    backend = f"{storage.__module__}.{storage.__qualname__}"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}


def test_an_upload_that_grows_meanwhile_is_cut_where_it_ended(site, settings):
    store_uploads_in(settings, GrowingStorage)

    path = back_up(settings)

    assert "2 uploads" in restore(path, check=True)
    with tarfile.open(path) as tar:
        assert tar.getmember("media/images/door.jpg").size == 6 * 400_000


def test_an_upload_that_shrinks_meanwhile_leaves_no_archive(site, settings):
    store_uploads_in(settings, ShrinkingStorage)

    with pytest.raises(CommandError):
        back_up(settings)

    assert left_in(settings.BACKUP_DIR) == []


def test_an_archive_is_for_its_owner_alone(site, settings):
    path = back_up(settings)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.BACKUP_DIR.stat().st_mode) == 0o700


def test_any_tar_program_opens_an_archive(site, settings):
    with tarfile.open(back_up(settings)) as tar:
        names = tar.getnames()

    assert names[0].startswith("database.")
    assert "media/documents/ñandú, a very long name.pdf" in names
    assert names[-2:] == [archive.MANIFEST, archive.SEAL]


def test_of_two_backups_in_one_second_the_first_stays(site, settings, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    path = back_up(settings)
    before = path.read_bytes()
    make_request()

    with pytest.raises(CommandError, match="of this second already"):
        back_up(settings)

    assert left_in(settings.BACKUP_DIR) == [path.name]
    assert path.read_bytes() == before


def test_an_encrypted_archive_holds_nothing_in_the_clear(site, settings, identity):
    content = back_up(settings).read_bytes()

    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"a door" not in content
    assert b"manifest" not in content


def test_an_archive_can_leave_the_uploads_out(site, settings):
    path = back_up(settings, without_media=True)

    with tarfile.open(path) as tar:
        assert not [name for name in tar.getnames() if name.startswith("media/")]
    assert path.name.endswith("-database.tar")


def test_a_backup_is_remembered(site, settings):
    back_up(settings, without_media=True)
    assert set(TimerRun.objects.values_list("name", flat=True)) == {"backup"}

    back_up(settings)
    assert set(TimerRun.objects.values_list("name", flat=True)) == {"backup", "backup_with_media"}


@pytest.mark.parametrize("size", [100_000, 2_000_000])
def test_a_full_disk_leaves_nothing_and_says_so(site, settings, size):
    with files_no_larger_than(size), pytest.raises(CommandError):
        back_up(settings)

    assert left_in(settings.BACKUP_DIR) == []
    assert not TimerRun.objects.exists()


def test_a_full_disk_leaves_nothing_of_an_encrypted_archive(site, settings, identity):
    with files_no_larger_than(2_000_000), pytest.raises(CommandError):
        back_up(settings)

    assert left_in(settings.BACKUP_DIR) == []


def test_a_wrong_public_key_is_refused_before_anything_is_written(site, settings):
    settings.BACKUP_KEY = "age1nonsense"

    with pytest.raises(CommandError, match="BACKUP_KEY is not an age recipient"):
        back_up(settings)

    assert left_in(settings.BACKUP_DIR) == []


def test_without_pg_dump_it_says_what_to_install(site, settings, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no program.")
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(CommandError, match="pg_dump is not on the PATH"):
        back_up(settings)


@pytest.fixture
def endless_upload(site, settings):
    """An upload that whoever opens it waits for."""
    path = settings.MEDIA_ROOT / "images" / "waiting.jpg"
    os.mkfifo(path)
    return path


def test_a_killed_backup_leaves_no_archive_and_the_next_one_clears_up(settings, endless_upload):
    process = start_backup(settings)
    until(lambda: any(settings.BACKUP_DIR.glob(".partial-*/archive")), seconds=300)
    with pytest.raises(CommandError, match="Another backup is running"):
        back_up(settings)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    [left] = left_in(settings.BACKUP_DIR)
    endless_upload.unlink()

    path = back_up(settings)

    assert left.startswith(".partial-")
    assert left_in(settings.BACKUP_DIR) == [path.name]
    assert "Whole" in restore(path, check=True)
