"""What an uploaded file must be, what is taken off it, and why one is refused.

A picture is drawn anew from its pixels, so that nothing else that was in the file is kept: where
and with what it was taken, thumbnails, comments, color profiles, and whatever hides in them.
"""

import re
import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import AbstractImage
from wagtail.models import UploadedFile

from content.pdf_actions import has_actions

PICTURE_REASONS = {
    "invalid_image": _(
        "This file cannot be read as a picture: it is damaged, cut short, or no picture at all."
        " Open it in a photo program, save it as a JPEG, and upload the new file."
    ),
    "invalid_image_extension": _(
        "Upload a JPEG, PNG, WebP or AVIF picture. SVG files can carry scripts, and moving GIFs"
        " can hurt readers with migraine. Save the picture as a PNG, and upload that."
    ),
    "invalid_image_known_format": _(
        "The file’s name says %(extension)s, but the file holds %(image_format)s. Open it in a"
        " photo program, save it as a JPEG or PNG, and upload the new file."
    ),
    "file_too_large": _(
        "This file is too large (%(file_size)s). The most is %(max_filesize)s. Make the picture"
        " smaller in a photo program, 2,000 pixels wide is plenty, and upload the new file."
    ),
    "file_too_many_pixels": _(
        "This picture has too many pixels. The most is %(max_pixels_count)s. Make it smaller in a"
        " photo program, 2,000 pixels wide is plenty, and upload the new file."
    ),
}
PICTURE_MOVES = _(
    "This picture moves. Moving pictures can hurt readers with migraine. Upload one still picture."
)
PICTURE_HIDES_CODE = _(
    "Something else hides in this picture: a script, a web page or an archive. If it is yours,"
    " open it in a photo program, save it as a new JPEG, and upload that. If somebody sent it to"
    " you, do not open it, and tell the person who looks after the website."
)
NOT_A_PDF = _(
    "This file is not a complete PDF, which every phone can open. Open it in the program it was"
    " written in, export it as a PDF, and upload the new file."
)
PDF_HIDES_CODE = _(
    "This PDF carries scripts, programs or other files. Print it to a new PDF, and upload that."
)
DOCUMENT_TOO_LARGE = _(
    "This file is too large (%(size)s; the most is %(limit)s). Export it with smaller pictures,"
    " and upload the new file."
)

CODE = re.compile(
    rb"<(?:html|body|script|iframe|!doctype|\?php|svg\s)|%pdf-|javascript:|\b(?:alert|eval)\("
    rb"|function\s?\(|document\.(?:cookie|write|location)|fromcharcode|xmlhttprequest",
    re.IGNORECASE,
)
# How Pillow’s decoders fail on a broken picture.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    RuntimeError,
    struct.error,
    zlib.error,
)
PRINTABLE = bytes(range(32, 127)) + b"\t\r\n"
PNG_END = b"IEND\xaeB`\x82"
# Phones write JPEGs with a second picture behind the first, which Pillow calls MPO.
JPEG_NAMES = ("JPEG", "MPO")
# How each kind of picture is saved, and in which of its modes without loss.
SAVING: dict[str, tuple[dict, set]] = {
    "JPEG": ({"quality": 90, "optimize": True}, {"L", "RGB"}),
    "PNG": ({"optimize": True}, {"1", "L", "LA", "I;16", "RGB", "RGBA"}),
    "WEBP": ({"quality": 90}, {"RGB", "RGBA"}),
    "AVIF": ({"quality": 80}, {"RGB", "RGBA"}),
}


class CleanPicture(SimpleUploadedFile):
    """An upload that holds a picture and nothing else."""


def check_header(upload, limit):
    """Refuse what a picture’s first bytes announce: too many pixels for memory, or movement."""
    upload.seek(0)
    try:
        with suppress(*BROKEN):
            image = Image.open(upload)
            refuse_movement(image)
            refuse_size(image.width * image.height, limit)
    except Image.DecompressionBombError:
        refuse_size(limit + 1, limit)
    upload.seek(0)


def refuse_size(pixels, limit):
    if pixels > limit:
        reason = PICTURE_REASONS["file_too_many_pixels"]
        raise ValidationError(reason, code="bomb", params={"max_pixels_count": limit})


