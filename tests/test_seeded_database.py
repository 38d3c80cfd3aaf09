"""The database that tests begin with is made anew when what it depends on changes."""

import pytest
from django.conf import settings

from tests import seeded_database

pytestmark = pytest.mark.one_database


def test_code_that_migrations_call_counts_as_part_of_them():
    found = seeded_database.with_code_called_by(seeded_database.migrations())
    called = {path.relative_to(settings.BASE_DIR).as_posix() for path in found}

    assert {"content/groups.py", "clinic_site/appointments/roles.py"} <= called
    assert "clinic_site/appointments/states.py" in called, "roles.py takes permissions from it"
    assert {path for path in called if "/migrations/0001_" in path}
    assert "content/models/articles.py" not in called


def test_another_word_in_a_file_is_another_database(tmp_path):
    file = tmp_path / "groups.py"
    file.write_text("EDITORS = 1")
    before = seeded_database.digest_of([file])

    file.write_text("EDITORS = 2")

    assert seeded_database.digest_of([file]) != before
