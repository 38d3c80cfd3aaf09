"""How processes hear of each other's changes: by a file on one machine, by Redis on several."""

import uuid

import pytest
from redis import Redis, RedisError

from clinic_site.page_cache import journal as journals
from clinic_site.page_cache.journal import JournalUnavailableError, open_journal, to_line
from content.touched_pages import EVERYTHING, Touched
from tests.page_cache.conftest import ask

ADDRESS = "/en/about/"
ONE = Touched(frozenset({1, 2}), frozenset({3}))
OTHER = Touched(frozenset({4}))
SERVER = "redis://127.0.0.1:6379/0"


def redis_answers():
    try:
        return Redis.from_url(SERVER, socket_connect_timeout=1).ping()
    except RedisError:
        return False


@pytest.fixture(params=["file", "redis"])
def url(request, tmp_path, monkeypatch):
    """Where a journal of its own is."""
    if request.param == "file":
        yield f"file://{tmp_path}/touched"
        return
    if not redis_answers():
        pytest.skip(f"SKIPPED, NOT PASSED: there is no Redis at {SERVER}.")
    name = f"tests:{uuid.uuid4()}"
    monkeypatch.setattr(journals, "NAME", name)
    yield SERVER
    Redis.from_url(SERVER).delete(name)


@pytest.fixture
def reader(url):
    """A process that has begun to read."""
    reader = open_journal(url)
    reader.read()
    return reader


def test_a_reader_hears_of_each_change_once_and_in_order(url, reader):
    writer = open_journal(url)
    writer.write(ONE)
    writer.write(OTHER)

    assert reader.read() == [ONE, OTHER]
    assert reader.read() == []

    writer.write(EVERYTHING)
    assert reader.read() == [EVERYTHING]


def test_every_reader_hears_of_every_change(url, reader):
    other = open_journal(url)
    other.read()

    open_journal(url).write(ONE)

    assert ONE in reader.read()
    assert ONE in other.read()


def test_a_reader_who_lost_their_place_hears_of_everything(url, reader, monkeypatch):
    monkeypatch.setattr(journals, "MOST_LINES", 2)
    monkeypatch.setattr(journals, "MOST_BYTES", 10)
    writer = open_journal(url)
    for _change in range(300):
        writer.write(ONE)

    assert EVERYTHING in reader.read()
    writer.write(OTHER)
    assert reader.read()[-1] in (OTHER, EVERYTHING)


def test_a_journal_that_was_emptied_means_everything(url, reader, tmp_path):
    open_journal(url).write(ONE)
    reader.read()
    if url == SERVER:
        Redis.from_url(SERVER).delete(journals.NAME)
    else:
        (tmp_path / "touched").unlink()
        open_journal(url).write(OTHER)

    assert EVERYTHING in reader.read()


def test_a_journal_that_is_away_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    for url in ("redis://127.0.0.1:1/0", f"file://{tmp_path}/file/touched"):
        with pytest.raises(JournalUnavailableError):
            open_journal(url).write(ONE)


def test_a_journal_that_cannot_be_read_says_so_and_loses_no_change(tmp_path):
    path = tmp_path / "touched"
    reader = open_journal(f"file://{path}")
    reader.write(ONE)
    number, size = reader.end()
    path.unlink()
    path.mkdir()
    reader.end = lambda: (number, size)

    with pytest.raises(JournalUnavailableError):
        reader.read()

    path.rmdir()
    path.write_text(to_line(ONE) + "\n")
    assert reader.read() == [ONE]


def test_while_the_journal_is_away_pages_are_good_for_a_moment_only(new_process, monkeypatch):
    site = new_process(journal=open_journal("redis://127.0.0.1:1/0"))
    ask(site, ADDRESS)
    key = ("http", "testserver", ADDRESS)

    assert site.memory.pages[key]
    assert not site.memory.is_sure
    monkeypatch.setattr("clinic_site.page_cache.memory.UNSURE_SECONDS", 0)
    assert site.memory.recall(key) is None
    assert ask(site, ADDRESS).status == 200


def test_a_memory_that_took_no_answer_for_no_change_would_keep_them(new_process, monkeypatch):
    site = new_process(journal=open_journal("redis://127.0.0.1:1/0"))
    monkeypatch.setattr(site.memory.journal, "read", list)
    monkeypatch.setattr("clinic_site.page_cache.memory.UNSURE_SECONDS", 0)

    ask(site, ADDRESS)

    assert site.memory.recall(("http", "testserver", ADDRESS))


def test_two_processes_show_a_change_that_a_third_made(url, new_process):
    first, second = (new_process(journal=open_journal(url)) for _process in range(2))
    for site in (first, second):
        ask(site, ADDRESS)
        assert site.memory.pages

    open_journal(url).write(EVERYTHING)

    for site in (first, second):
        site.memory.look()
        assert not site.memory.pages
