"""The list of reasons for a visit, for whoever may edit it. A reason is retired, never deleted."""

from django import forms
from django.conf import settings
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from clinic_site.appointments.models import Reason

# Below the root and the home page.
ARTICLES_BELOW = 2


class ReasonForm(WagtailAdminModelForm):
    # Wagtail's page chooser is closed to the desk, which edits no pages: these are public ones.
    pages = forms.ModelMultipleChoiceField(
        label=_("Pages"),
        help_text=Reason._meta.get_field("pages").help_text,
        queryset=Page.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Reason
        fields = ["label_en", "label_es", "is_offered", "position", "code", "pages"]
        help_texts = {
            "position": _("The form lists the reasons by this number, the lowest first."),
            "code": _("A short name for exports and reports, such as migraine. It never changes."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pages"].queryset = (
            Page.objects.live()
            .filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=ARTICLES_BELOW)
            .order_by("title")
        )
        # Exports and kept numbers know a reason by its code.
        self.fields["code"].disabled = bool(self.instance.pk)


class ReasonIndex(generic.IndexView):
    any_permission_required = ["add", "change"]
    default_ordering = "position"


class ReasonViewSet(ModelViewSet):
    """Listing, adding and changing; nothing else has an address."""

    model = Reason
    name = "appointment_reasons"
    url_prefix = "appointments/reasons"
    icon = "list-ul"
    menu_label = _("Reasons")
    menu_order = 300
    menu_hook = "register_appointments_menu_item"
    index_view_class = ReasonIndex
    list_display = ["label_en", "label_es", BooleanColumn("is_offered", label=_("Offered")), "code"]
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update=False):
        return ReasonForm

    def get_common_view_kwargs(self, **kwargs):
        gone = {"history_url_name": None, "usage_url_name": None, "delete_url_name": None}
        return super().get_common_view_kwargs(**{**kwargs, **gone})

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/", self.edit_view, name="edit"),
        ]
