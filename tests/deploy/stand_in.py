"""A small application that marks its pages as the site's page cache does, and can fail on demand."""

import gzip
import threading
import time
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import brotli

COMPRESS = {"br": brotli.compress, "gzip": gzip.compress, "": bytes}
PAGE = "<!doctype html><html lang=en><title>{words}</title>" + "<p>plain words</p>" * 200


class PatientServer(WSGIServer):
    request_queue_size = 128


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class StandIn:
    """Pages that nginx may remember for the second they were asked in, and some that it may not."""

    special: dict[str, list[tuple[str, str]]] = {
        "/en/with-cookie/": [("Set-Cookie", "sessionid=x")],
        "/en/private/": [("Cache-Control", "private")],
        "/en/no-store/": [("Cache-Control", "no-store")],
        "/en/by-reader/": [("Vary", "Accept-Encoding, Cookie")],
        "/media/images/stored.jpg": [("Vary", "Accept-Language"), ("X-Accel-Expires", "3600")],
    }

    def __init__(self):
        self.words, self.fails_with, self.keeps = "first", None, None
        self.status = "200 OK"
        self.asked: list[dict] = []
        # Nobody is answered until it is set.
        self.answers = threading.Event()
        self.answers.set()
        self.start()

    def start(self, port=0):
        self.server = make_server("127.0.0.1", port, self, PatientServer, QuietHandler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def __call__(self, environ, start_response):
        environ["body"] = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.asked.append(environ)
        self.answers.wait(10)
        if self.fails_with:
            start_response(self.fails_with, [("Content-Type", "text/html")])
            return [b"the application's own page"]
        encoding = environ.get("HTTP_ACCEPT_ENCODING", "")
        etag = f'"{self.words}-{encoding}"'
        headers = self.headers(environ["PATH_INFO"], encoding, etag)
        if environ.get("HTTP_IF_NONE_MATCH") == etag:
            start_response("304 Not Modified", headers)
            return []
        start_response(self.status, headers)
        return [COMPRESS[encoding](PAGE.format(words=self.words).encode())]

    def headers(self, path, encoding, etag):
        named = {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "public, max-age=0, must-revalidate",
            "Vary": "Accept-Encoding",
            "ETag": etag,
            # Until the end of this second: a number of seconds reaches into the one after it.
            "X-Accel-Expires": self.keeps or f"@{int(time.time())}",
        }
        named |= {"Content-Encoding": encoding} if encoding else {}
        return list((named | dict(self.special.get(path, []))).items())

    def answered(self, path):
        return sum(request["PATH_INFO"] == path for request in self.asked)
