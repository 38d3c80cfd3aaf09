"""The first morning of a new colleague: from a password to the admin."""

from base64 import b32decode

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import Group
from django_otp.oath import TOTP
from playwright.sync_api import expect

from content.groups import EDITORS
from tests.browser.test_privacy import NOTE_VIOLATIONS

pytestmark = pytest.mark.browser

PASSWORD = "what nora types"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async (tags) => {
    const { violations } = await axe.run("#main", { runOnly: tags });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
}"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def newcomer(db, django_user_model):
    user = django_user_model.objects.create_user("nora", password=PASSWORD)
    user.groups.add(Group.objects.get(name=EDITORS))
    yield user
    user.delete()


def check(page):
    """Nothing on the page is cut off, hidden from some people, or against the policy."""
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate("violations") == []
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(RUN_AXE, TAGS) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_newcomer_sets_up_a_phone_and_gets_in(new_page, newcomer, width):
    page = new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.add_init_script(NOTE_VIOLATIONS)
    page.goto("/admin/")
    check(page)
    page.get_by_label("Username").fill("nora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Set up your authenticator")).to_be_visible()
    expect(page.get_by_role("img", name="Square for the authenticator app")).to_be_visible()
    check(page)
    key = page.locator(".authenticator__key").inner_text().replace(" ", "")
    page.get_by_label("Code from the new authenticator").fill(f"{TOTP(b32decode(key)).token():06}")
    page.get_by_role("button", name="Continue").click()

    expect(page.locator(".recovery-codes li")).to_have_count(10)
    check(page)
    page.get_by_role("link", name="I have kept them").click()
    # On a narrow screen the menu is folded away.
    expect(page.get_by_role("heading", name="What is waiting")).to_be_visible()
