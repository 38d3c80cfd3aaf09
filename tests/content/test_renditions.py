"""Pictures are ready in every size before the first reader comes."""

import re
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.blocks import StreamBlockValidationError

from content.models import ClinicImage, ClinicRendition, ConditionPage
from content.renditions import SPECS


def photo(color="#1d6266"):
    file = BytesIO()
    Image.new("RGB", (900, 600), color).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def image(db):
    return ClinicImage.objects.create(title="Door", file=ImageFile(BytesIO(photo()), "door.jpg"))


@pytest.fixture
def page(db):
    return ConditionPage.objects.get(slug="dystonia", locale__language_code="en")


def show(page, image, **words):
    """Add the picture to the page, and publish it."""
    value = {"image": {"image": image.pk, "alt_text": "A wide door", "decorative": False} | words}
    page.body = [*page.body.raw_data, {"type": "captioned_image", "value": value}]
    page.save_revision().publish()


@pytest.fixture
def published(page, image, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        show(page, image)
    return page


def test_publishing_makes_every_size_a_page_may_ask_for(published, image):
    made = set(image.renditions.values_list("filter_spec", flat=True))

    assert made == set(SPECS)
    assert len(made) == 6


def test_no_reader_waits_for_a_picture(client, published):
    before = set(ClinicRendition.objects.values_list("pk", flat=True))

    text = client.get(published.url).content.decode()

    assert set(ClinicRendition.objects.values_list("pk", flat=True)) == before
    for kind in ("avif", "webp", "jpg"):
        assert len(set(re.findall(rf"/media/images/[\w.-]+\.{kind}", text))) == 2
    assert 'alt="A wide door"' in text


def test_a_picture_swapped_for_another_is_ready_again(admin_client, client, published, image):
    admin_client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "Door", "file": SimpleUploadedFile("new.jpg", photo("red"))},
    )

    made = ClinicRendition.objects.filter(image=image, filter_spec__in=SPECS)
    assert made.count() == len(SPECS)
    with Image.open(made.get(filter_spec="format-jpeg|width-400").file) as opened:
        assert opened.getpixel((5, 5))[0] > 200


def test_a_picture_that_cannot_be_read_does_not_stop_the_page(
    client, page, image, django_capture_on_commit_callbacks
):
    image.file.storage.delete(image.file.name)

    with django_capture_on_commit_callbacks(execute=True):
        show(page, image)

    assert client.get(page.url).status_code == 200


def test_a_draft_makes_no_picture(page, image, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        value = {"image": {"image": image.pk, "alt_text": "A door", "decorative": False}}
        page.body = [*page.body.raw_data, {"type": "captioned_image", "value": value}]
        page.save_revision()

    assert not image.renditions.exists()


def clean(page, image, alt_text, decorative):
    value = {"image": {"image": image.pk, "alt_text": alt_text, "decorative": decorative}}
    block = page.body.stream_block
    return block.clean(block.to_python([{"type": "captioned_image", "value": value}]))


def test_a_picture_without_words_is_refused_with_the_two_ways_out(page, image):
    with pytest.raises(StreamBlockValidationError) as caught:
        clean(page, image, "", False)

    assert "add some alt text for your image or mark it as decorative" in str(
        caught.value.as_json_data()
    )


def test_a_picture_with_words_or_marked_decorative_is_accepted(client, page, image):
    clean(page, image, "A wide door", False)
    clean(page, image, "", True)


def test_the_words_are_explained_beside_their_field(admin_client, page):
    text = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "Readers who cannot see it hear this." in text


def test_a_decorative_picture_is_silent(client, page, image, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        show(page, image, alt_text="", decorative=True)

    picture = re.search(r"<picture>.*?</picture>", client.get(page.url).content.decode())[0]
    assert 'alt=""' in picture
