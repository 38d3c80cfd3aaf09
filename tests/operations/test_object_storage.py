"""Uploads that lie with a provider of object storage are backed up and restored like others."""

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from tests.operations import places
from tests.operations.conftest import back_up, restore

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def provider():
    """The address of an S3 server on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(provider, settings):
    """A function that makes an empty bucket the place of the site's uploads."""
    account = {"access_key": "test", "secret_key": "test", "region_name": "us-east-1"}

    def use(name):
        boto3.client(
            "s3",
            endpoint_url=provider,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            region_name="us-east-1",
        ).create_bucket(Bucket=name)
        options = account | {"bucket_name": name, "endpoint_url": provider, "file_overwrite": False}
        storage = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"default": storage}

    return use


def test_uploads_in_one_bucket_come_back_in_another(site, settings, elsewhere, bucket):
    bucket("before")
    default_storage.save("images/2026/door.jpg", ContentFile(b"a door" * 300_000))
    default_storage.save("documents/ñandú.pdf", ContentFile(b"%PDF"))
    uploads, rows = places.uploads(), places.rows()
    archive = back_up(settings)

    elsewhere()
    bucket("after")
    restore(archive)

    assert places.uploads() == uploads
    assert places.rows() == rows
    assert len(uploads) == 2
