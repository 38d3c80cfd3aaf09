"""An archive of which one byte is wrong is refused, wherever the byte is."""

import tarfile
from io import BytesIO

import pyrage
import pytest
from django.core.management import CommandError

from clinic_site.operations import archive
from clinic_site.operations.encrypting import encrypt, identities
from tests.operations.conftest import restore

MANIFEST = {
    "made_at": "2026-11-20T12:00:00+00:00",
    "has_media": True,
    "database": {"vendor": "sqlite", "member": "database.sqlite3.gz", "rows": {"one": 1}},
}
FILES = {
    "database.sqlite3.gz": b"rows" * 40_000,
    "media/images/door.jpg": b"a door" * 400_001,
    "media/documents/\u00f1and\u00fa.pdf": b"%PDF",
}


def pieces():
    members = [
        archive.Member(name, len(content), lambda content=content: BytesIO(content))
        for name, content in FILES.items()
    ]
    return archive.sealed(archive.archived(members, MANIFEST))


@pytest.fixture
def path(tmp_path):
    """An archive in the clear."""
    file = tmp_path / "clinic-site.tar"
    file.write_bytes(b"".join(pieces()))
    return file


@pytest.fixture
def identity(tmp_path):
    """The file with the private key that opens the locked archive."""
    file = tmp_path / "identity.txt"
    file.write_text(f"# as age-keygen writes it\n{pyrage.x25519.Identity.generate()}\n")
    return file


@pytest.fixture
def locked(tmp_path, identity):
    """The same archive, encrypted."""
    [key] = identities(identity)
    file = tmp_path / "clinic-site.tar.age"
    with open(file, "wb") as target:
        encrypt(pieces(), target, str(key.to_public()))
    return file


def flip(path, place):
    """Change one bit of one byte; a second flip takes the first back."""
    with open(path, "r+b") as file:
        file.seek(place)
        [byte] = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 1]))


def regions(path):
    """A place in each part: headers, contents, the padding after them, and the zeros at the end."""
    with tarfile.open(path) as tar:
        for member in tar:
            yield f"header of {member.name}", member.offset
            yield f"type in the header of {member.name}", member.offset_data - 512 + 156
            yield f"rest of the header of {member.name}", member.offset_data - 1
            yield f"start of {member.name}", member.offset_data
            yield f"end of {member.name}", member.offset_data + member.size - 1
            if member.size % 512:
                yield (
                    f"padding of {member.name}",
                    member.offset_data + -(-member.size // 512) * 512 - 1,
                )
    end = path.stat().st_size
    yield from [("the first zero", end - 1024), ("the last zero", end - 1)]


def refused(path, **options):
    try:
        restore(path, check=True, **options)
    except CommandError as error:
        return "Nothing is restored" in str(error)
    return False


def test_a_whole_archive_is_called_whole(path):
    assert "2 uploads" in restore(path, check=True)


def test_a_wrong_byte_anywhere_is_noticed(path):
    unnoticed = []
    for name, place in regions(path):
        flip(path, place)
        if not refused(path):
            unnoticed.append(name)
        flip(path, place)

    assert unnoticed == []
    assert not refused(path)


def test_an_ordinary_tar_program_would_not_notice(path):
    """The twin: without the seal and the sums, a changed upload is read as if nothing had happened."""
    [place] = [place for name, place in regions(path) if name == "start of media/images/door.jpg"]
    flip(path, place)

    with tarfile.open(path) as tar:
        assert tar.extractfile("media/images/door.jpg").read(6) != b"a door"
        assert tar.getnames()[-1] == archive.SEAL


@pytest.mark.parametrize("size", [0, 100, 512, 5_000, -10_240, -512, -1])
def test_an_archive_that_is_cut_off_is_refused(path, size):
    with open(path, "r+b") as file:
        file.truncate(size if size >= 0 else path.stat().st_size + size)

    assert refused(path)


def test_bytes_behind_the_end_are_refused(path):
    with open(path, "ab") as file:
        file.write(bytes(100))

    assert refused(path)


def test_an_encrypted_archive_opens_with_its_key(locked, identity):
    assert "2 uploads" in restore(locked, check=True, identity=str(identity))


def test_a_wrong_byte_in_an_encrypted_archive_is_noticed(locked, identity):
    size = locked.stat().st_size
    places = [0, 30, 100, 180, 200, 300, size // 3, size // 2, size - 100, size - 1]
    unnoticed = []
    for place in places:
        flip(locked, place)
        if not refused(locked, identity=str(identity)):
            unnoticed.append(place)
        flip(locked, place)

    assert unnoticed == []


@pytest.mark.parametrize("less", [1, 100, 70_000])
def test_an_encrypted_archive_that_is_cut_off_is_refused(locked, identity, less):
    with open(locked, "r+b") as file:
        file.truncate(locked.stat().st_size - less)

    assert refused(locked, identity=str(identity))


def test_without_the_private_key_it_stays_shut(locked):
    with pytest.raises(CommandError, match="give the private key with --identity"):
        restore(locked)


def test_another_private_key_does_not_open_it(locked, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))

    with pytest.raises(CommandError, match="This identity does not open the archive"):
        restore(locked, identity=str(other))


@pytest.mark.parametrize("words", ["", "# nothing", "age1public"])
def test_a_file_without_a_private_key_is_refused(locked, tmp_path, words):
    empty = tmp_path / "empty.txt"
    empty.write_text(words)

    with pytest.raises(CommandError, match="holds no age identity"):
        restore(locked, identity=str(empty))


@pytest.mark.parametrize("name", ["media/../../etc/passwd", "/etc/passwd", "media//x", "seal"])
def test_a_name_outside_its_place_is_refused(tmp_path, name):
    file = tmp_path / "x.tar"
    member = archive.Member(name, 0, BytesIO)
    file.write_bytes(b"".join(archive.sealed(archive.archived([member], {}))))

    assert refused(file)
