"""A mail server of our own on 127.0.0.1, with the faults of real ones."""

import email
import socketserver
import threading
from email.policy import default


class Talk(socketserver.StreamRequestHandler):
    """One SMTP conversation, as far as Django's backend takes it."""

    def handle(self):
        self.say("220 ready")
        for line in self.rfile:
            verb = line.split(maxsplit=1)[0].upper() if line.strip() else b""
            if verb == b"DATA":
                self.say("354 go on")
                self.take_message()
            elif verb == b"RCPT" and self.server.refuses:
                self.say("550 no such person")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take_message(self):
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line)
        self.server.take(b"".join(lines))
        if self.server.hangs_up:
            raise ConnectionAbortedError
        self.say("250 taken")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it takes.

    While `goes_on` is clear, it takes a message and does not say so; if it `hangs_up`, it never
    does. If it `refuses`, it knows nobody.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken = []
        self.has_taken = threading.Semaphore(0)
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.hangs_up = self.refuses = False

    @property
    def port(self):
        return self.server_address[1]

    def take(self, content):
        self.taken.append(email.message_from_bytes(content, policy=default))
        self.has_taken.release()
        self.goes_on.wait(20)

    def handle_error(self, request, client_address):
        """A worker that was killed hangs up: no words about that."""

    @property
    def ids(self):
        return [message["Message-ID"] for message in self.taken]
