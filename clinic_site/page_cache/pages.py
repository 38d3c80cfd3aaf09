"""A page as it is kept: compressed once, with the headers it is sent with."""

import gzip
import hashlib
import re
from typing import NamedTuple

import brotli

# The first reader of a page waits 25 to 35 ms for it, and every reader has 8 % less to fetch than
# with quality 5, which takes 2 ms: the longest page fits 60 kB with all it loads only like this.
# Quality 11 takes 80 ms, for 2 % more.
BROTLI_QUALITY, GZIP_LEVEL = 10, 9
ENCODINGS = ("br", "gzip", "")
# What a 304 repeats, so that a cache on the way knows how long the page is good.
REPEATED = ("Cache-Control", "Vary")
# What differs from one answer to the next.
NOT_KEPT = ("Content-Encoding", "Content-Length", "Vary", "X-Accel-Expires")


class Answer(NamedTuple):
    """One encoding of a page."""

    etag: str
    headers: list
    body: bytes


class KeptPage(NamedTuple):
    """A page in every encoding, and what makes it stale."""

    pk: int
    drawn_with: frozenset
    answers: dict
    not_modified: dict
    size: int

    def is_stale_after(self, touched):
        return (
            touched.everything
            or self.pk in touched.pages
            or not self.drawn_with.isdisjoint(touched.renamed)
        )

    def answer(self, encoding):
        """The page in an encoding; unpacked for the few who understand none."""
        if encoding:
            return self.answers[encoding]
        etag, headers, packed = self.answers["gzip"]
        return plain(etag, headers, gzip.decompress(packed))


def keep(drawn, headers, body):
    """Compress the page that Django drew; `drawn` says which it is."""
    common = [(name, value) for name, value in headers if name not in NOT_KEPT]
    common.append(("Vary", "Accept-Encoding"))
    tag = tag_of(common, body)
    packed = {
        "br": brotli.compress(body, quality=BROTLI_QUALITY, mode=brotli.MODE_TEXT),
        "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0),
    }
    answers = {name: encoded(name, tag, common, data) for name, data in packed.items()}
    repeated = [(name, value) for name, value in common if name in REPEATED]
    not_modified = {name: [*repeated, ("ETag", etag_of(tag, name))] for name in ENCODINGS}
    size = sum(map(len, packed.values()))
    return KeptPage(drawn.pk, drawn.drawn_with, answers, not_modified, size)


def tag_of(headers, body):
    """A name for the page with its headers: told that a page is good, nginx keeps its old headers."""
    # Each process has an order of its own for the parts of a policy.
    parts = sorted((name, sorted(re.split(r"[;,]\s*", value))) for name, value in headers)
    return hashlib.blake2b(repr(parts).encode() + body, digest_size=12).hexdigest()


def etag_of(tag, encoding):
    return f'"{tag}-{encoding}"' if encoding else f'"{tag}"'


def encoded(name, tag, headers, data):
    etag = etag_of(tag, name)
    own = [("Content-Encoding", name), ("Content-Length", str(len(data))), ("ETag", etag)]
    return Answer(etag, headers + own, data)


def plain(etag, headers, body):
    tag = etag.strip('"').partition("-")[0]
    own = {"ETag": etag_of(tag, ""), "Content-Length": str(len(body))}
    kept = [(name, own.get(name, value)) for name, value in headers if name != "Content-Encoding"]
    return Answer(own["ETag"], kept, body)


def best_encoding(accepted):
    """The best encoding that an Accept-Encoding header allows."""
    if "q=0" not in accepted:
        return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
    wanted = dict(parse(part) for part in accepted.split(","))
    return next((name for name in ("br", "gzip") if wanted.get(name, 0) > 0), "")


def parse(part):
    """An encoding and its weight; one whose weight nobody understands is not wanted."""
    name, _semicolon, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0