def refuse_movement(image):
    # A phone’s second picture behind a JPEG does not make it move.
    if image.format not in JPEG_NAMES and getattr(image, "is_animated", False):
        raise ValidationError(PICTURE_MOVES, code="moves")


def clean_picture(upload):
    """Return the upload drawn anew, or refuse it with a reason an editor can act on."""
    if isinstance(upload, CleanPicture):
        return upload
    upload.seek(0)
    data = upload.read()
    if hides_code(data):
        raise ValidationError(PICTURE_HIDES_CODE, code="hides_code")
    image = read_picture(data)
    refuse_movement(image)
    kind = "JPEG" if image.format in JPEG_NAMES else image.format
    if kind not in SAVING:
        raise ValidationError(PICTURE_REASONS["invalid_image_extension"], code="kind")
    # Site and proxy hand out no file whose name ends in capitals, as those of cameras do.
    name = PurePath(upload.name)
    name = name.with_suffix(name.suffix.lower())
    return CleanPicture(str(name), draw_anew(image, kind), Image.MIME[kind])


def read_picture(data):
    """Open and decode a picture completely; a broken one is refused."""
    try:
        image = Image.open(BytesIO(data))
        image.load()
    except BROKEN as error:
        raise ValidationError(PICTURE_REASONS["invalid_image"], code="invalid_image") from error
    return image


def draw_anew(image, kind):
    """The picture's pixels, upright and in sRGB, in a new file."""
    options, modes = SAVING[kind]
    upright = ImageOps.exif_transpose(image)
    plain = in_srgb(upright)
    if plain.mode not in modes:
        keeps_holes = plain.has_transparency_data and "RGBA" in modes
        plain = plain.convert("RGBA" if keeps_holes else "RGB")
    plain.info = {}
    drawn = BytesIO()
    plain.save(drawn, kind, **options)
    return drawn.getvalue()


def in_srgb(image):
    """The picture in the colors every screen assumes, since its color profile will go."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return image


def hides_code(data):
    """Would anything but a picture viewer find something to run in this file?"""
    return bool(
        CODE.search(data) or zipfile.is_zipfile(BytesIO(data)) or is_text(behind_picture(data))
    )


def behind_picture(data):
    """What follows the picture's own end, where phones put harmless binary data."""
    if data.startswith(b"\xff\xd8"):
        return data.rpartition(b"\xff\xd9")[2]
    if data.startswith(b"\x89PNG"):
        return data.rpartition(PNG_END)[2] if PNG_END in data else b""
    if data.startswith(b"RIFF"):
        return data[8 + int.from_bytes(data[4:8], "little") :]
    return b""


def is_text(data):
    """Is this text somebody wrote, rather than a camera's data or padding?"""
    written = data.strip(b"\0 \t\r\n")
    unprintable = written.translate(None, PRINTABLE)
    return len(written) > 4 and len(unprintable) < len(written) / 10


def check_document(upload, limit):
    """Refuse what is no PDF, or more than one."""
    if upload.size > limit:
        sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(limit)}
        raise ValidationError(DOCUMENT_TOO_LARGE, code="too_large", params=sizes)
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    is_named = upload.name.lower().endswith(".pdf")
    if not is_named or not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise ValidationError(NOT_A_PDF, code="not_a_pdf")
    if has_actions(data) or zipfile.is_zipfile(BytesIO(data)):
        raise ValidationError(PDF_HIDES_CODE, code="hides_code")


def clean_new_picture(image):
    """Keep nothing of an image's new file but the picture, whatever way it came."""
    if image.file and not image.file._committed:
        image.file = clean_picture(image.file.file)


def clean_waiting_upload(instance, **kwargs):
    """Clean a picture that Wagtail puts aside until an editor has mended its title."""
    model = instance.for_content_type and instance.for_content_type.model_class()
    if instance._state.adding and model and issubclass(model, AbstractImage):
        instance.file = clean_picture(instance.file.file)


def connect():
    pre_save.connect(clean_waiting_upload, sender=UploadedFile)
