"""Which archives stay: all of the last hours, then one an hour, then one a day.

The newest say what happened a moment ago, when a server dies; the older ones help against a mistake
that nobody noticed at once. None is kept for long: it holds patients that the site has forgotten.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

NAME = re.compile(r"clinic-site-(\d{8}T\d{6}Z)(-database)?\.tar(\.age)?")
STAMP = "%Y%m%dT%H%M%SZ"


class Rule(NamedTuple):
    """Until an archive is so old, the newest one of each such time is kept."""

    age: timedelta
    each: str


# With a backup every five minutes: 24 archives, 46 and 28.
RULES = (
    Rule(timedelta(hours=2), "%Y%m%dT%H%M%S"),
    Rule(timedelta(days=2), "%Y%m%dT%H"),
    Rule(timedelta(days=30), "%Y%m%d"),
)


def name_for(now, is_database_only, is_encrypted):
    part = "-database" * is_database_only
    return f"clinic-site-{now.strftime(STAMP)}{part}.tar{'.age' * is_encrypted}"


def archives(folder):
    """The archives of ours in a folder, the newest first, each with its time and its kind."""
    found = [(match, path) for path in folder.iterdir() if (match := NAME.fullmatch(path.name))]
    return sorted(
        ((made_at(match[1]), match[2] or "", path) for match, path in found), reverse=True
    )


def made_at(stamp):
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)


def outdated(folder, now):
    """Yield the archives that no rule keeps. Those without media count apart.

    The newest of each kind stays whatever its age: it may be the last one there is.
    """
    taken: set = set()
    for made, kind, path in archives(folder):
        rule = next((rule for rule in RULES if now - made <= rule.age), None)
        slot = (kind, rule, made.strftime(rule.each)) if rule else None
        is_newest = kind not in taken
        if not is_newest and (slot is None or slot in taken):
            yield path
        taken |= {kind, slot}


def forget_old(folder, now):
    """Delete the archives that no rule keeps; say how many."""
    old = list(outdated(folder, now))
    for path in old:
        path.unlink()
    return len(old)
