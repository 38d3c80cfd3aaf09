"""Narrowing a view of the inbox. Nothing here names a person: filters stand in the address."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from clinic_site.appointments.clinic import day_begins, day_ends
from clinic_site.appointments.models import AppointmentRequest, Reason
from clinic_site.appointments.models.requests import LANGUAGES
from clinic_site.appointments.states import State
from clinic_site.appointments.words import Channel

ANY = _("Any")


def day_input():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class InboxFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State.choices, empty_label=ANY, widget=forms.Select
    )
    reason = django_filters.ModelChoiceFilter(
        label=_("About"), queryset=Reason.objects.all(), empty_label=ANY, widget=forms.Select
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=LANGUAGES, empty_label=ANY, widget=forms.Select
    )
    channel = django_filters.ChoiceFilter(
        label=_("How to reach them"), choices=Channel.choices, empty_label=ANY, widget=forms.Select
    )
    received_from = django_filters.DateFilter(
        label=_("Received from"), method="since", widget=day_input()
    )
    received_to = django_filters.DateFilter(
        label=_("Received until"), method="until", widget=day_input()
    )

    class Meta:
        model = AppointmentRequest
        fields: list[str] = []

    def since(self, queryset, name, day):
        return queryset.filter(created_at__gte=day_begins(day))

    def until(self, queryset, name, day):
        return queryset.filter(created_at__lt=day_ends(day))


class SearchForm(forms.Form):
    """Words that may be a patient's name: they are posted, so that no log or history keeps them."""

    words = forms.CharField(
        label=_("Reference, name, phone or email"),
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
