"""Answers for public pages before Django is asked."""

import re

from clinic_site.page_cache.marking import ASKED, DRAWN, until_the_next_second
from clinic_site.page_cache.pages import best_encoding, keep

FOR_SHARED_CACHES = re.compile(r",?\s*s-maxage=\d+")


class RememberedPages:
    """The site's WSGI application, with a memory in front of it.

    Only what PublicPageMiddleware calls a public page is remembered, and only readers without a
    session are answered from memory. Everything else goes through untouched.
    """

    def __init__(self, site, memory, session_cookie):
        self.site, self.memory, self.session_cookie = site, memory, session_cookie

    def __call__(self, environ, start_response):
        key = self.key(environ)
        if key is None:
            return self.site(environ, start_response)
        self.memory.look()
        page = self.memory.recall(key)
        if page is None:
            return self.draw(key, environ, start_response)
        return send(page, environ, start_response)

    def key(self, environ):
        """What the answer depends on; None if this request is not for the memory.

        No public page depends on its query: what a campaign or Facebook hangs on an address is one
        more name of the same page.
        """
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if self.session_cookie in environ.get("HTTP_COOKIE", ""):
            return None
        scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
        # Anything else would be one more copy of a page for each word that somebody makes up, and
        # might pass for another scheme with Django than with us.
        if scheme not in ("http", "https"):
            return None
        return scheme, environ.get("HTTP_HOST"), environ["PATH_INFO"]

    def draw(self, key, environ, start_response):
        """Let Django answer, and remember the answer if it is a public page."""
        heard_before = self.memory.heard_in_all
        environ[ASKED] = True
        head: list = []
        chunks = self.site(environ, lambda *status_and_headers: head.append(status_and_headers))
        drawn = environ.pop(DRAWN, None)
        status, headers = head[0][:2]
        if status[0] == "5" and (page := self.memory.stand_in(key)):
            close(chunks)
            return send(page, environ, start_response)
        if drawn is None:
            start_response(*head[0])
            return chunks
        body = b"".join(chunks)
        close(chunks)
        page = keep(drawn, headers, body)
        self.memory.remember(key, page, heard_before)
        return send(page, environ, start_response)


def close(chunks):
    if hasattr(chunks, "close"):
        chunks.close()


def send(page, environ, start_response):
    encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag, headers, body = page.answer(encoding)
    until = ("X-Accel-Expires", until_the_next_second())
    is_known = etag in environ.get("HTTP_IF_NONE_MATCH", "")
    headers = page.not_modified[encoding] if is_known else headers
    if environ.get("QUERY_STRING"):
        headers = unshared(headers)
    start_response("304 Not Modified" if is_known else "200 OK", [*headers, until])
    return [] if is_known or environ["REQUEST_METHOD"] == "HEAD" else [body]


def unshared(headers):
    """The headers of a page that has a query: a CDN hears of changes by the bare address alone.

    If that makes a difference, they have a tag of their own. nginx remembers both under the bare
    address, and would take a 304 for the other one's headers.
    """
    said = dict(headers)
    control = FOR_SHARED_CACHES.sub("", said["Cache-Control"])
    if control == said["Cache-Control"]:
        return headers
    own = {"Cache-Control": control, "ETag": said["ETag"].removesuffix('"') + '-q"'}
    return [(name, own.get(name, value)) for name, value in headers]
