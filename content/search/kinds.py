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
    """A group of results: what one is called, the heading of more, and the page types in it."""

    name: str | Promise
    heading: str | Promise
    models: tuple


KINDS = [
    Kind(_("Condition"), _("More conditions"), (ConditionPage,)),
    Kind(_("Treatment"), _("More treatments"), (TreatmentPage,)),
    Kind(_("Question"), _("More questions"), (QuestionPage,)),
    Kind(
        _("Page"),
        _("More pages"),
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
