"""The sizes and formats in which pages show an editor's picture."""

from django.db import transaction
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.signals import page_published

FORMATS = ("avif", "webp", "jpeg")
WIDTHS = (400, 800)
SPECS = [f"format-{name}|width-{width}" for name in FORMATS for width in WIDTHS]


def make_renditions(image):
    """Make every size of `image` that a page may ask for, so that no reader waits for one."""
    return image.get_renditions(*SPECS)


def pictures_of(page):
    """The pictures that a page's streams show."""
    fields = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    references = [
        reference
        for field in fields
        for reference in field.extract_references(field.value_from_object(page))
    ]
    image_model = get_image_model()
    ids = {pk for model, pk, *_path in references if model is image_model}
    return image_model.objects.filter(pk__in=ids)


def prepare_pictures(instance, **kwargs):
    """Make the pictures of a page just published. One that fails is logged; the page is out."""
    pictures = list(pictures_of(instance))

    def make_all():
        for image in pictures:
            make_renditions(image)

    if pictures:
        transaction.on_commit(make_all, robust=True)


def connect():
    page_published.connect(prepare_pictures, dispatch_uid="content.prepare_pictures")
