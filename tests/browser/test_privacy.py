"""Reading the site tells nobody anything and breaks no policy.

EVERY_ADMIN_PAGE=1 opens each page of the admin that has an address of its own.
"""

import os
import re

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from tests.admin_addresses import admin_routes
from tests.browser.addresses import EVERYTHING, LOST, VIEWS

pytestmark = pytest.mark.browser

NOTE_VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
        violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
"""


@pytest.fixture(scope="module")
def requests():
    """The address of everything the browser asks for."""
    return []


@pytest.fixture(scope="module")
def complaints():
    """What goes wrong in the browser."""
    return []


@pytest.fixture(scope="module")
def reader(lasting_page, requests, complaints):
    page = lasting_page()
    page.add_init_script(NOTE_VIOLATIONS)
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


@pytest.mark.parametrize("address", EVERYTHING)
def test_a_page_stays_at_home(reader, requests, complaints, server, address):
    requests.clear()
    complaints.clear()

    reader.goto(address)

    assert requests
    assert [url for url in requests if not url.startswith(f"{server}/")] == []
    assert reader.evaluate("violations") == []
    # The form alone sets one, against requests sent in somebody's name.
    cookies = {cookie["name"] for cookie in reader.context.cookies()}
    assert cookies == ({"csrftoken"} if address in VIEWS else set())
    reader.context.clear_cookies()
    # Chromium reports the 404 itself.
    assert [line for line in complaints if address != LOST or "404" not in line] == []


def test_a_picture_from_elsewhere_would_be_noticed(reader, requests, complaints, server):
    requests.clear()
    complaints.clear()
    reader.goto("/en/")

    reader.evaluate("new Image().src = 'https://elsewhere.example/picture.png'")

    reader.wait_for_function("violations.length > 0")
    assert complaints
    reader.context.clear_cookies()


STAFF_PAGES = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/appointments/",
    "/admin/appointments/report/",
    "/admin/reports/site-history/",
    "/admin/settings/content/clinicsettings/",
    "/admin/users/",
    "/admin/account/",
]


# With nothing to fill in; one signs out, one is Wagtail's own page for a failure.
OWN_ADDRESS = re.compile(r"admin/(?!logout|failwhale)[a-z/_-]+")


def staff_pages():
    if "EVERY_ADMIN_PAGE" not in os.environ:
        return STAFF_PAGES
    found = [route for _name, route in admin_routes() if OWN_ADDRESS.fullmatch(route)]
    return [*STAFF_PAGES, *(f"/{route}" for route in found)]


def is_page(answer):
    return answer.status == 200 and "text/html" in answer.headers["content-type"]


def test_the_admin_stays_at_home_too(admin, server):
    asked = []
    admin.on("request", lambda request: asked.append(request.url))
    answers = {address: admin.request.get(address) for address in staff_pages()}
    pages = [address for address, answer in answers.items() if is_page(answer)]
    for address in pages:
        admin.goto(address)
    edit = Page.objects.live().filter(depth=3).first()
    admin.goto(f"/admin/pages/{edit.pk}/edit/")
    expect(admin.get_by_role("button", name="Toggle preview")).to_be_visible()

    assert set(STAFF_PAGES) <= set(pages)
    assert [address for address, answer in answers.items() if answer.status >= 500] == []
    # Pictures that are drawn on the spot ask nobody.
    own = (f"{server}/", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
