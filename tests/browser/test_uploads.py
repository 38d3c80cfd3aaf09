"""Editors upload pictures, and read what is wrong with one."""

import pytest
from PIL import Image
from playwright.sync_api import expect
from wagtail.models import Page

from content.groups import EDITORS
from content.models import ClinicImage, ConditionIndexPage, ConditionPage
from tests.browser.desks import PATIENCE, member_of, sit_down
from tests.content.test_uploads import SCRIPT, SVG, phone_exif, picture

pytestmark = pytest.mark.browser

TITLE = "A condition with a picture"
NO_DESCRIPTION = "Please provide an image description"


@pytest.fixture
def editor(server):
    """An editor, with whom the editor's pages and pictures go."""
    with member_of(EDITORS) as editor:
        yield editor
        for page in Page.objects.filter(owner=editor):
            page.delete()
        for image in ClinicImage.objects.filter(uploaded_by_user=editor):
            image.delete()


@pytest.fixture
def desk(editor, new_page):
    return sit_down(new_page, editor)


@pytest.fixture
def draft(editor):
    """A page that the editor has begun."""
    conditions = ConditionIndexPage.objects.get(locale__language_code="en")
    page = ConditionPage(title=TITLE, summary="Two or three words.", live=False, owner=editor)
    conditions.add_child(instance=page)
    page.save_revision(user=editor)
    return page


def upload(desk, name, data):
    """Choose a file in the form for pictures, and return its line in the list below."""
    desk.goto("/admin/images/multiple/add/")
    kind = "image/svg+xml" if name.endswith("svg") else "image/jpeg"
    file = {"name": name, "mimeType": kind, "buffer": data}
    # Wagtail's script answers a chosen file only once it has run.
    expect(desk.locator(".drop-zone")).to_be_visible()
    desk.wait_for_function("() => !!jQuery('#fileupload').data('blueimpFileupload')")
    desk.locator("#fileupload").set_input_files(file)
    return desk.locator("#upload-list > li")


def test_a_photo_is_accepted_without_what_the_phone_noted(desk):
    photo = picture(size=(900, 600), exif=phone_exif(orientation=1), comment=b"At home")

    line = upload(desk, "door.jpg", photo)

    expect(line.get_by_text("Upload successful. Please")).to_be_visible(timeout=PATIENCE)
    stored = ClinicImage.objects.get(title="door").file.read()
    assert b"Exif" in photo
    assert b"Exif" not in stored
    assert b"A phone" not in stored
    with Image.open(ClinicImage.objects.get(title="door").file) as opened:
        assert opened.size == (900, 600)
        assert not opened.getexif()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("page.jpg", b"<!doctype html><title>Hello</title>" + SCRIPT, "no picture at all"),
        ("door.jpg", picture() + b"<html>" + SCRIPT, "Something else hides in this picture"),
        ("drawing.svg", SVG % SCRIPT, "SVG files can carry scripts"),
    ],
    ids=[
        "a web page called .jpg",
        "a picture with a web page behind it",
        "a drawing with a script",
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(desk, name, data, reason):
    line = upload(desk, name, data)

    expect(line.get_by_text("Sorry, upload failed.")).to_be_visible(timeout=PATIENCE)
    expect(line.get_by_text(reason)).to_be_visible()
    expect(line.get_by_text(NO_DESCRIPTION)).to_be_hidden()
    assert not ClinicImage.objects.exists()


def test_a_picture_without_words_is_told_of_at_once_and_refused_on_a_page(draft, desk):
    line = upload(desk, "door.jpg", picture(size=(900, 600)))
    expect(line.get_by_text(NO_DESCRIPTION)).to_be_visible(timeout=PATIENCE)
    expect(line).to_contain_text("for people who cannot see it")
    expect(line.get_by_label("Description")).to_have_value("")

    desk.goto(f"/admin/pages/{draft.pk}/edit/")
    desk.locator("#body-root").get_by_title("Insert a block").last.click()
    desk.get_by_role("option", name="Captioned image", exact=True).click()
    desk.get_by_role("button", name="Choose an image").click()
    desk.locator(".modal").get_by_role("link", name="door").click()
    expect(desk.locator(".modal")).to_be_hidden()
    words = desk.locator('[name="body-0-value-image-alt_text"]')
    expect(words).to_have_value("")
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Submit to Clinical review").click()

    mistake = desk.locator("#body-0-value-image-alt_text-errors")
    expect(mistake).to_contain_text("Please add some alt text", timeout=PATIENCE)
    assert not draft.workflow_in_progress
