"""Readers who ask the site as a server does: through WSGI, memory first."""

import gzip
from io import BytesIO
from typing import NamedTuple
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from clinic_site.page_cache import memory as page_memory
from clinic_site.page_cache.answering import RememberedPages
from clinic_site.page_cache.journal import FileJournal
from clinic_site.page_cache.memory import PageMemory
from clinic_site.page_cache.setting_up import forget_what_all_pages_show
from content.telling_changes import pages_touched

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
ROOM, SECONDS = 32_000_000, 300


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return UNPACK[self.headers.get("Content-Encoding")](self.body).decode()


def ask(site, address, method="GET", query="", **headers):
    """What a WSGI application answers; `headers` as WSGI names them, such as HTTP_COOKIE."""
    path = address.encode().decode("latin-1")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    environ |= {"HTTP_HOST": "testserver", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO()}
    environ |= headers
    setup_testing_defaults(environ)
    head = []
    chunks = site(environ, lambda status, headers, *_: head.append((status, headers)))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    [(status, pairs)] = head
    return Answer(int(status.split()[0]), dict(pairs), body)


@pytest.fixture
def journal(tmp_path):
    """A journal that hears of every change on the site."""
    journal = FileJournal(tmp_path / "touched-pages")

    def write(touched, **kwargs):
        journal.write(touched)

    pages_touched.connect(write)
    yield journal
    pages_touched.disconnect(write)


@pytest.fixture
def lasting_connection(db):
    """The test's transaction outlives a request, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def new_process(lasting_connection, tmp_path, monkeypatch):
    """A function that starts the site with a memory of its own, as each process has."""
    monkeypatch.setattr(page_memory, "LOOK_SECONDS", 0)

    def start(site=None, journal=None):
        journal = journal or FileJournal(tmp_path / "touched-pages")
        memory = PageMemory(journal, ROOM, SECONDS)
        memory.listeners.append(forget_what_all_pages_show)
        return RememberedPages(site or WSGIHandler(), memory, settings.SESSION_COOKIE_NAME)

    return start


@pytest.fixture
def site(new_process):
    return new_process()
