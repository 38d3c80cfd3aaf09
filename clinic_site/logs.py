"""Log lines without patients in them."""

import logging
import re
from copy import copy
from datetime import UTC, datetime
from traceback import format_tb

from pythonjsonlogger.json import JsonFormatter

# Whoever reads the log must not be able to open a patient's page, nor to choose a new password: not
# even when the link was typed wrong, with a capital or one slash too many.
PRIVATE_LINK = re.compile(
    r"(/appointments/+status/+|/password_reset/+confirm/+[^/\s]+/+)[^/\s\"\\]+", re.IGNORECASE
)
# Wagtail names whom it could not mail. At most 64 characters stand before the @ (RFC 5321), and a
# path of many thousand without one is looked through once.
MAIL_ADDRESS = re.compile(r"[^\s\"\\<>'@:,;]{1,64}@[^\s\"\\<>'@:,;]+")

# What a line of JSON may hold besides its message: see request_ids and access_log.
FACTS = ("request_id", "method", "view", "status", "milliseconds")


class PrivateFormatter(logging.Formatter):
    """Tells where an error was and what kind it is, not its words.

    They may quote what a patient typed: PostgreSQL's name the values of a row that it refuses.
    """

    def format(self, record):
        fresh = copy(record)
        fresh.exc_text = None
        return MAIL_ADDRESS.sub("*@*", PRIVATE_LINK.sub(r"\1*", super().format(fresh)))

    def formatException(self, exc_info):  # noqa: N802
        return "\n".join(told(error) for error in chain_of(exc_info[1]))


class PrivateJsonFormatter(PrivateFormatter, JsonFormatter):
    """The same as a line of JSON, of these facts alone.

    Whatever else a record carries stays out: Django's hold the request, with its address.
    """

    def add_fields(self, log_data, record, message_dict):
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(
            timespec="milliseconds"
        )
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = record.getMessage()
        log_data |= {name: vars(record)[name] for name in FACTS if vars(record).get(name)}
        if error := message_dict.get("exc_info"):
            log_data["error"] = error


def chain_of(error):
    """The errors that led to this one, the first one first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [*chain_of(before), error] if before else [error]


def told(error):
    return (
        f"{''.join(format_tb(error.__traceback__))}{type(error).__module__}.{type(error).__name__}"
    )
