"""Finding what a PDF would do besides being read, wherever it writes that down."""

import re
import zlib
from contextlib import suppress

ACTION = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
# A name may spell any of its letters by number: /J#61vaScript.
SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
# How far before a stream its description begins, and how much a stream of objects may hold.
DESCRIPTION = 500
MOST_UNPACKED = 4 * 1024 * 1024


def has_actions(data):
    """Does this PDF carry scripts, programs or other files, also in packed or spelled-out names?"""
    return any(ACTION.search(spelled_out(part)) for part in (data, *packed_objects(data)))


def spelled_out(data):
    return SPELLED.sub(lambda code: bytes.fromhex(code[1].decode()), data)


def packed_objects(data):
    """The objects that the PDF keeps compressed, as far as they can be unpacked."""
    for stream in STREAM.finditer(data):
        before = data[max(0, stream.start() - DESCRIPTION) : stream.start()]
        if b"/ObjStm" in spelled_out(before):
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(stream[1], MOST_UNPACKED)
