"""Taking a reader’s answer, and thanking for it."""

from datetime import date, timedelta

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from content.feedback.forms import FeedbackForm
from content.feedback.limits import is_flooded, is_from_this_site
from content.feedback.scrubbing import scrub
from content.models import PageFeedback
from content.models.articles import ArticlePage

KEPT = timedelta(days=365)
GONE = _("The page you read is not here any more, so we could not save your answer.")
NOT_FROM_HERE = _("We could not tell that you sent this from our page. Please send it once more.")
TOO_MANY = _("We got many answers just now. Please wait a few minutes, then send yours again.")


def articles():
    """The pages that ask for feedback."""
    return Page.objects.live().public().type(ArticlePage)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request, pk):
    """Store an answer. Pages are the same for everyone, so no token protects this; limits do."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    page = articles().filter(pk=pk).first()
    if page is None:
        return show(request, form, None, 404, GONE)
    if request.method != "POST":
        return show(request, form, page, 200)
    if not is_from_this_site(request):
        return show(request, form, page, 403, NOT_FROM_HERE)
    if not form.is_valid():
        return show(request, form, page, 400)
    if not form.is_trapped:
        if is_flooded(request, page):
            return show(request, form, page, 429, TOO_MANY)
        store(page, form.cleaned_data)
    answer = redirect("content:thank_for_feedback", pk=page.pk)
    answer.status_code = 303
    return answer


def store(page, answer):
    """Keep one answer, scrubbed, and drop those that are old."""
    PageFeedback.objects.filter(given_on__lt=date.today() - KEPT).delete()
    comment = scrub(answer["comment"])[: PageFeedback._meta.get_field("comment").max_length]
    PageFeedback.objects.create(page=page, is_helpful=answer["is_helpful"], comment=comment)


def show(request, form, page, status, problem=""):
    """The form on a page of its own, with what was typed."""
    typed = form.data.get("comment", "")
    context = {"form": form, "article": page, "problem": problem, "typed": typed}
    return render(request, "content/feedback.html", context, status=status)


@require_safe
def thank_for_feedback(request, pk):
    page = get_object_or_404(articles(), pk=pk)
    return render(request, "content/feedback_thanks.html", {"article": page})
