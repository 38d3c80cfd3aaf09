"""A report of searches that found nothing, from which one click gives a page another name."""

from functools import wraps

from django.apps import apps
from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from content.models import SearchMiss
from content.models.articles import ArticlePage
from content.search.aliasing import add_alias, article, may_edit

VIEW, CHANGE, DELETE = (f"content.{action}_searchmiss" for action in ("view", "change", "delete"))
# More than a list to pick from can show.
MOST_PAGES = 500


class AnswerColumn(BaseColumn):
    """What an editor can do about a search: add it to a page, or let it go."""

    cell_template_name = "content/admin/search_miss_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Give the cell's forms the token without which the server refuses them."""
        token = {"csrf_token": get_token(parent_context["request"])}
        return super().get_cell_context_data(instance, parent_context) | token


def pages_to_name(user):
    """The live articles that this person may edit, by language: {language: [page, …]}."""
    articles = [model for model in apps.get_models() if issubclass(model, ArticlePage)]
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    found = pages.live().exact_type(*articles).select_related("locale").order_by("title")
    by_language: dict = {}
    for page in found.only("title", "locale__language_code")[:MOST_PAGES]:
        by_language.setdefault(page.locale.language_code, []).append(page)
    return by_language


class SearchMissReport(ReportView):
    model = SearchMiss
    permission_policy = ModelPermissionPolicy(SearchMiss)
    permission_required = "view"
    page_title = gettext_lazy("Searches that found nothing")
    header_icon = "search"
    index_url_name = "search_misses"
    index_results_url_name = "search_misses_results"
    list_export = ["terms", "language", "count", "last_on"]
    export_filename = "searches-that-found-nothing"

    def get_queryset(self):
        return SearchMiss.objects.all()

    def decorate_paginated_queryset(self, object_list):
        pages = pages_to_name(self.request.user) if self.user_has_permission("change") else {}
        for miss in object_list:
            miss.pages = pages.get(miss.language, [])
            miss.is_removable = self.user_has_permission("delete")
        return object_list

    @property
    def columns(self):
        return [
            Column("terms", label=_("Words")),
            Column("language", label=_("Language")),
            NumberColumn("count", label=_("Searches")),
            Column("last_on", label=_("Last day")),
            AnswerColumn("answer", label=_("What to do")),
        ]


def by_form(view):
    """What a link alone never does. Whoever signed in on the way here hears that it was not done."""

    @wraps(view)
    def answer(request, pk):
        if request.method == "POST":
            return view(request, pk)
        messages.warning(
            request, _("Nothing was changed. If you were signed out meanwhile, do it once more.")
        )
        return redirect("search_misses")

    return answer


@permission_required(CHANGE)
@by_form
def name_page(request, pk):
    """Give the chosen page the words of a search as another name."""
    miss = get_object_or_404(SearchMiss, pk=pk)
    chosen = request.POST.get("page", "")
    page = article(chosen) if chosen.isdecimal() else None
    if page is None or page.locale.language_code != miss.language:
        messages.error(request, _("Choose a page first."))
    elif not may_edit(page, request.user):
        messages.error(request, _("“%s” is locked, or you may not edit it.") % page.title)
    else:
        said = (
            _("“%(page)s” is now also called “%(name)s”.")
            if add_alias(page, miss.terms, request.user)
            else _("“%(name)s” waits in the draft of “%(page)s” until that is published.")
        )
        messages.success(request, said % {"page": page.title, "name": miss.terms})
        miss.delete()
    return redirect("search_misses")


@permission_required(DELETE)
@by_form
def drop_search_miss(request, pk):
    """Take words off the list that no page should be found by."""
    SearchMiss.objects.filter(pk=pk).delete()
    return redirect("search_misses")


@hooks.register("register_admin_urls")
def search_miss_urls():
    report = "reports/searches/"
    return [
        path(report, SearchMissReport.as_view(), name="search_misses"),
        path(
            f"{report}results/",
            SearchMissReport.as_view(results_only=True),
            name="search_misses_results",
        ),
        path(f"{report}<int:pk>/name/", name_page, name="name_page"),
        path(f"{report}<int:pk>/drop/", drop_search_miss, name="drop_search_miss"),
    ]


class SearchMissMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(VIEW)


@hooks.register("register_reports_menu_item")
def search_miss_menu_item():
    return SearchMissMenuItem(
        gettext_lazy("Searches that found nothing"),
        reverse("search_misses"),
        icon_name="search",
        order=810,
    )
