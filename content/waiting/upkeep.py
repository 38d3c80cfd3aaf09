"""What waits for whoever looks after the pages: reviews, searches, links, answers, unused texts."""

from datetime import timedelta

from django.db.models import CharField, Count, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import ReferenceIndex, TaskState

from content.linked_pages import content_type
from content.models import BrokenLink, PageFeedback, SearchMiss
from content.waiting.kinds import Waiting, edit_snippet

RECENT_DAYS = 30


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
