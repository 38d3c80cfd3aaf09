"""What was backed up comes back, byte by byte and row by row, or nothing does."""

import json
import re
import shutil
import stat
import subprocess
import tarfile
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from wagtail.models import Page

from clinic_site.appointments.models import AppointmentRequest, Event
from clinic_site.operations import media, postgresql, sqlite
from clinic_site.operations.archive import Member, archived, sealed
from content.models import SearchedPage
from tests.admin_addresses import make_request
from tests.appointments.drill import only_long
from tests.operations import places
from tests.operations.conftest import back_up, restore
from tests.operations.test_backing_up import files_no_larger_than

pytestmark = pytest.mark.slow


def test_an_empty_place_becomes_the_site_that_was_backed_up(site, settings, elsewhere, identity):
    rows, uploads = places.rows(), places.uploads()
    archive = back_up(settings)

    elsewhere()
    restore(archive, identity=str(identity))

    assert places.rows() == rows
    assert places.uploads() == uploads
    assert len(rows) > 50
    assert len(uploads) == 2


def test_a_restored_site_goes_on(site, settings, elsewhere):
    archive = back_up(settings)

    elsewhere()
    said = restore(archive)
    call_command("migrate", "--check", verbosity=0)
    make_request()

    assert "purge_requests" in said
    assert AppointmentRequest.objects.count() == 2
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE appointments_event SET detail = 'x'")
    if connection.vendor == "sqlite":
        assert stat.S_IMODE(Path(connection.settings_dict["NAME"]).stat().st_mode) == 0o600


def test_what_is_said_after_a_restore_makes_an_older_archive_searched(site, settings, elsewhere):
    archive = back_up(settings)
    elsewhere()
    said = restore(archive)
    # As after an archive of a release that kept no words of its pages.
    SearchedPage.objects.all().delete()

    for command in re.findall(r"`manage\.py (\w+)`", said):
        call_command(command, verbosity=0)

    live = Page.objects.live().filter(depth__gte=2)
    assert live.exists()
    assert SearchedPage.objects.count() == live.count()


def test_a_database_with_tables_is_not_written_over(site, settings):
    rows, uploads = places.rows(), places.uploads()
    archive = back_up(settings, without_media=True)

    with pytest.raises(CommandError, match="--erase-database everything in it is lost"):
        restore(archive)

    assert places.uploads() == uploads
    assert {name for name, total in places.rows().items() if total != rows[name]} == {
        "operations_timerrun"
    }


def test_uploads_are_not_written_over(site, settings, elsewhere):
    archive = back_up(settings)
    elsewhere()
    default_storage.save("images/new.jpg", ContentFile(b"new"))

    with pytest.raises(CommandError, match="--erase-media all that the archive lacks are lost"):
        restore(archive)

    assert places.rows() == {}
    assert list(places.uploads()) == ["images/new.jpg"]


def test_what_is_there_is_lost_where_somebody_says_so(site, settings, elsewhere):
    rows, uploads = places.rows(), places.uploads()
    archive = back_up(settings)
    elsewhere()
    restore(archive)
    make_request()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_a_later_version (id integer)")
    default_storage.save("images/new.jpg", ContentFile(b"new"))

    restore(archive, erase_database=True, erase_media=True)

    assert (places.rows(), places.uploads()) == (rows, uploads)


