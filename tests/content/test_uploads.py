"""What editors may upload, what is taken off it, and what they are told when it is refused."""

import json
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms
from wagtail.models import UploadedFile

from content.models import ClinicImage
from content.renditions import make_renditions

MIB = 1024 * 1024
EXIF_ORIENTATION, EXIF_CAMERA, EXIF_GPS = 0x0112, 0x0110, 0x8825
SCRIPT = b"<script>alert(document.cookie)</script>"


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options):
    file = BytesIO()
    Image.new(mode, size, "#1d6266" if mode == "RGB" else 90).save(file, kind, **options)
    return file.getvalue()


def phone_exif(orientation=6):
    """What a phone notes in a photo: its make, how it was held, and where it was."""
    exif = Image.Exif()
    exif[EXIF_CAMERA] = "A phone"
    exif[EXIF_ORIENTATION] = orientation
    exif[EXIF_GPS] = {1: "N", 2: (25.0, 46.0, 30.0), 3: "W", 4: (80.0, 11.0, 30.0)}
    return exif.tobytes()


def archive():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("run.js", "alert(1)")
    return file.getvalue()


def png_chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_bomb(width, height):
    """A small file that says it is a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * MIB)
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def moving(kind):
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=50)
    return file.getvalue()


def jpeg_that_is_a_script():
    """A JPEG whose first segment, read as JavaScript, opens a comment that a later one closes."""
    plain = picture()
    comment = b"*/=alert(1);/*"
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    return plain[:2] + segment + plain[2:]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
READ = "cannot be read as a picture"
HIDES = "Something else hides in this picture"
KINDS = "Upload a JPEG, PNG, WebP or AVIF picture"
HOSTILE_PICTURES = {
    "a bomb in pixels": ("bomb.png", png_bomb(30_000, 30_000), "too many pixels"),
    "a bomb just over the limit": ("bomb.png", png_bomb(7_100, 7_100), "too many pixels"),
    "a bomb beyond what Pillow opens": ("bomb.png", png_bomb(60_000, 60_000), "too many pixels"),
    "a bomb that lies about its data": ("short.png", png_bomb(3_000, 3_000), READ),
    "a JPEG cut short": ("cut.jpg", picture(size=(600, 400))[:900], READ),
    "a PNG cut short": ("cut.png", picture("PNG")[:60], READ),
    "a WebP cut short": ("cut.webp", picture("WEBP", (600, 400))[:100], READ),
    "an empty picture": ("empty.jpg", b"", "empty"),
    "a page called .jpg": ("page.jpg", b"<!doctype html><title>Hello</title>" + SCRIPT, READ),
    "words called .png": ("words.png", b"No picture at all.", READ),
    "a program called .jpg": ("setup.jpg", b"MZ" + bytes(500), READ),
    "a JPEG with a page behind it": ("page.jpg", picture() + b"<html>" + SCRIPT, HIDES),
    "a JPEG with an archive behind it": ("zip.jpg", picture() + archive(), HIDES),
    "a JPEG with words behind it": ("words.jpg", picture() + b"\n;fetch('/admin/');//", HIDES),
    "a JPEG that is a script": ("script.jpg", jpeg_that_is_a_script(), HIDES),
    "a JPEG with code in its comment": ("php.jpg", picture(comment=b"<?php echo 1;"), HIDES),
    "a PNG with a page behind it": ("page.png", picture("PNG") + SCRIPT, HIDES),
    "a PNG with words behind it": ("words.png", picture("PNG") + b"\n;fetch('/admin/');//", HIDES),
    "a PNG that is a PDF": ("pdf.png", picture("PNG") + b"%PDF-1.7\n%%EOF", HIDES),
    "a WebP with words behind it": ("words.webp", picture("WEBP") + b"=1;location='x'", HIDES),
    "a GIF that is a script": ("script.gif", b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)", KINDS),
    "a GIF": ("still.gif", picture("GIF"), KINDS),
    "a drawing with a script": ("drawing.svg", SVG % SCRIPT, KINDS),
    "a drawing that asks for another file": (
        "drawing.svg",
        SVG % b'<image href="http://127.0.0.1/admin/"/>',
        KINDS,
    ),
    "a drawing called .png": ("drawing.png", SVG % SCRIPT, "the file holds svg"),
    "a PNG called .jpg": ("other.jpg", picture("PNG"), "name says jpeg, but the file holds png"),
    "a JPEG called .html": ("page.html", picture(), KINDS),
    "a JPEG with two endings": ("photo.jpg.html", picture(), KINDS),
    "a TIFF": ("scan.tiff", picture("TIFF"), KINDS),
    "a moving PNG": ("moving.png", moving("PNG"), "This picture moves"),
    "a moving WebP": ("moving.webp", moving("WEBP"), "This picture moves"),
    "a file that is too large": ("large.jpg", picture() + bytes(15 * MIB), "too large"),
}
hostile_pictures = pytest.mark.parametrize(
    ("name", "data", "reason"), HOSTILE_PICTURES.values(), ids=HOSTILE_PICTURES.keys()
)


def upload(name, data):
    return SimpleUploadedFile(name, data)


def add_one(editor, file):
    return editor.post(reverse("wagtailimages:add"), {"title": "A picture", "file": file})


def add_many(editor, file, title="A picture"):
    answer = editor.post(reverse("wagtailimages:add_multiple"), {"title": title, "files[]": file})
    return json.loads(answer.content)


def add_in_chooser(editor, file):
    prefix = "image-chooser-upload"
    return editor.post(
        reverse("wagtailimages_chooser:create"),
        {f"{prefix}-title": "A picture", f"{prefix}-file": file},
    )


@hostile_pictures
def test_a_hostile_picture_is_refused_among_many(editor, name, data, reason):
    answer = add_many(editor, upload(name, data))

    assert answer["success"] is False
    assert reason in answer["error_message"]
    assert not ClinicImage.objects.exists()
    assert not UploadedFile.objects.exists()


WAYS_IN = {"alone": add_one, "in the chooser": add_in_chooser}


@pytest.mark.parametrize("add", WAYS_IN.values(), ids=WAYS_IN.keys())
@pytest.mark.parametrize(
    "case", ["a bomb in pixels", "a JPEG with a page behind it", "a page called .jpg"]
)
def test_a_hostile_picture_is_refused_with_its_reason(editor, add, case):
    name, data, reason = HOSTILE_PICTURES[case]

    answer = add(editor, upload(name, data))

    assert reason in answer.content.decode()
    assert not ClinicImage.objects.exists()


def test_a_picture_is_not_swapped_for_a_hostile_one(editor):
    add_one(editor, upload("door.jpg", picture()))
    image = ClinicImage.objects.get()

    answer = editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "Door", "file": upload("door.jpg", picture() + SCRIPT)},
    )

    assert HIDES in answer.content.decode()
    assert SCRIPT not in ClinicImage.objects.get().file.read()


def what_is_left(image):
    """The stored file as Pillow reads it, after a look for anything but the picture."""
    data = image.file.read()
    assert b"Exif" not in data
    assert b"A phone" not in data
    with Image.open(BytesIO(data)) as opened:
        assert not opened.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(opened.info)
        return opened.convert("RGB")


EVERY_WAY_IN = {**WAYS_IN, "among many": add_many}


@pytest.mark.parametrize("add", EVERY_WAY_IN.values(), ids=EVERY_WAY_IN.keys())
def test_what_a_phone_noted_is_gone_and_the_picture_upright(editor, add):
    photo = picture(size=(60, 40), exif=phone_exif(orientation=6), comment=b"At home")

    add(editor, upload("photo.jpg", photo))

    image = ClinicImage.objects.get()
    assert (image.width, image.height) == (40, 60)
    assert what_is_left(image).size == (40, 60)
    assert image.file_size == image.file.size
    with image.open_file() as file:
        assert len(file.read()) == image.file_size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_kind_of_picture_keeps_its_pixels_only(editor, kind):
    photo = picture(kind, size=(64, 48), exif=phone_exif(orientation=1))

    add_many(editor, upload(f"photo.{kind.lower()}", photo))

    left = what_is_left(ClinicImage.objects.get())
    assert left.size == (64, 48)
    assert max(abs(a - b) for a, b in zip(left.getpixel((5, 5)), (29, 98, 102), strict=True)) < 6


def test_renditions_tell_nothing_either(editor):
    add_many(editor, upload("photo.jpg", picture(size=(900, 600), exif=phone_exif())))

    for rendition in make_renditions(ClinicImage.objects.get()).values():
        data = rendition.file.read()
        assert b"Exif" not in data
        with Image.open(BytesIO(data)) as opened:
            assert not opened.getexif()


def test_a_photo_that_waits_for_a_better_title_is_clean_already(editor):
    photo = picture(exif=phone_exif())
    answer = add_many(editor, upload("photo.jpg", photo), title="T" * 300)
    waiting = UploadedFile.objects.get()
    assert b"Exif" not in waiting.file.read()

    editor.post(
        reverse(
            "wagtailimages:create_multiple_from_uploaded_image", args=[answer["uploaded_file_id"]]
        ),
        {f"uploaded-image-{waiting.pk}-title": "A photo"},
    )

    assert what_is_left(ClinicImage.objects.get()).size == (40, 60)


@pytest.mark.parametrize("add", EVERY_WAY_IN.values(), ids=EVERY_WAY_IN.keys())
def test_a_photo_named_in_capitals_is_handed_out(editor, add):
    add(editor, upload("DSC_1.JPG", picture()))

    assert editor.get(ClinicImage.objects.get().file.url).status_code == 200


def test_a_photo_with_a_few_letters_behind_it_is_taken(editor):
    """Some phones and programs sign their pictures so."""
    answer = add_many(editor, upload("photo.jpg", picture() + b"SEFT"))

    assert answer["success"] is True
    assert b"SEFT" not in ClinicImage.objects.get().file.read()


def test_a_photo_with_a_second_one_behind_it_is_taken(editor):
    """Phones put depth maps and trailers behind the picture; those are dropped in silence."""
    first, second = Image.new("RGB", (60, 40)), Image.new("RGB", (30, 20))
    file = BytesIO()
    first.save(file, "MPO", save_all=True, append_images=[second])
    trailer = b"\0\0\x01\x0a\x0e\0\0\0SEFH" + bytes(range(200)) + b"SEFT"

    answer = add_many(editor, upload("photo.jpg", file.getvalue() + trailer))

    assert answer["success"] is True
    image = ClinicImage.objects.get()
    assert b"SEFT" not in image.file.read()
    assert (image.width, image.height) == (60, 40)


def test_a_clear_png_stays_clear(editor):
    file = BytesIO()
    Image.new("RGBA", (20, 20), (29, 98, 102, 0)).quantize().save(file, "PNG")

    add_many(editor, upload("shape.png", file.getvalue()))

    with Image.open(ClinicImage.objects.get().file) as opened:
        assert opened.convert("RGBA").getpixel((1, 1))[3] == 0


def test_a_color_profile_is_worked_into_the_picture(editor):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    add_many(editor, upload("photo.jpg", picture(icc_profile=profile)))

    assert what_is_left(ClinicImage.objects.get()).size == (60, 40)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_photo_of_another_mode_is_taken(editor, mode):
    photo = BytesIO()
    Image.new(mode, (20, 10)).save(photo, "JPEG")

    assert add_many(editor, upload("photo.jpg", photo.getvalue()))["success"] is True


def test_the_form_says_what_a_description_is_for(editor):
    text = editor.get(reverse("wagtailimages:add")).content.decode()

    assert "in one sentence, for people who cannot see it" in text
    assert "what the picture was taken is removed" in text
