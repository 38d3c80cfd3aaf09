"""Forms as Hypothesis makes them up: some with a few strange answers, some strange throughout."""

from hypothesis import strategies as st

from clinic_site.appointments.words import WINDOWS, BestTime, Channel, Relationship
from tests.appointments.typing import FILLED_IN, opened, typed

NASTY = ["\x00", "\u202e", "\u200d", "<script>", "{{7*7}}", "=1+1", "' OR 1=1 --", "ﷺ" * 30]
words = st.text(max_size=60) | st.sampled_from(NASTY) | st.text("aé\u0301\u200d\u200b\t\r\n 李٣")
numbers = st.integers(-1, 40).map(str)
years = st.integers(1890, 2030).map(str)


def mostly(likely):
    return st.one_of(likely, likely, likely, likely, likely, likely, words)


def one_of(*values):
    return mostly(st.sampled_from(values))


phones = st.sampled_from(["305-555-0188", "(305) 555-0188 x12", "+44 20 7946 0018", ""])
ANSWERS = {
    "is_for_other": one_of("me", "other"),
    "requester_name": words,
    "relationship": one_of("", *Relationship.values),
    "name": mostly(words.map("A{}".format)),
    "birth_month": mostly(numbers | st.just("")),
    "birth_day": mostly(numbers | st.just("")),
    "birth_year": mostly(years | st.just("")),
    "been_before": one_of("yes", "no"),
    "shots_month": mostly(numbers | st.just("")),
    "shots_year": mostly(years | st.just("")),
    "phone": mostly(phones | st.from_regex(r"\+?[0-9٠-٩ ().x-]{5,24}", fullmatch=True)),
    "email": mostly(st.emails() | st.sampled_from(["test@example.com", "x@bücher.example", ""])),
    "channel": one_of(*Channel.values),
    "may_leave_message": one_of("yes", "no"),
    "best_time": one_of(*BestTime.values),
    "language": one_of("en", "es"),
    "interpreter_language": words,
    "reason": one_of(FILLED_IN["reason"]),
    "windows": st.lists(one_of(*WINDOWS), max_size=4),
    "access_needs": words,
    "note": words | st.text(max_size=520),
    "consent": one_of("on"),
    "website": st.just("") | words,
    "page": st.just("") | numbers | words,
    "heeded": st.just("yes") | words,
    "step": one_of("send"),
}


def changed(names):
    """A form filled in without a mistake, but for these fields."""
    return st.fixed_dictionaries({name: ANSWERS[name] for name in names}).map(
        lambda changes: typed(heeded="yes", step="send") | changes
    )


few = st.lists(st.sampled_from(sorted(ANSWERS)), max_size=6, unique=True)
any_form = few.flatmap(changed) | few.flatmap(changed) | st.fixed_dictionaries(ANSWERS)
sheets = (
    st.builds(opened) | st.builds(opened) | st.fixed_dictionaries({"key": words, "opened": words})
)
