"""The managers' report, on a page and as a file."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic_site.appointments.report import Line, build, rows_as_texts
from clinic_site.appointments.reporting.access import for_staff_who_may
from clinic_site.appointments.reporting.forms import USUAL_WEEKS, ReportForm
from clinic_site.appointments.spreadsheets import write_csv
from clinic_site.appointments.states import REPORT

CHART_HEIGHT, BAR_STEP = 120, 24


class Bar(NamedTuple):
    """A week in the chart: where its bar stands, and how much of it was answered on time."""

    line: Line
    x: int
    height: int
    height_on_time: int

    @property
    def y(self):
        return CHART_HEIGHT - self.height

    @property
    def y_on_time(self):
        return CHART_HEIGHT - self.height_on_time


def period(request):
    """The form, and how many weeks it asks for; the usual ones if that makes no sense."""
    form = ReportForm(request.GET or {"weeks": USUAL_WEEKS})
    return form, form.cleaned_data["weeks"] if form.is_valid() else USUAL_WEEKS


@require_safe
@for_staff_who_may(REPORT)
def show_report(request):
    form, weeks = period(request)
    report = build(weeks)
    context = {
        "form": form,
        "weeks": weeks,
        "report": report,
        "bars": bars(report.weeks),
        "width": BAR_STEP * weeks,
        "height": CHART_HEIGHT,
        "tables": [
            (_("By week"), _("Week of"), report.weeks),
            (_("By reason"), _("Reason"), report.reasons),
            (_("By language"), _("Language"), report.languages),
        ],
    }
    return render(request, "appointments/reporting/report.html", context)


def bars(lines):
    most = max((line.received for line in lines), default=0) or 1
    return [
        Bar(
            line,
            number * BAR_STEP,
            CHART_HEIGHT * line.received // most,
            CHART_HEIGHT * line.on_time // most,
        )
        for number, line in enumerate(lines)
    ]


@require_safe
@for_staff_who_may(REPORT)
def download_report(request):
    """The same numbers as a file, a row for each week, reason and language."""
    _form, weeks = period(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="numbers.csv"'
    write_csv(response, rows_as_texts(weeks))
    return response
