"""A memory of when each command that a timer runs last came to its end."""

from datetime import timedelta

from django.utils import timezone

from clinic_site.operations.models import TimerRun

# The mail worker comes to an end every five seconds: it need not be written down each time.
SELDOM = timedelta(minutes=1)


def note_run(name):
    """Write down that a command has done its work, in one statement that makes or changes the row."""
    TimerRun.objects.bulk_create(
        [TimerRun(name=name, finished_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["finished_at"],
    )


class Pulse:
    """A worker that goes on and on, noted once a minute."""

    def __init__(self, name):
        self.name, self.noted_at = name, None

    def beat(self):
        now = timezone.now()
        if self.noted_at is None or now - self.noted_at >= SELDOM:
            note_run(self.name)
            self.noted_at = now
