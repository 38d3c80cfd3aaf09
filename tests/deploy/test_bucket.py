"""Uploads in object storage: to readers nothing differs, and nobody gets at the bucket itself."""

import re
from io import BytesIO

import boto3
import pytest
from django.conf import settings as site_settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer
from PIL import Image
from wagtail.documents import get_document_model

from clinic_site.settings.uploads import bucket
from content.models import ClinicImage, ConditionPage

pytestmark = pytest.mark.slow

NAME = "clinic-uploads"


@pytest.fixture(scope="module")
def server():
    """An S3 server on this machine; its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def objects(server, settings):
    """An empty bucket that the site stores its uploads in."""
    login = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    storage = boto3.client("s3", endpoint_url=server, region_name="us-east-1", **login)
    storage.create_bucket(Bucket=NAME)
    default = bucket(NAME, endpoint=server, region="us-east-1", key="key", secret="secret")
    settings.STORAGES = settings.STORAGES | {"default": default}
    yield storage
    for key in keys_in(storage):
        storage.delete_object(Bucket=NAME, Key=key)
    storage.delete_bucket(Bucket=NAME)


def keys_in(objects):
    return [found["Key"] for found in objects.list_objects_v2(Bucket=NAME).get("Contents", [])]


def upload_picture(client):
    file = BytesIO()
    Image.new("RGB", (1200, 800), "#1d6266").save(file, "JPEG")
    picture = SimpleUploadedFile("desk.jpg", file.getvalue(), "image/jpeg")
    fields = {"title": "The desk", "file": picture, "collection": "1", "description": "A desk"}
    answer = client.post("/admin/images/add/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return ClinicImage.objects.get(title="The desk")


def test_a_picture_goes_to_the_bucket_and_comes_from_this_site(objects, admin_client, client, db):
    picture = upload_picture(admin_client)
    rendition = picture.get_rendition("width-400|format-webp")

    assert {picture.file.name, rendition.file.name} <= set(keys_in(objects))
    assert rendition.url == f"/media/{rendition.file.name}"
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).width == 400


def test_a_page_shows_a_picture_of_the_bucket_by_this_sites_address(
    objects, server, admin_client, client, django_capture_on_commit_callbacks
):
    picture = upload_picture(admin_client)
    page = ConditionPage.objects.get(slug="dystonia", locale__language_code="en")
    value = {"image": {"image": picture.pk, "alt_text": "A desk", "decorative": False}}
    page.body = [*page.body.raw_data, {"type": "captioned_image", "value": value}]
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    text = client.get(page.url).content.decode()

    shown = set(re.findall(r"[^\s\",]*/images/desk[^\s\",]*", text))
    assert len(shown) == 6
    assert {address.partition("images/")[0] for address in shown} == {"/media/"}
    assert {client.get(address).status_code for address in shown} == {200}
    assert server not in text


def test_a_deleted_picture_is_gone_from_the_bucket_and_from_the_site(
    objects, admin_client, client, django_capture_on_commit_callbacks
):
    picture = upload_picture(admin_client)
    addresses = [picture.file.url, picture.get_rendition("width-400").url]
    assert [client.get(address).status_code for address in addresses] == [200, 200]

    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/images/{picture.pk}/delete/")

    assert keys_in(objects) == []
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_document_is_handed_out_by_the_site_alone(objects, server, client, db):
    pdf = SimpleUploadedFile("leaflet.pdf", b"%PDF-1.7 words")
    document = get_document_model().objects.create(title="Leaflet", file=pdf)

    answer = client.get(document.url)

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 words"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(document.file.url).status_code == 404


def test_nothing_is_uploaded_for_everybody_to_read(objects, admin_client, db):
    picture = upload_picture(admin_client)

    grants = objects.get_object_acl(Bucket=NAME, Key=picture.file.name)["Grants"]

    assert not [grant for grant in grants if "AllUsers" in grant["Grantee"].get("URI", "")]


def test_two_pictures_of_one_name_are_two_files(objects, admin_client, db):
    first = upload_picture(admin_client)
    ClinicImage.objects.filter(pk=first.pk).update(title="The first desk")
    second = upload_picture(admin_client)

    assert first.file.name != second.file.name


@pytest.mark.parametrize(
    "name",
    ["documents/leaflet.pdf", "images/none.jpg", "images/page.html", "images/../a.jpg", "a.jpg"],
)
def test_anything_but_a_stored_picture_is_not_found(objects, client, db, name):
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.one_database
def test_a_provider_that_hangs_is_given_up_before_nginx_gives_us_up():
    address = "http://127.0.0.1:9"
    options = bucket(NAME, endpoint=address, region="us-east-1", key="key", secret="secret")
    nginx = (site_settings.BASE_DIR / "clinic_site/deploy/nginx/site.conf").read_text()

    patience = storages.create_storage(options).connection.meta.client.meta.config
    longest = patience.connect_timeout + patience.read_timeout

    of_nginx = min(int(seconds) for seconds in re.findall(r"proxy_read_timeout (\d+)s;", nginx))
    assert longest * patience.retries["total_max_attempts"] < of_nginx
