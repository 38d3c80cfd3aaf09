"""The desk's part of the first page of the admin."""

from wagtail.admin.ui.components import Component

from clinic_site.appointments.desk.filters import SearchForm


class FindRequestPanel(Component):
    """The desk's search, first of all: somebody is on the phone."""

    name = "find_request"
    template_name = "appointments/desk/search.html"
    order = 50

    class Media:
        css = {"all": ["css/appointments_desk.css"]}

    def get_context_data(self, parent_context):
        return {"form": SearchForm(), "csrf_token": parent_context["csrf_token"]}
