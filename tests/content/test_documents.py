"""Which documents editors may upload, and how readers get them."""

import json
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document

MIB = 1024 * 1024
SCRIPT = b"<script>alert(document.cookie)</script>"


def archive():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PACKED_SCRIPT = (
    b"endobj\n2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
    + zlib.compress(b"3 0 << /S /JavaScript /JS (alert(1)) >>")
    + b"\nendstream\nendobj"
)
HOSTILE_DOCUMENTS = {
    "an office file": ("letter.docx", archive(), "not a complete PDF"),
    "a page": ("page.html", b"<html>" + SCRIPT, "not a complete PDF"),
    "a page called .pdf": ("page.pdf", b"<html>" + SCRIPT, "not a complete PDF"),
    "a PDF behind a page": ("page.pdf", b"<html>" + SCRIPT + PDF, "not a complete PDF"),
    "a PDF cut short": ("cut.pdf", PDF[:-7], "not a complete PDF"),
    "a PDF with much behind its end": ("long.pdf", PDF + bytes(2000), "not a complete PDF"),
    "an archive called .pdf": ("zip.pdf", archive(), "not a complete PDF"),
    "a PDF that is an archive": ("zip.pdf", PDF + archive() + b"%%EOF", "print"),
    "a PDF with a script": (
        "script.pdf",
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (alert(1)) >>"),
        "carries scripts",
    ),
    "a PDF that starts a program": (
        "start.pdf",
        PDF.replace(b"/Catalog", b"/Catalog /AA << /S /Launch >>"),
        "carries scripts",
    ),
    "a PDF with a script spelled out": (
        "spelled.pdf",
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /J#61vaScript /JS (alert(1)) >>"),
        "carries scripts",
    ),
    "a PDF with a packed script": (
        "packed.pdf",
        PDF.replace(b"endobj", PACKED_SCRIPT),
        "carries scripts",
    ),
    "a PDF that carries a file": (
        "carrier.pdf",
        PDF.replace(b"/Catalog", b"/Catalog /Names << /EmbeddedFiles 2 0 R >>"),
        "carries scripts",
    ),
    "a PDF with another ending": ("leaflet.pdf.exe", PDF, "not a complete PDF"),
    "an empty document": ("empty.pdf", b"", "not a complete PDF"),
    "a PDF that is too large": ("large.pdf", PDF + bytes(21 * MIB) + PDF, "too large"),
}


@pytest.mark.parametrize(
    ("name", "data", "reason"), HOSTILE_DOCUMENTS.values(), ids=HOSTILE_DOCUMENTS.keys()
)
def test_a_hostile_document_is_refused(editor, name, data, reason):
    answer = editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "A leaflet", "files[]": SimpleUploadedFile(name, data)},
    )

    told = json.loads(answer.content)
    assert told["success"] is False
    assert reason.lower() in told["error_message"].lower()
    assert not Document.objects.exists()


def test_a_document_is_handed_out_for_keeping_not_for_opening(editor, client):
    editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "A leaflet", "files[]": SimpleUploadedFile("leaflet.pdf", PDF)},
    )

    answer = client.get(Document.objects.get().url)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("name", ["../../settings.pdf", "..\\..\\settings.pdf", "/etc/leaflet.pdf"])
def test_a_name_with_a_path_in_it_leads_nowhere_else(editor, name):
    editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "A leaflet", "files[]": SimpleUploadedFile(name, PDF)},
    )

    stored = Document.objects.get().file.name
    assert stored.startswith("documents/")
    assert ".." not in stored
    assert stored.count("/") == 1
