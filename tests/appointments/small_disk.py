"""A disk that is soon full."""

import shutil
import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def small_disk(folder, megabytes):
    """A disk of this size in this place, as long as it is needed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("SKIPPED, NOT PASSED: only root may make a small disk.")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    """Take all the room there is; return the file that does."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while free := shutil.disk_usage(folder).free:
            try:
                file.write(bytes(min(free, 2**20)))
            except OSError:
                break
    return ballast
