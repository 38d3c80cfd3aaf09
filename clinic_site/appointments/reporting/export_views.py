"""Exports of requests, each in the audit with its number of rows."""

import tempfile

from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic_site.appointments.audit import record
from clinic_site.appointments.exporting import FORMATS, chosen
from clinic_site.appointments.models.history import EventKind
from clinic_site.appointments.reporting.access import for_staff_who_may
from clinic_site.appointments.reporting.forms import ExportForm
from clinic_site.appointments.states import EXPORT


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff_who_may(EXPORT)
def export_requests(request):
    """Ask which requests, then hand out the file. The choice is posted: no address names a day."""
    form = ExportForm(request.POST or None)
    if form.is_valid():
        return hand_out(request.user, **form.cleaned_data)
    return render(request, "appointments/reporting/export.html", {"form": form})


def hand_out(user, file_format, **choice):
    """Write the file to disk, note it in the audit, and only then let the first byte out."""
    kind = FORMATS[file_format]
    file = tempfile.TemporaryFile()  # noqa: SIM115
    count = kind.write(file, chosen(**choice))
    record(EventKind.EXPORTED, user, detail=f"{file_format} {count}")
    file.seek(0)
    name = f"export-{timezone.localtime():%Y-%m-%d-%H%M}.{kind.ending}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind.content_type)
