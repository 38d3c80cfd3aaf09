"""What `make run` calls."""

from io import BytesIO, StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import override_settings
from PIL import Image

from content.models import ClinicImage
from content.starter.adopting import pages_to_adopt

pytestmark = pytest.mark.slow


def run(name, **options):
    output = StringIO()
    call_command(name, stdout=output, **options)
    return output.getvalue()


@pytest.fixture
def image(db):
    file = BytesIO()
    Image.new("RGB", (900, 600), "#1d6266").save(file, "JPEG")
    return ClinicImage.objects.create(title="Door", file=ImageFile(file, name="door.jpg"))


def test_preparing_makes_what_is_missing_and_changes_nothing_else(client, image):
    run("prepare")
    assert not get_user_model().objects.exists()

    with override_settings(DEBUG=True):
        said = run("prepare")

    assert "Database: up to date" in said
    assert "0 snippets and 0 pages made" in said
    assert "1 of 1 pictures" in said
    assert "Staff account: name demo, password demo-clinic-staff" in said
    assert get_user_model().objects.get().is_superuser
    assert not pages_to_adopt()