def test_a_refusal_of_postgresql_is_passed_on(site, settings, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite refuses nothing.")
    archive = back_up(settings)
    rows = places.rows()
    monkeypatch.setenv("PGOPTIONS", "-c default_transaction_read_only=on")

    with pytest.raises(CommandError, match="left as it was: .*read-only transaction"):
        restore(archive, erase_database=True, erase_media=True)

    assert places.rows() == rows


@pytest.mark.slow
def test_the_frequent_archive_goes_on_top_of_the_whole_one(site, settings, elsewhere):
    whole = back_up(settings)
    make_request()
    rows = places.rows()
    newest = back_up(settings, without_media=True)

    elsewhere()
    restore(whole)
    restore(newest, erase_database=True)

    assert places.rows() == rows
    assert len(places.uploads()) == 2


def rewritten(path, **facts):
    """The same archive, whole and sealed, with another manifest."""
    other = path.with_name("other.tar")
    with tarfile.open(path) as tar, open(other, "wb") as file:
        manifest = json.load(tar.extractfile("manifest.json"))
        members = [
            Member(name, tar.getmember(name).size, lambda name=name: tar.extractfile(name))
            for name in manifest["members"]
        ]
        file.writelines(sealed(archived(members, manifest | facts)))
    return other


@pytest.fixture
def miscounted(site, settings):
    """An archive whose database lacks a row."""
    archive = back_up(settings)
    database = json.loads(manifest_of(archive))["database"]
    database["rows"]["appointments_event"] += 1
    return rewritten(archive, database=database)


def test_a_database_with_other_rows_than_were_counted_is_put_back_nowhere(miscounted, elsewhere):
    elsewhere()
    with pytest.raises(CommandError):
        restore(miscounted)

    assert places.rows() == {}
    assert places.uploads() == {}


@only_long
def test_without_counting_again_it_would_be_put_back(miscounted, elsewhere, monkeypatch):
    monkeypatch.setattr(postgresql, "CHECK", "")
    monkeypatch.setattr(sqlite, "check", lambda *_: None)

    elsewhere()
    restore(miscounted)

    assert len(places.rows()) > 50


def manifest_of(path):
    with tarfile.open(path) as tar:
        return tar.extractfile("manifest.json").read()


def test_the_archive_of_another_kind_of_database_is_refused(site, settings, elsewhere):
    archive = back_up(settings)
    database = json.loads(manifest_of(archive))["database"] | {"vendor": "oracle"}

    elsewhere()
    with pytest.raises(CommandError, match="database is oracle, this site's"):
        restore(rewritten(archive, database=database))


def test_a_full_disk_changes_nothing(site, settings, elsewhere):
    archive = back_up(settings)

    elsewhere()
    with files_no_larger_than(1_000_000), pytest.raises(CommandError):
        restore(archive)

    assert places.uploads() == {}
    assert places.rows() == {}


@contextmanager
def undeletable(path):
    """Keep a file from everybody, even root."""
    if not shutil.which("chattr") or subprocess.run(["chattr", "+i", path], check=False).returncode:
        pytest.skip(
            "############ SKIPPED: no file can be kept from being deleted here. ############"
        )
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", path], check=True)


def test_a_restore_that_leaves_an_upload_too_many_does_not_deny_the_rest(site, settings, elsewhere):
    archive = back_up(settings)
    elsewhere()
    restore(archive)
    make_request()
    new = default_storage.save("images/new.jpg", ContentFile(b"new"))

    with (
        undeletable(default_storage.path(new)),
        pytest.raises(CommandError, match="database .* restored, but .* still there") as refusal,
    ):
        restore(archive, erase_database=True, erase_media=True)

    assert "Nothing is restored" not in str(refusal.value)
    assert AppointmentRequest.objects.count() == 1


@only_long
def test_without_taking_them_back_some_uploads_would_stay(site, settings, elsewhere, monkeypatch):
    archive = back_up(settings)
    monkeypatch.setattr(media, "erase", lambda _names: None)

    elsewhere()
    with files_no_larger_than(1_000_000), pytest.raises(CommandError):
        restore(archive)

    assert places.uploads()


@pytest.mark.slow
def test_a_backup_taken_while_people_write_is_one_state(site, settings, elsewhere):
    is_over = threading.Event()

    def write():
        while not is_over.is_set():
            make_request()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        archive = back_up(settings, without_media=True)
    finally:
        is_over.set()
        writer.join()

    elsewhere()
    restore(archive)

    assert AppointmentRequest.objects.count() == Event.objects.filter(kind="received").count()
