"""Which archives stay, and which a backup deletes."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from clinic_site.operations.keeping import archives, forget_old, name_for

NOW = datetime(2026, 11, 20, 12, 2, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """A folder with an archive of each five minutes of three days, and of each day before."""
    ages = [timedelta(minutes=5 * number) for number in range(3 * 24 * 12)]
    for age in [*ages, *(timedelta(days=day) for day in range(3, 60))]:
        (tmp_path / name_for(NOW - age, False, True)).touch()
    return tmp_path


def ages_in(folder):
    return [NOW - made for made, _kind, _path in archives(folder)]


def test_all_of_two_hours_one_an_hour_for_two_days_one_a_day_for_thirty(folder):
    forget_old(folder, NOW)

    ages = ages_in(folder)
    assert len([age for age in ages if age <= timedelta(hours=2)]) == 25
    assert 45 <= len([age for age in ages if timedelta(hours=2) < age <= timedelta(days=2)]) <= 47
    assert 28 <= len([age for age in ages if age > timedelta(days=2)]) <= 30
    assert max(ages) <= timedelta(days=30)


def test_forgetting_again_and_again_keeps_what_the_rules_promise(folder):
    for hour in range(30):
        forget_old(folder, NOW + timedelta(hours=hour))

    days = {made.date() for made, _kind, _path in archives(folder)}
    assert len(days) >= 29


def test_the_last_archive_stays_however_old_it_is(tmp_path):
    (tmp_path / name_for(NOW - timedelta(days=400), False, False)).touch()

    assert forget_old(tmp_path, NOW) == 0


def test_frequent_archives_of_the_database_do_not_push_out_the_whole_ones(tmp_path):
    (tmp_path / name_for(NOW - timedelta(days=40), False, False)).touch()
    for minutes in range(60):
        (tmp_path / name_for(NOW - timedelta(minutes=minutes), True, False)).touch()

    assert forget_old(tmp_path, NOW) == 0


def test_files_of_others_are_left_alone(tmp_path):
    names = ["notes.txt", "clinic-site.tar", "clinic-site-20200101T000000Z.tar.age.bak"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / name_for(NOW, False, False)).touch()

    forget_old(tmp_path, NOW)

    assert {*names} < {path.name for path in tmp_path.iterdir()}


def test_a_backup_forgets_old_archives_unless_told_to_keep_all(site, settings):
    settings.BACKUP_DIR.mkdir()
    for year in (2020, 2021):
        made = datetime(year, 1, 1, tzinfo=UTC)
        (settings.BACKUP_DIR / name_for(made, False, False)).touch()

    call_command("backup", keep_all=True, stdout=StringIO())
    assert len(list(archives(settings.BACKUP_DIR))) == 3

    forget_old(settings.BACKUP_DIR, NOW + timedelta(days=1))
    assert len(list(archives(settings.BACKUP_DIR))) == 1
