"""One kind of thing that waits for somebody."""

from typing import NamedTuple

from django.urls import reverse

NAMED = 5


class Waiting(NamedTuple):
    """Some number of things that wait for the same act."""

    icon: str
    text: str
    # Each thing as (name, address of where to act), unless a list of its own has them.
    things: tuple = ()
    # Where that list is.
    url: str = ""
    is_urgent: bool = False

    @property
    def named(self):
        return self.things[:NAMED]

    @property
    def more(self):
        """How many more wait than are named."""
        return len(self.things) - len(self.named)


def edit_snippet(model, pk):
    return reverse(f"wagtailsnippets_content_{model._meta.model_name}:edit", args=[pk])
