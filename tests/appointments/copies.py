"""Very many requests, quickly."""

from clinic_site.appointments.models import AppointmentRequest, SearchTerm
from clinic_site.appointments.search_terms import rows_for


def fill(request, number):
    """Copy a request until there are `number`, each as unlike as it must be."""
    rows = []
    for count in range(number - 1):
        row = AppointmentRequest.objects.get(pk=request.pk)
        row.pk, row.key, row.reference = None, f"key {count}", f"COPY-{count}"
        rows.append(row)
    AppointmentRequest.objects.bulk_create(rows, batch_size=500)
    SearchTerm.objects.bulk_create(rows_for(rows), batch_size=500)
