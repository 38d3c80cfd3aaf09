"""The answers as the patient reads them over before sending."""

from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic_site.appointments.cleaning import show_phone
from clinic_site.appointments.words import WINDOWS


class Answer(NamedTuple):
    """One line: its label, what was answered, and the field that changes it."""

    label: str
    text: str
    field: str


def chosen(form, name):
    """The label of the choice that was made."""
    return dict(form.fields[name].choices).get(form.cleaned_data[name], "")


def answer_groups(form):
    """Headings, each with its answers; questions that were left out say so."""
    groups = [
        (_("About you"), about_you(form)),
        (_("How to reach you"), reaching(form)),
        (_("What it is about"), topic(form)),
        (_("When suits you"), times(form)),
    ]
    return [
        (heading, [line._replace(text=line.text or _("Not answered")) for line in lines])
        for heading, lines in groups
    ]


def about_you(form):
    data = form.cleaned_data
    yield Answer(_("For"), chosen(form, "is_for_other"), "is_for_other")
    if data["is_for_other"] == "other":
        yield Answer(_("Your own name"), data["requester_name"], "requester_name")
        yield Answer(_("You are their"), chosen(form, "relationship"), "relationship")
    yield Answer(_("Full name of the patient"), data["name"], "name")
    born = form.birth_date and date_format(form.birth_date, "DATE_FORMAT")
    yield Answer(_("Date of birth"), born, "birth_month")
    yield Answer(_("Been here before"), chosen(form, "been_before"), "been_before")
    if form.last_injection:
        month = format_date(form.last_injection, _("F Y"))
        yield Answer(_("Last shots"), month, "shots_month")


def reaching(form):
    data = form.cleaned_data
    phone = data["phone"] and show_phone(data["phone"], form.extension)
    yield Answer(_("Phone number"), phone, "phone")
    yield Answer(_("Email"), data["email"], "email")
    yield Answer(_("How to reach you"), chosen(form, "channel"), "channel")
    yield Answer(_("Voice message"), chosen(form, "may_leave_message"), "may_leave_message")
    yield Answer(_("Good time to call"), chosen(form, "best_time"), "best_time")
    yield Answer(_("Language"), chosen(form, "language"), "language")
    yield Answer(_("Interpreter"), data["interpreter_language"], "interpreter_language")


def topic(form):
    data = form.cleaned_data
    yield Answer(_("Help with"), str(data["reason"]), "reason")
    yield Answer(_("What to know"), data["note"], "note")
    yield Answer(_("Easier visit"), data["access_needs"], "access_needs")


def times(form):
    labels = [str(WINDOWS[code]) for code in form.cleaned_data["windows"]]
    yield Answer(_("Times"), ", ".join(labels), "windows")
