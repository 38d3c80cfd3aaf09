"""Asking how things are without ever waiting long: a hang is an answer, too."""

import logging
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLongError
from threading import Lock, Thread
from time import monotonic

from django.conf import settings
from django.db import connections
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from clinic_site.operations.findings import Finding, State

logger = logging.getLogger(__name__)

ADVICE = _("Call whoever looks after the server. The log says more.")
FAILED = Finding(State.DOWN, _("It gives an error."), ADVICE)
HANGS = Finding(State.DOWN, _("It does not answer."), ADVICE)


class Watcher:
    """Makes checks in a thread for each thing that they ask, never in two for the same.

    So a part that hangs costs one thread and one connection, however often somebody asks.
    """

    def __init__(self):
        self.lock = Lock()
        self.rounds: dict[str, dict[str, Future]] = {}

    def findings(self, checks):
        """Return what each check finds within HEALTH_PATIENCE_SECONDS in all."""
        end = monotonic() + settings.HEALTH_PATIENCE_SECONDS
        sources = {check.source: [] for check in checks}
        for check in checks:
            sources[check.source].append(check)
        futures: dict = {}
        for source, asked in sources.items():
            futures |= self.start(source, asked)
        return [(check, finding_of(futures[check.name], end)) for check in checks]

    def start(self, source, checks):
        """Begin a round of checks, unless one is still going on; return what it will find."""
        with self.lock:
            futures = self.rounds.get(source)
            if futures is None or all(future.done() for future in futures.values()):
                futures = self.rounds[source] = {check.name: Future() for check in checks}
                # A daemon: whatever hangs must not keep the server from ending.
                arguments = (checks, futures, get_language())
                Thread(target=find_out, args=arguments, daemon=True).start()
            return futures


def find_out(checks, futures, language):
    try:
        with override(language):
            for check in checks:
                futures[check.name].set_result(finding(check))
    finally:
        connections.close_all()


def finding(check):
    try:
        return check.find()
    except Exception as error:
        # Its words may say more than a log should hold.
        logger.warning("Health check %s failed: %s", check.name, type(error).__name__)
        return FAILED


def finding_of(future, end):
    try:
        return future.result(timeout=max(0, end - monotonic()))
    except TooLongError:
        return HANGS


watcher = Watcher()
