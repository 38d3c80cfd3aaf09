"""One request on one screen, with everything that can be done about it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic_site.appointments.audit import record_view
from clinic_site.appointments.clinic import clinic, today
from clinic_site.appointments.desk.access import DeskView
from clinic_site.appointments.desk.actions import FORMS, actions_for, names_for
from clinic_site.appointments.desk.flags import flags, spam_signs
from clinic_site.appointments.desk.last_list import last_list
from clinic_site.appointments.desk.phones import phone_label, tel
from clinic_site.appointments.desk.timeline import timeline, viewers
from clinic_site.appointments.models import AppointmentRequest
from clinic_site.appointments.moves import MoveRefusedError
from clinic_site.appointments.states import State
from clinic_site.appointments.words import Channel

MOST_DUPLICATES = 10
# As many booked visits as it takes to know the clinic's rooms and people.
RECENT_VISITS = 100


class CallSheet(WagtailAdminTemplateMixin, DeskView):
    """The request as it stands. Each time one is shown, one line in the audit says so."""

    template_name = "appointments/desk/call_sheet.html"
    header_icon = "mail"
    http_method_names = ["get", "head"]

    def get(self, request, pk):
        return self.show(self.find(pk))

    def find(self, pk):
        wanted = AppointmentRequest.objects.select_related(
            "reason", "assigned_to", "page", "duplicate_of"
        )
        return get_object_or_404(wanted, pk=pk)

    def show(self, asked, status=200, **told):
        record_view(asked, self.request.user)
        self.asked = asked
        return self.render_to_response(self.get_context_data(**told), status=status)

    def get_page_title(self):
        # The tab of a browser, its history and its bookmarks hold the reference alone.
        return self.asked.reference

    def get_breadcrumbs_items(self):
        inbox = {"url": reverse("appointments_desk:inbox"), "label": gettext_lazy("Appointments")}
        return [*self.breadcrumbs_items, inbox, {"url": "", "label": self.asked.reference}]

    def get_context_data(self, bound=None, **told):
        asked, day = self.asked, today()
        first, rest = actions_for(asked, self.request.user, bound)
        context = {
            "asked": asked,
            "back": last_list(self.request),
            "clinic": clinic(),
            "flags": flags(asked, day),
            "spam_signs": spam_signs(asked) if asked.state == State.QUARANTINED else [],
            "reach": ways_to_reach(asked),
            "age": age(asked.birth_date, day),
            "first": first,
            "rest": rest,
            "duplicates": AppointmentRequest.objects.like(asked).order_by("-pk")[:MOST_DUPLICATES],
            "timeline": timeline(asked),
            "viewers": viewers(asked),
            **known_visits(),
        }
        return {**super().get_context_data(), **context, "bound": bound, **told}


class MakeMove(CallSheet):
    """Take one of the sheet's forms. What is refused changes nothing and loses nothing typed."""

    http_method_names = ["get", "head", "post"]

    def get(self, request, pk, move=""):
        """Whoever was signed out while writing comes here by the login page, and so does a reload."""
        if move not in FORMS:
            raise Http404
        messages.warning(
            request, _("Nothing was changed. If you were signed out meanwhile, do it once more.")
        )
        return redirect("appointments_desk:request", pk)

    def post(self, request, pk, move):
        if move not in FORMS:
            raise Http404
        asked = self.find(pk)
        form = FORMS[move](move, asked, request.POST)
        try:
            moved = form.make(request.user) if form.is_valid() else None
        except MoveRefusedError as refused:
            return self.refuse(form, refused.message)
        if moved is None:
            return self.show(asked, bound=form)
        self.confirm(moved)
        return redirect("appointments_desk:request", pk)

    def refuse(self, form, message):
        """Say why, how things stand now, and what was typed."""
        asked = self.find(form.asked.pk)
        form.bring_up_to_date(asked)
        is_offered = form.move in names_for(asked, self.request.user)
        typed = [] if is_offered else form.typed()
        return self.show(asked, status=409, bound=form, refused=message, typed=typed)

    def confirm(self, moved):
        said = _("%(reference)s is now “%(state)s”.")
        state = moved.get_state_display()
        there = last_list(self.request)
        messages.success(
            self.request,
            said % {"reference": moved.reference, "state": state},
            buttons=[
                messages.button(there["url"], _("Back to “%(list)s”") % {"list": there["label"]})
            ],
        )


def ways_to_reach(asked):
    """How to reach the person, and how not to."""
    return {
        "tel": tel(asked) if asked.phone else "",
        "phone": phone_label(asked) if asked.phone else "",
        "is_no_calls": asked.channel == Channel.NO_CALLS,
        "is_email_first": asked.channel != Channel.CALL,
    }


def age(birth_date, day):
    """Whole years, or None where the birth date is not known."""
    if birth_date is None:
        return None
    had_no_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - had_no_birthday


def known_visits():
    """The places and clinicians of recent visits, to choose from while typing."""
    booked = AppointmentRequest.objects.filter(state=State.SCHEDULED).order_by("-starts_at")
    rows = list(booked.values_list("place", "clinician")[:RECENT_VISITS])
    places, clinicians = ({row[index] for row in rows if row[index]} for index in (0, 1))
    return {"places": sorted(places), "clinicians": sorted(clinicians)}
