"""A small application that takes its time, so that some request is always under way."""

import os
import time

PAGE = b"<form><input name=key value=x></form>"


def application(environ, start_response):
    time.sleep(0.02)
    status = "422 Unprocessable Content" if environ["REQUEST_METHOD"] == "POST" else "200 OK"
    start_response(status, [("Content-Type", "text/html"), ("X-Served-By", os.environ["RELEASE"])])
    return [PAGE]
