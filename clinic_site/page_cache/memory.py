"""The pages that this process remembers, and what it has heard of changes."""

import threading
from collections import deque
from time import monotonic

from clinic_site.page_cache.journal import JournalUnavailableError

# How often the journal is read. A change shows within twice that.
LOOK_SECONDS = 0.25
# While the journal does not answer: how long a page is good, and until it is asked again.
UNSURE_SECONDS = 0.75
# How long an old page stands in for one that cannot be drawn, until drawing is tried again.
STAND_IN_SECONDS = 10
# Enough for the changes of a minute; a page that takes longer to draw is not remembered.
HEARD = 200


class PageMemory:
    """Pages by address, the oldest forgotten first when there is no room."""

    def __init__(self, journal, most_bytes, most_seconds):
        self.journal = journal
        self.most_bytes, self.most_seconds = most_bytes, most_seconds
        self.listeners: list = []
        self.pages: dict = {}
        self.bytes = 0
        self.heard: deque = deque(maxlen=HEARD)
        self.heard_in_all = 0
        self.is_sure = False
        self.next_look = 0.0
        self.looking, self.changing = threading.Lock(), threading.Lock()

    def look(self):
        """Read the journal if it is time to; if another thread does, go on without waiting."""
        if monotonic() < self.next_look or not self.looking.acquire(blocking=False):
            return
        try:
            self.apply(self.journal.read())
            self.is_sure = True
            self.next_look = monotonic() + LOOK_SECONDS
        except JournalUnavailableError:
            self.is_sure = False
            self.next_look = monotonic() + UNSURE_SECONDS
        finally:
            self.looking.release()

    def apply(self, changes):
        for touched in changes:
            with self.changing:
                self.heard.append(touched)
                self.heard_in_all += 1
                stale = [
                    key for key, (page, _t) in self.pages.items() if page.is_stale_after(touched)
                ]
                for key in stale:
                    self.forget(key)
            for listen in self.listeners:
                listen(touched)

    def recall(self, key):
        """The page at an address if it is known to be good."""
        page, drawn_at = self.pages.get(key, (None, 0.0))
        good_for = self.most_seconds if self.is_sure else UNSURE_SECONDS
        return page if page and monotonic() - drawn_at < good_for else None

    def stand_in(self, key):
        """The page as it last was, for want of a better one."""
        # Under the lock: a page that a change takes away meanwhile must not come back.
        with self.changing:
            page, _drawn_at = self.pages.get(key, (None, 0.0))
            if page:
                self.pages[key] = page, monotonic() - self.most_seconds + STAND_IN_SECONDS
        return page

    def remember(self, key, page, heard_before):
        """Keep a page, unless a change came while it was drawn (since `heard_before`)."""
        with self.changing:
            news = self.heard_in_all - heard_before
            if news > len(self.heard):
                return
            latest = list(self.heard)[len(self.heard) - news :]
            if any(page.is_stale_after(touched) for touched in latest):
                return
            self.forget(key)
            self.pages[key] = page, monotonic()
            self.bytes += page.size
            while self.bytes > self.most_bytes and self.pages:
                self.forget(next(iter(self.pages)))

    def forget(self, key):
        page, _drawn_at = self.pages.pop(key, (None, 0.0))
        if page:
            self.bytes -= page.size
