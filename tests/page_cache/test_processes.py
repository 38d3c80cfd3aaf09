"""A real server of two processes, and an editor's change that a third process makes."""

import pytest

from tests.appointments.drill import Site, until

ADDRESS = "/en/about/"
# New connections land on either process; so many in a row meet both.
READERS = 30
WORDS = "Words that an editor has just published."
PUBLISH = f"""
from content.models import StandardPage
page = StandardPage.objects.get(slug="about", locale__language_code="en")
page.summary = "{WORDS}"
page.save_revision().publish()
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def db(outside_transactions):
    """Outside any transaction, since other processes read a copy of it."""


def readers_of_new_words(site):
    pages = [site.ask("GET", address=ADDRESS).text for _reader in range(READERS)]
    return sum(WORDS in page for page in pages)


def test_every_process_shows_a_change_soon(database, tmp_path):
    with Site(database, CACHE_URL=f"file://{tmp_path}/touched-pages") as site:
        assert readers_of_new_words(site) == 0

        site.manage("shell", "--no-imports", "-c", PUBLISH)

        until(lambda: readers_of_new_words(site) == READERS)


def test_processes_that_do_not_hear_of_it_show_the_old_page(database):
    with Site(database, CACHE_URL="") as site:
        assert readers_of_new_words(site) == 0

        site.manage("shell", "--no-imports", "-c", PUBLISH)

        assert readers_of_new_words(site) < READERS
