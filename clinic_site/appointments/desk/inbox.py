"""The inbox: saved views of requests, filters, and the search that leaves no trace of its words."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.generic.base import BaseListingView

from clinic_site.appointments.audit import record
from clinic_site.appointments.clinic import today
from clinic_site.appointments.desk.access import DeskView
from clinic_site.appointments.desk.filters import InboxFilterSet, SearchForm
from clinic_site.appointments.desk.finding import matching
from clinic_site.appointments.desk.flags import flags
from clinic_site.appointments.desk.last_list import remember
from clinic_site.appointments.desk.phones import phone_label
from clinic_site.appointments.desk.saved_views import VIEWS, conditions, counts, ordering, say
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.models.history import EventKind

ON_A_PAGE = 50
MOST_LISTED = 2000


class CellColumn(BaseColumn):
    """A column whose cell is the template of its own name."""

    @property
    def cell_template_name(self):
        return f"appointments/desk/cells/{self.name}.html"


COLUMNS = [
    CellColumn("due", label=_("Next step by")),
    CellColumn("person", label=_("Request")),
    CellColumn("about", label=_("About")),
    CellColumn("reach", label=_("Reach them")),
    CellColumn("stands", label=_("State")),
]


class ShallowPaginator(WagtailPaginator):
    """Pages of the first rows only: counting a million, or skipping most of them, takes seconds."""

    def __init__(self, object_list, per_page, **options):
        super().__init__(object_list[:MOST_LISTED], per_page, **options)

    @cached_property
    def items_count_label(self):
        if self.count < MOST_LISTED:
            return super().items_count_label
        return _("The first %(count)d; filters find the others") % {"count": self.count}


class DeskListing(DeskView, BaseListingView):
    """A table of requests. Each time one is opened, one line in the audit says which."""

    model = AppointmentRequest
    template_name = "appointments/desk/inbox.html"
    columns = COLUMNS
    header_icon = "mail"
    page_title = _("Appointments")
    view_name = ""

    def get(self, request, *args, **kwargs):
        record(EventKind.LISTED, request.user, detail=self.view_name)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        return AppointmentRequest.objects.select_related("reason", "assigned_to")

    def get_table(self, object_list):
        day = today()
        for request in object_list:
            request.flags = flags(request, day)
            request.phone_label = phone_label(request)
        return super().get_table(object_list)

    def get_context_data(self, **kwargs):
        numbers = counts(self.request.user)
        tabs = [(view, say(numbers[slug]), slug == self.view_name) for slug, view in VIEWS.items()]
        return {
            **super().get_context_data(**kwargs),
            "tabs": tabs,
            "words_form": self.words_form,
        }

    @cached_property
    def words_form(self):
        return SearchForm()


class Inbox(DeskListing):
    """One saved view, narrowed by filters."""

    paginate_by = ON_A_PAGE
    paginator_class = ShallowPaginator
    filterset_class = InboxFilterSet

    def setup(self, request, *args, view="new", **kwargs):
        super().setup(request, *args, view=view, **kwargs)
        if view not in VIEWS:
            raise Http404
        self.view_name = view

    def get(self, request, *args, **kwargs):
        remember(request, self.view_name)
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self):
        return VIEWS[self.view_name].label

    def get_index_url(self):
        return reverse("appointments_desk:view", args=[self.view_name])

    def get_base_queryset(self):
        condition = conditions(self.request.user)[self.view_name]
        return super().get_base_queryset().filter(condition)

    def order_queryset(self, queryset):
        return queryset.order_by(*ordering(self.view_name))

    def paginate_queryset(self, queryset, page_size):
        """Fetch the rows of one page: sorting whole rows by the hundred thousand takes seconds."""
        numbers = queryset.values_list("pk", flat=True)
        paginator, page, chosen, has_others = super().paginate_queryset(numbers, page_size)
        rows = self.order_queryset(self.get_base_queryset().filter(pk__in=list(chosen)))
        return paginator, page, rows, has_others

    @cached_property
    def no_results_message(self):
        if self.is_filtering:
            return _("No request here fits these filters.")
        return VIEWS[self.view_name].nothing


class Find(DeskListing):
    """What a search found. Its words come by POST and are in no address, log or history."""

    http_method_names = ["get", "post"]
    view_name = "search"
    page_subtitle = _("Search")
    no_results_message = _("No request has these words in its name, number or reference.")

    def get(self, request, *args, **kwargs):
        return redirect("appointments_desk:inbox")

    def post(self, request, *args, **kwargs):
        exact = AppointmentRequest.objects.filter(reference=self.words.upper()).first()
        if exact:
            return redirect("appointments_desk:request", exact.pk)
        return super().get(request, *args, **kwargs)

    @cached_property
    def words_form(self):
        return SearchForm(self.request.POST)

    @cached_property
    def words(self):
        return self.words_form.cleaned_data["words"] if self.words_form.is_valid() else ""

    def get_queryset(self):
        return self.found

    @cached_property
    def found(self):
        found = matching(self.words).select_related("reason", "assigned_to")
        # One more than is shown tells whether there are more.
        return list(found[: ON_A_PAGE + 1]) if self.words else []

    def get_context_data(self, **kwargs):
        found = self.found
        context = super().get_context_data(object_list=found[:ON_A_PAGE], **kwargs)
        return {**context, "is_found": True, "has_more": len(found) > ON_A_PAGE}
