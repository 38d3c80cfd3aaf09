"""Telling programs from people, without puzzles, cookies or third parties, and losing nobody.

What looks like a program is not refused: its request waits in quarantine for a person to look,
and the sender sees the same pages as everybody.
"""

import re
from datetime import timedelta

from django.core import signing
from django.db import connection
from django.utils import timezone

from clinic_site.appointments.keys import fingerprint
from clinic_site.appointments.models import SenderCount

# Nobody reads and fills in the form within so many seconds.
LEAST_SECONDS = 3
# Requests within a day, from one address and for one phone or email. Families and hospitals share.
MOST_FROM_ADDRESS, MOST_FOR_CONTACT = 10, 3
# Within an hour from one address: beyond any family or hospital, and asked to call instead.
FLOOD = 60
KEPT = timedelta(days=1)
LINK = re.compile(r"https?:|www\.|\.(com|net|org|info|ru|cn|biz)\b", re.IGNORECASE)
ONE_MORE = """
    INSERT INTO appointments_sendercount (sender, hour, sent) VALUES (%s, %s, 1)
    ON CONFLICT (sender, hour) DO UPDATE SET sent = appointments_sendercount.sent + 1
"""
SIGNER = signing.TimestampSigner(salt="appointments.opened")


def stamp(key):
    """A signed note of when the form with this key was opened. It has no end: there is no limit."""
    return SIGNER.sign(key)


def age_in_seconds(text, key):
    """How long ago the form was opened, or None if the stamp is not ours or another form's."""
    try:
        if SIGNER.unsign(text) != key:
            return None
        opened_at = signing.b62_decode(text.rsplit(SIGNER.sep, 2)[1])
    except (signing.BadSignature, ValueError, IndexError):
        return None
    return timezone.now().timestamp() - opened_at


def signs_of_spam(form, sheet, lately):
    """What speaks against a person, in codes the desk reads; an empty list for most people.

    `lately` is how much each of the senders has sent, the address first.
    """
    data = form.cleaned_data
    age = age_in_seconds(sheet.opened, sheet.key)
    address, *contacts = (sum(hours.values()) for hours in lately)
    signs = {
        "trap": bool(data["website"]),
        "stamp": age is None,
        "too_fast": age is not None and age < LEAST_SECONDS,
        "link": bool(LINK.search(data["name"])),
        "many_from_address": address >= MOST_FROM_ADDRESS,
        "many_for_contact": any(contact >= MOST_FOR_CONTACT for contact in contacts),
    }
    return [name for name, speaks in signs.items() if speaks]


def senders_of(address, phone, email):
    """Names for who sends, hashed: the address first, then the contacts."""
    texts = [("address", address), ("phone", phone), ("email", email.lower())]
    return [fingerprint(text, f"sender.{kind}") for kind, text in texts if text]


def sent_lately(senders):
    """What each of these senders has sent within a day, by the hour."""
    rows = SenderCount.objects.filter(sender__in=senders, hour__gt=timezone.now() - KEPT)
    found = {sender: {} for sender in senders}
    for sender, hour, sent in rows.values_list("sender", "hour", "sent"):
        found[sender][hour] = sent
    return [found[sender] for sender in senders]


def is_flood(hours):
    """Is this more than any family or hospital sends within an hour?"""
    since = timezone.now() - timedelta(hours=1)
    return sum(sent for hour, sent in hours.items() if hour > since) >= FLOOD


def count(senders):
    """Note one more request from each of these senders."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    stored_hour = connection.ops.adapt_datetimefield_value(hour)
    with connection.cursor() as cursor:
        # Always in one order: two requests never wait for each other's rows.
        cursor.executemany(ONE_MORE, [(sender, stored_hour) for sender in sorted(senders)])
