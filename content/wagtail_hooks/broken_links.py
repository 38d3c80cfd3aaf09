"""A report of links to other sites that no longer work, each with where to mend it."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from content.external_links import shared_texts_with_links
from content.models import BrokenLink

VIEW = "content.view_brokenlink"


class PlacesColumn(BaseColumn):
    cell_template_name = "content/admin/places_cell.html"


class BrokenLinksView(ReportView):
    model = BrokenLink
    any_permission_required = ["view"]
    page_title = _("Broken links")
    header_icon = "link"
    index_url_name = "broken_links"
    index_results_url_name = "broken_links_results"
    columns = [
        TitleColumn("url", label=_("Address"), get_url=lambda link: link.url),
        Column("problem", label=_("Problem")),
        PlacesColumn("places", label=_("Where to mend it")),
        Column("checked_on", label=_("Last check")),
    ]
    list_export = ["url", "problem", "checked_on"]

    def get_queryset(self):
        return BrokenLink.objects.prefetch_related("pages")

    def decorate_paginated_queryset(self, object_list):
        """Tell each link its places: the pages and shared texts that name it, with addresses."""
        finder = AdminURLFinder(self.request.user)
        shared = shared_texts_with_links()
        for link in object_list:
            texts = [text for text, addresses in shared if link.url in addresses]
            link.places = [
                (place, finder.get_edit_url(place)) for place in [*link.pages.all(), *texts]
            ]
        return object_list


class BrokenLinksMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(VIEW)


@hooks.register("register_reports_menu_item")
def list_broken_links():
    return BrokenLinksMenuItem(_("Broken links"), reverse("broken_links"), icon_name="link")


@hooks.register("register_admin_urls")
def broken_links_urls():
    return [
        path("reports/broken-links/", BrokenLinksView.as_view(), name="broken_links"),
        path(
            "reports/broken-links/results/",
            BrokenLinksView.as_view(results_only=True),
            name="broken_links_results",
        ),
    ]
