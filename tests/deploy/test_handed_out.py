"""What nginx hands out itself: static files and pictures."""

import gzip

import brotli
import pytest

from tests.deploy.proxy import BROTLI

pytestmark = pytest.mark.one_database


def put(folder, name, text="body { }"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode()))
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(text.encode()))


def test_static_files_come_compressed_and_for_good(proxy, application):
    put(proxy.folder / "static", "css/site.0123456789ab.css")

    answer = proxy.ask("/static/css/site.0123456789ab.css", Accept_Encoding="gzip")

    assert gzip.decompress(answer.body) == b"body { }"
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "includeSubDomains" in answer.headers["Strict-Transport-Security"]
    assert application.asked == []


@pytest.mark.skipif(not BROTLI.exists(), reason="SKIPPED: Debian's brotli module is not installed")
def test_with_debians_module_brotli_comes_first(proxy):
    put(proxy.folder / "static", "css/site.0123456789ab.css")

    answer = proxy.ask("/static/css/site.0123456789ab.css", Accept_Encoding="gzip, br")

    assert answer.headers["Content-Encoding"] == "br"


def test_a_static_file_without_a_fingerprint_is_kept_for_a_minute(proxy):
    put(proxy.folder / "static", "css/print.css")

    assert proxy.ask("/static/css/print.css").headers["Cache-Control"] == "public, max-age=60"


def test_only_pictures_are_handed_out_of_the_uploads(proxy, application):
    for name in ("images/a.avif", "images/a.html", "images/a.svg", "documents/a.pdf", "a.png"):
        put(proxy.folder / "media", name)

    answer = proxy.ask("/media/images/a.avif")

    assert answer.headers["Content-Type"] == "image/avif"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("images/a.html", "images/a.svg", "documents/a.pdf", "a.png", "images/../a.png"):
        assert proxy.ask(f"/media/{name}").status in (400, 404), name
    assert application.answered("/media/documents/a.pdf") == 0


def test_a_picture_that_lies_elsewhere_is_fetched_once(proxy, application):
    for language in ("en", "es"):
        answer = proxy.ask("/media/images/stored.jpg", Accept_Language=language)
        assert answer.status == 200

    assert application.answered("/media/images/stored.jpg") == 1
    assert "HTTP_ACCEPT_ENCODING" not in application.asked[-1]
