"""How many ask, and how fast we answer: numbers for managers, and nobody's name."""

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from clinic_site.appointments.clinic import today, zone
from clinic_site.appointments.models import AppointmentRequest, KeptCount, Reason
from clinic_site.appointments.models.requests import LANGUAGES
from clinic_site.appointments.tally import CONTACTED, NUMBERS, WAIT, tally

KEYS = ("week", "reason_id", "language")


class Line(NamedTuple):
    """The numbers of one week, reason or language, or of all."""

    label: Any
    numbers: Counter

    def __getattr__(self, name):
        if name in NUMBERS:
            return self.numbers[name]
        raise AttributeError(name)

    @property
    def share_on_time(self):
        """In percent, of the answers that were due; None if none was."""
        due = self.numbers["answers_due"]
        return round(100 * self.numbers["on_time"] / due) if due else None

    @property
    def mean_wait(self):
        contacted = self.numbers["contacted"]
        minutes = self.numbers["minutes_to_contact"]
        return timedelta(minutes=minutes / contacted) if contacted else None


class Report(NamedTuple):
    total: Line
    weeks: list
    reasons: list
    languages: list
    # Of the requests not yet purged: sums outlive a purge, the middle of a list does not.
    median_wait: timedelta | None


def first_week(weeks):
    """The Monday on which a report over so many weeks begins, this week the last of them."""
    this_week = today() - timedelta(days=today().weekday())
    return this_week - timedelta(weeks=weeks - 1)


def rows_since(monday):
    """Living requests and purged ones as numbers, by week, reason and language."""
    living = AppointmentRequest.objects.filter(
        created_at__gte=datetime.combine(monday, time.min, zone())
    )
    kept = KeptCount.objects.filter(week__gte=monday).values(*KEYS, *NUMBERS)
    return [*tally(living), *kept], middle_wait(living)


def middle_wait(requests):
    """The median time to first contact: half of the patients waited no longer."""
    waits = requests.filter(CONTACTED).order_by(WAIT).values_list(WAIT, flat=True)
    middle = waits.count() // 2
    return next(iter(waits[middle : middle + 1]), None)


def build(weeks):
    """The report over the last weeks; the same few queries however many requests there are."""
    monday = first_week(weeks)
    rows, median = rows_since(monday)
    mondays = [monday + timedelta(weeks=number) for number in range(weeks)]
    reasons = [(reason.pk, reason) for reason in Reason.objects.all()]
    return Report(
        total=Line("", add_up(rows)),
        weeks=lines(rows, "week", zip(mondays, mondays, strict=True)),
        reasons=[line for line in lines(rows, "reason_id", reasons) if any(line.numbers.values())],
        languages=lines(rows, "language", LANGUAGES),
        median_wait=median,
    )


def rows_as_texts(weeks):
    """The report's numbers as a table: one row for each week, reason and language."""
    rows, _median = rows_since(first_week(weeks))
    reasons = {reason.pk: str(reason) for reason in Reason.objects.all()}
    totals: dict = {}
    for row in rows:
        key = (row["week"].isoformat(), reasons[row["reason_id"]], row["language"])
        totals.setdefault(key, []).append(row)
    yield ["week", "reason", "language", *NUMBERS]
    for key in sorted(totals):
        numbers = add_up(totals[key])
        yield [*key, *(str(numbers[name]) for name in NUMBERS)]


def lines(rows, key, labels):
    return [
        Line(label, add_up(row for row in rows if row[key] == value)) for value, label in labels
    ]


def add_up(rows):
    total: Counter = Counter()
    for row in rows:
        total.update({name: row[name] for name in NUMBERS})
    return total
