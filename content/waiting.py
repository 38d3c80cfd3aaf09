"""What is waiting for a member of staff: each kind counted and named in a fixed number of queries."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import CharField, Count, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page, ReferenceIndex, TaskState, get_page_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.linked_pages import content_type
from content.models import (
    BrokenLink,
    DangerMessage,
    GlossaryTerm,
    PageFeedback,
    SearchMiss,
    Source,
)
from content.translated import FollowsEnglish

NAMED = 5
RECENT_DAYS = 30


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


def waiting_for(user):
    """Everything that waits for this member of staff and that they may act on, urgent first."""
    kinds = [
        *told_by_other_apps(user),
        behind_english(user),
        submitted(user),
        changed_originals(user),
        untranslated(user),
        missing_segments(user),
        missed_searches(user),
        broken_links(user),
        recent_feedback(user),
        *(unused(user, model) for model in (DangerMessage, Source, GlossaryTerm)),
    ]
    return [kind for kind in kinds if kind]


def told_by_other_apps(user):
    """What waits elsewhere on the site: each hook returns the arguments of some `Waiting`."""
    return [Waiting(**kind) for hook in hooks.get_hooks("construct_waiting") for kind in hook(user)]


def translates(user):
    return user.has_perm("wagtail_localize.submit_translation")


def edit_snippet(model, pk):
    return reverse(f"wagtailsnippets_content_{model._meta.model_name}:edit", args=[pk])


def submitted(user):
    states = TaskState.objects.reviewable_by(user).order_by("started_at")
    found = list(states.values_list("revision__object_str", "revision__object_id"))
    if not found:
        return None
    text = ngettext(
        "%(count)d page waits for your review", "%(count)d pages wait for your review", len(found)
    )
    named = [(name, reverse("wagtailadmin_pages:edit", args=[pk])) for name, pk in found]
    url = reverse("wagtailadmin_reports:workflow_tasks") + "?reviewable=true"
    return Waiting("clipboard-list", text % {"count": len(found)}, tuple(named), url)


def behind_english(user):
    """Translations whose English danger signs or side effects changed since."""
    if not translates(user):
        return None
    pages, *others = [
        behind(model).filter(live=True).values_list("title", "pk")
        for model in get_page_models()
        if issubclass(model, FollowsEnglish)
    ]
    found = [
        (title, reverse("wagtailadmin_pages:edit", args=[pk])) for title, pk in pages.union(*others)
    ]
    found += [
        (message.title, edit_snippet(DangerMessage, message.pk))
        for message in behind(DangerMessage)
    ]
    text = ngettext(
        "%(count)d translation has older danger signs or side effects than the English",
        "%(count)d translations have older danger signs or side effects than the English",
        len(found),
    )
    text %= {"count": len(found)}
    return Waiting("warning", text, tuple(found), is_urgent=True) if found else None


def behind(model):
    stale = model.objects.exclude(english_now=F("english_followed")).order_by()
    return stale.exclude(locale__language_code=settings.LANGUAGE_CODE)


def changed_originals(user):
    """Pages published in English since the translators' copy of their text was made."""
    if not translates(user):
        return None
    published_since = Page.objects.filter(
        translation_key=OuterRef("source__object_id"),
        locale=OuterRef("source__locale"),
        last_published_at__gt=OuterRef("source__last_updated_at"),
    )
    changed = Translation.objects.filter(Exists(published_since), enabled=True)
    found = changed.order_by("pk").values_list("source__object_repr", "source_id")
    named = [
        (name, reverse("wagtail_localize:update_translations", args=[pk])) for name, pk in found
    ]
    text = ngettext(
        "%(count)d page changed in English since its translation was begun",
        "%(count)d pages changed in English since their translations were begun",
        len(named),
    )
    text %= {"count": len(named)}
    return Waiting("rotate", text, tuple(named)) if named else None


def untranslated(user):
    """Live English pages that nobody has sent to the translators."""
    if not translates(user):
        return None
    # A copy that Wagtail keeps like the English page holds its English words.
    others = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    english = Page.objects.live().filter(
        ~Exists(others.exclude(locale=OuterRef("locale"))),
        locale__language_code=settings.LANGUAGE_CODE,
        depth__gt=1,
        alias_of=None,
    )
    named = [
        (title, reverse("wagtail_localize:submit_page_translation", args=[pk]))
        for title, pk in english.order_by("path").values_list("title", "pk")
    ]
    text = ngettext(
        "%(count)d page is in English only", "%(count)d pages are in English only", len(named)
    )
    text %= {"count": len(named)}
    return Waiting("globe", text, tuple(named)) if named else None


def missing_segments(user):
    """Translations with sentences that nobody has translated yet."""
    if not translates(user):
        return None
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    missing = StringSegment.objects.filter(~Exists(done), source=OuterRef("source"))
    count = Translation.objects.filter(Exists(missing), enabled=True).count()
    text = ngettext(
        "%(count)d translation has sentences still to translate",
        "%(count)d translations have sentences still to translate",
        count,
    )
    url = reverse("wagtail_localize:translations_report") + "?waiting_for_translation=true"
    return Waiting("edit", text % {"count": count}, url=url) if count else None


def missed_searches(user):
    if not user.has_perm("content.change_searchmiss"):
        return None
    count = SearchMiss.objects.count()
    text = ngettext(
        "Readers searched for %(count)d thing and found nothing",
        "Readers searched for %(count)d things and found nothing",
        count,
    )
    return (
        Waiting("search", text % {"count": count}, url=reverse("search_misses")) if count else None
    )


def broken_links(user):
    if not user.has_perm("content.view_brokenlink"):
        return None
    count = BrokenLink.objects.count()
    text = ngettext(
        "%(count)d link to another site was broken at the last check",
        "%(count)d links to other sites were broken at the last check",
        count,
    )
    url = reverse("broken_links")
    return Waiting("link", text % {"count": count}, url=url) if count else None


def recent_feedback(user):
    if not user.has_perm("content.view_pagefeedback"):
        return None
    since = timezone.localdate() - timedelta(days=RECENT_DAYS)
    answers = PageFeedback.objects.filter(given_on__gte=since).aggregate(
        count=Count("pk"), unhappy=Count("pk", filter=Q(is_helpful=False))
    )
    text = ngettext(
        "%(count)d answer to “Was this page helpful?” in the last 30 days, %(unhappy)d of them no",
        "%(count)d answers to “Was this page helpful?” in the last 30 days, %(unhappy)d of them no",
        answers["count"],
    )
    url = reverse("page_feedback")
    return Waiting("comment", text % answers, url=url) if answers["count"] else None


def unused(user, model):
    """Shared texts that no page refers to, in any language."""
    options = model._meta
    if not user.has_perm(f"content.delete_{options.model_name}"):
        return None
    used = ReferenceIndex.objects.filter(
        to_content_type=content_type(model), to_object_id=Cast(OuterRef("pk"), CharField())
    )
    used_keys = model.objects.filter(Exists(used)).values("translation_key")
    found = list(model.objects.exclude(translation_key__in=used_keys))
    name = options.verbose_name if len(found) == 1 else options.verbose_name_plural
    text = ngettext(
        "%(count)d %(name)s is used by no page",
        "%(count)d %(name)s are used by no page",
        len(found),
    )
    named = [(str(item), edit_snippet(model, item.pk)) for item in found]
    text %= {"count": len(found), "name": name}
    return Waiting("snippet", text, tuple(named)) if found else None
