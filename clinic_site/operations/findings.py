"""What a check of the site's health finds."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """How a part of the site is. Only DOWN says that this process can do nothing for anybody."""

    WELL = "well"
    CARE = "needs care"
    DOWN = "down"

    @property
    def words(self):
        return WORDS[self]


WORDS = {
    State.WELL: _("Well"),
    State.CARE: _("Needs care"),
    State.DOWN: _("Does not work"),
}


class Finding(NamedTuple):
    """A state, what it rests on, and what to do; both for the staff, neither about patients."""

    state: State
    says: str | Promise = ""
    advice: str | Promise = ""


class Check(NamedTuple):
    """A part of the site and the function that finds out how it is."""

    name: str
    label: str | Promise
    find: Callable[[], Finding]
    # What it asks. Checks that ask the same are made one after the other, over one connection.
    source: str = "database"
    # Can a process do nothing at all without this part? Then a proxy should ask another one.
    is_vital: bool = False
