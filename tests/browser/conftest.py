"""A browser, the seeded site served to it, and an editor in the admin."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page

from content.models import PageFeedback, SearchMiss
from tests.browser.signing_in import sign_in

# The shell has no window to draw, and takes a quarter less time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # The shell would move letters to whole pixels, which phones do not.
    "--font-render-hinting=none",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine is slow; a broken page stays broken.
expect.set_options(timeout=15_000)
NAME, PASSWORD = "editor", "what the editor types"


def pytest_collection_modifyitems(items):
    """Try a failed browser test once more: Wagtail's own scripts race each other when it is slow.

    The second try is counted in the last line of the run. What is broken fails twice.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def db(outside_transactions):
    """The seeded database outside any transaction, since the server writes from its own thread."""


@pytest.fixture
def server(db, running_server):
    """The address of the seeded site. What a test changes in it, the test puts back.

    What readers leave behind, searches and answers, goes by itself.
    """
    yield running_server.url
    SearchMiss.objects.all().delete()
    PageFeedback.objects.all().delete()


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no Chromium: the browser tests cannot run.")
        pytest.skip("SKIPPED, NOT PASSED: there is no Chromium on this machine.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running_server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()


@pytest.fixture
def new_page(chromium, server):
    """A function that opens a fresh browser page with the given context options."""
    contexts = []

    def open_page(**options):
        context = chromium.new_context(base_url=server, **options)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def lasting_page(chromium, running_server):
    """A function that opens a browser page for all tests of a module, for those that only read.

    A fresh page takes longer to open than to read, with nothing in its cache.
    """
    contexts = []

    def open_page(**options):
        contexts.append(chromium.new_context(base_url=running_server.url, **options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def superuser(db, django_user_model):
    """An editor. What the editor wrote goes when the editor goes, even if the test failed."""
    user = django_user_model.objects.create_superuser(NAME, password=PASSWORD)
    yield user
    for page in Page.objects.filter(owner=user):
        page.delete()
    user.delete()


@pytest.fixture
def admin(superuser, new_page):
    """The admin, with the editor logged in."""
    admin = new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    sign_in(admin, superuser, PASSWORD)
    expect(admin.get_by_role("navigation", name="Main menu")).to_be_visible()
    return admin
