"""A page's calls stay within one piece of Python's stack, however deep they are made."""

from resource import RUSAGE_SELF, getrusage

from clinic_site.stack_room import with_room

CALLS = 400
# Enough to come past the edge of a piece, wherever the tests themselves stand.
DEPTHS = range(200)


def draw(depth, _start_response):
    """Make many short calls at one depth, as a template does; count the pages of memory they took."""
    if depth:
        return draw(depth - 1, _start_response)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _call in range(CALLS):
        word()
    return getrusage(RUSAGE_SELF).ru_minflt - before


def word():
    """Together with what it calls it needs more than one step deeper does: no edge is missed."""
    return letter(*"abcdefgh")


def letter(*letters):
    return letters[0]


def most_pages_taken(application):
    return max(application(depth, None) for depth in DEPTHS)


def test_calls_at_no_depth_take_memory_from_the_system_each_time():
    assert most_pages_taken(with_room(draw)) < CALLS / 4


def test_without_room_calls_at_some_depth_do():
    assert most_pages_taken(draw) >= CALLS
