"""The groups that results are shown in."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.models import (
    ConditionIndexPage,
    ConditionPage,
    FAQIndexPage,
    GlossaryPage,
    HelpPage,
    QuestionPage,
    StandardPage,
    TreatmentIndexPage,
    TreatmentPage,
)


# Told apart by which one it is: comparing the words would translate them each time.
@dataclass(frozen=True, eq=False)
class Kind:
    """A group of results: what one is called, the heading of more, and the page types in it.

    `also` leads to the other words that a page was found by.
    """

    name: str | Promise
    heading: str | Promise
    also: str | Promise
    models: tuple


KINDS = [
    Kind(_("Condition"), _("More conditions"), _("Also called:"), (ConditionPage,)),
    Kind(_("Treatment"), _("More treatments"), _("Also called:"), (TreatmentPage,)),
    Kind(_("Question"), _("More questions"), _("Also about:"), (QuestionPage,)),
    Kind(
        _("Page"),
        _("More pages"),
        _("Also about:"),
        (
            HelpPage,
            StandardPage,
            GlossaryPage,
            ConditionIndexPage,
            TreatmentIndexPage,
            FAQIndexPage,
        ),
    ),
]


def kinds_by_type():
    """The kind of each page type that is searched, by the id of its content type."""
    return {
        ContentType.objects.get_for_model(model).pk: kind for kind in KINDS for model in kind.models
    }
