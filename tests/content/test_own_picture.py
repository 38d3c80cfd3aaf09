"""The picture that staff may show of themselves: anybody can fetch it."""

import pytest
from PIL import Image
from wagtail.users.models import UserProfile

from tests.content.test_uploads import HOSTILE_PICTURES, phone_exif, picture, upload

FORM = {
    "name_email-first_name": "Some",
    "name_email-last_name": "Body",
    "name_email-email": "somebody@example.org",
    "locale-preferred_language": "en",
    "locale-current_time_zone": "America/New_York",
    "theme-theme": "system",
    "theme-density": "default",
    "theme-contrast": "system",
}
REFUSED = ["a GIF", "a moving WebP", "a bomb in pixels", "a JPEG with a page behind it"]


@pytest.fixture
def show(client, sign_in):
    """A function that gives somebody at the front desk a picture; returns the answer."""
    sign_in("Front desk")

    def show(name, data):
        return client.post("/admin/account/", FORM | {"avatar-avatar": upload(name, data)})

    return show


def kept():
    return UserProfile.objects.get().avatar


@pytest.mark.parametrize("size", [(60, 40), (600, 400)])
def test_what_a_phone_noted_in_a_picture_of_oneself_is_gone(show, client, size):
    """And the picture upright, under a name that the proxy hands out."""
    show("ME.JPG", picture(size=size, exif=phone_exif()))

    drawn = Image.open(kept())
    assert not drawn.getexif()
    assert drawn.width < drawn.height
    assert kept().name.endswith(".jpg")
    assert client.get("/admin/account/").status_code == 200


@pytest.mark.parametrize("case", REFUSED)
def test_a_picture_that_no_page_may_show_is_refused_with_its_reason(show, case):
    name, data, reason = HOSTILE_PICTURES[case]

    answer = show(name, data)

    assert reason in answer.content.decode()
    assert not kept()


def test_a_picture_of_oneself_can_be_taken_off_again(show, client):
    show("me.jpg", picture())
    storage, name = kept().storage, kept().name

    client.post("/admin/account/", FORM | {"avatar-avatar-clear": "on"})

    assert not kept()
    assert not storage.exists(name)
