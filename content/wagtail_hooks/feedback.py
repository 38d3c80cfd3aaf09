"""What readers said of the pages: a report, and a way to it from each page."""

import django_filters
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button
from wagtail.models import Locale, Page
from wagtail.permission_policies import ModelPermissionPolicy

from content.models import PageFeedback
from content.models.articles import ArticlePage

VIEW = "content.view_pagefeedback"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def answer_of(feedback):
    return _("Yes") if feedback.is_helpful else _("No")


def not_a_formula(text):
    """The text as spreadsheets show it, rather than as one would compute it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def say_counts(feedback):
    """How many said yes and how many no, in words."""
    counts = feedback.order_by().aggregate(
        yes=Count("pk", filter=Q(is_helpful=True)), no=Count("pk", filter=Q(is_helpful=False))
    )
    return _("%(yes)d yes, %(no)d no") % counts


class FeedbackFilterSet(WagtailFilterSet):
    page = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Page"), queryset=Page.objects.filter(feedback__isnull=False).distinct()
    )
    page__locale = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Language"), queryset=Locale.objects.all()
    )
    is_helpful = django_filters.ChoiceFilter(
        label=gettext_lazy("Helpful"),
        choices=[("True", gettext_lazy("Yes")), ("False", gettext_lazy("No"))],
    )
    given_on = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Day"), widget=DateRangePickerWidget
    )

    class Meta:
        model = PageFeedback
        fields = ["page", "page__locale", "is_helpful", "given_on"]


class FeedbackReport(ReportView):
    model = PageFeedback
    permission_policy = ModelPermissionPolicy(PageFeedback)
    permission_required = "view"
    page_title = gettext_lazy("Was this page helpful?")
    header_icon = "comment"
    index_url_name = "page_feedback"
    index_results_url_name = "page_feedback_results"
    filterset_class = FeedbackFilterSet
    export_filename = "page-feedback"
    list_export = ["page.title", "page.url_path", "answer", "comment", "given_on"]
    export_headings = {
        "page.title": gettext_lazy("Page"),
        "page.url_path": gettext_lazy("Address"),
        "answer": gettext_lazy("Helpful"),
    }
    custom_field_preprocess = {"comment": {"csv": not_a_formula, "xlsx": not_a_formula}}

    def get_queryset(self):
        return PageFeedback.objects.select_related("page__locale")

    def get_page_subtitle(self):
        return say_counts(self.object_list)

    def to_row_dict(self, item):
        item.answer = answer_of(item)
        return super().to_row_dict(item)

    @property
    def columns(self):
        columns = [
            TitleColumn(
                "page",
                label=_("Page"),
                get_url=lambda item: reverse("wagtailadmin_pages:edit", args=[item.page_id]),
            ),
            Column("page.locale", label=_("Language")),
            Column("is_helpful", label=_("Helpful"), accessor=answer_of),
            Column("comment", label=_("What could be better")),
            Column("given_on", label=_("Day")),
        ]
        if self.user_has_permission("delete"):
            columns.append(
                TitleColumn(
                    "delete",
                    label="",
                    accessor=lambda item: _("Delete"),
                    get_url=lambda item: reverse("delete_page_feedback", args=[item.pk]),
                )
            )
        return columns


class DeleteFeedback(DeleteView):
    """For a line that says more of a person than it should."""

    model = PageFeedback
    permission_policy = ModelPermissionPolicy(PageFeedback)
    index_url_name = "page_feedback"
    delete_url_name = "delete_page_feedback"


@hooks.register("register_admin_urls")
def feedback_urls():
    return [
        path("reports/feedback/", FeedbackReport.as_view(), name="page_feedback"),
        path(
            "reports/feedback/results/",
            FeedbackReport.as_view(results_only=True),
            name="page_feedback_results",
        ),
        path(
            "reports/feedback/<int:pk>/delete/",
            DeleteFeedback.as_view(),
            name="delete_page_feedback",
        ),
    ]


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(VIEW)


@hooks.register("register_reports_menu_item")
def feedback_menu_item():
    return FeedbackMenuItem(
        gettext_lazy("Page feedback"), reverse("page_feedback"), icon_name="comment", order=800
    )


@hooks.register("register_page_header_buttons")
def show_feedback_of_page(page, user, view_name, next_url=None):
    if isinstance(page, ArticlePage) and user.has_perm(VIEW):
        counts = say_counts(PageFeedback.objects.filter(page=page.pk))
        yield Button(
            _("Helpful? %(counts)s") % {"counts": counts},
            f"{reverse('page_feedback')}?page={page.pk}",
            icon_name="comment",
            priority=70,
        )
