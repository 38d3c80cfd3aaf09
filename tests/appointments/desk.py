"""What the tests of the front desk do over and over."""

from django.urls import reverse

from clinic_site.appointments.models import AppointmentRequest


def sheet(request):
    """The address of a request's call sheet."""
    return reverse("appointments_desk:request", args=[request.pk])


def send(client, request, move, **data):
    """Send one of the sheet's forms, on the version that the test has seen."""
    data.setdefault("version", request.version)
    return client.post(reverse("appointments_desk:move", args=[request.pk, move]), data)


def now(request):
    """The request as it stands now."""
    return AppointmentRequest.objects.get(pk=request.pk)
