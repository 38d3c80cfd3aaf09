"""What is waiting for a member of staff: each kind counted and named in a fixed number of queries."""

from wagtail import hooks

from content.models import DangerMessage, GlossaryTerm, Source
from content.waiting import translations, upkeep
from content.waiting.kinds import Waiting


def waiting_for(user):
    """Everything that waits for this member of staff and that they may act on, urgent first."""
    kinds = [
        *told_by_other_apps(user),
        translations.behind_english(user),
        upkeep.submitted(user),
        translations.changed_originals(user),
        translations.untranslated(user),
        translations.missing_segments(user),
        upkeep.missed_searches(user),
        upkeep.broken_links(user),
        upkeep.recent_feedback(user),
        *(upkeep.unused(user, model) for model in (DangerMessage, Source, GlossaryTerm)),
    ]
    return [kind for kind in kinds if kind]


def told_by_other_apps(user):
    """What waits elsewhere on the site: each hook returns the arguments of some `Waiting`."""
    return [Waiting(**kind) for hook in hooks.get_hooks("construct_waiting") for kind in hook(user)]
