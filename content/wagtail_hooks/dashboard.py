"""The first thing staff see: what is waiting for them."""

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from content.waiting import waiting_for


class WaitingPanel(Component):
    name = "waiting"
    template_name = "content/admin/waiting_panel.html"
    order = 100

    class Media:
        css = {"all": ["css/admin_desk.css"]}

    def get_context_data(self, parent_context):
        return {"waiting": waiting_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def say_what_is_waiting(request, panels):
    """Put what is waiting first; it includes what Wagtail's own panel says of reviews."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(WaitingPanel())
