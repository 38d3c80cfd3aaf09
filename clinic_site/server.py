"""How the site is served: on a real server, in the drills and when it is measured.

The one command line for all three, so that what is tested is what runs. systemd's unit repeats it
in its own words (clinic_site/deploy/), and a test compares them.
"""

import ctypes
import sys
from contextlib import suppress
from importlib import import_module

from granian.cli import entrypoint

WORKERS = 2
# Enough for a few slow patients; the database's pool has as many connections, and two to spare.
THREADS = 8
# glibc's name for “how many heaps”, and as many as are of use to threads that take turns. By
# itself it gives each thread one, and each keeps what it once needed: 15 to 20 MB more in each worker.
M_ARENA_MAX, HEAPS = -8, 2
# Its name for “how large a piece goes back to the system once it is done with”. By itself it raises
# that to the largest piece so far, and keeps what the compressing of a page took: 10 MB a worker.
M_MMAP_THRESHOLD, GOES_BACK = -3, 256 * 1024


def command(port, application="clinic_site.wsgi:application", workers=WORKERS):
    """The command that serves `application` on this machine's `port`."""
    return [
        *(sys.executable, "-m", "clinic_site.server", application),
        *("--interface=wsgi", "--http=1", "--no-ws", "--log-level=error"),
        *(f"--workers={workers}", f"--blocking-threads={THREADS}"),
        *("--host=127.0.0.1", f"--port={port}"),
    ]


def keep_little():
    """Share and give back memory that was done with. Other systems' libraries do it already."""
    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_ARENA_MAX, HEAPS)
        mallopt(M_MMAP_THRESHOLD, GOES_BACK)


if __name__ == "__main__":
    keep_little()
    # Loaded once, before the workers part from this process, they share its memory: it is the
    # difference between 195 and 270 MB, and they start at once. New code needs a new process.
    import_module(sys.argv[1].partition(":")[0])
    entrypoint()
