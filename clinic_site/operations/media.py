"""Uploads, wherever they are stored: in a folder, or with a provider of object storage."""

from django.core.files import File
from django.core.files.storage import default_storage

from clinic_site.operations.archive import MEDIA, Member


def names(folder=""):
    """Yield the name of each upload, folder by folder, in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        # Object storage lists a folder as an empty name in itself.
        if name:
            yield f"{folder}{name}"
    for name in sorted(folders):
        yield from names(f"{folder}{name}/")


def members():
    """Yield the uploads to be archived. One that somebody deletes meanwhile is left out."""
    for name in names():
        try:
            size = default_storage.size(name)
            file = default_storage.open(name)
        except FileNotFoundError:
            continue
        yield Member(MEDIA + name, size, lambda file=file: file)


def is_empty():
    return next(names(), None) is None


def erase(unwanted):
    for name in unwanted:
        default_storage.delete(name)


def erase_others(wanted):
    """Delete every upload but these."""
    erase([name for name in names() if name not in wanted])


def put(name, source, size, erase):
    """Store an upload under the name that the database knows it by. Is it new there?"""
    is_new = not default_storage.exists(name)
    if not is_new and erase:
        default_storage.delete(name)
    try:
        stored = default_storage.save(name, Upload(source, name, size))
    except OSError:
        default_storage.delete(name)
        raise
    if stored != name:
        default_storage.delete(stored)
        raise FileExistsError(f"The storage would not take {name}.")
    return is_new


class Upload(File):
    """A file within an archive, whose size only the archive knows."""

    def __init__(self, source, name, size):
        super().__init__(source, name)
        self.size = size
