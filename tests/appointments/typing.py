"""What a patient types, and sending it step by step as a browser does."""

from datetime import timedelta

from django.utils import timezone

from clinic_site.appointments.keys import new_key
from clinic_site.appointments.spam import SIGNER, stamp

ADDRESS = "/en/appointments/"
FILLED_IN = {
    "is_for_other": "me",
    "name": "Test Person",
    "been_before": "no",
    "phone": "305-555-0188",
    "email": "test.person@example.com",
    "channel": "call",
    "may_leave_message": "yes",
    "best_time": "any",
    "language": "en",
    "reason": "migraine",
    "windows": ["tue_am"],
    "consent": "on",
}


def typed(**changes):
    """A form filled in without a mistake, but for the changes."""
    return FILLED_IN | changes


def opened_ago(seconds, key):
    """The stamp of a form that was opened a while ago."""
    then = (timezone.now() - timedelta(seconds=seconds)).timestamp()
    real, SIGNER.timestamp = SIGNER.timestamp, lambda: _base62(int(then))
    try:
        return stamp(key)
    finally:
        SIGNER.timestamp = real


def _base62(number):
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, rest = divmod(number, 62)
        text = digits[rest] + text
    return text


def opened():
    """A form that a person has had open for a minute: its key and its stamp."""
    key = new_key()
    return {"key": key, "opened": opened_ago(60, key)}


def hidden(answer):
    """The fields that a page carries to the next step."""
    fields: dict = {}
    for name, value in answer.context["kept"]:
        fields.setdefault(name, []).append(value)
    return fields


def send(client, address=ADDRESS, **changes):
    """Send a form that has been read over."""
    return client.post(address, typed(**(opened() | {"step": "send"} | changes)))


def go_through(client, **changes):
    """Send a form, past the emergency page if it comes; return the receipt's address."""
    answer = send(client, **({"heeded": "yes"} | changes))
    assert answer.status_code == 303, answer.content.decode()
    return answer.url
