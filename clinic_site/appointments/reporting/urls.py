"""Exports and the report, under the admin's appointments/."""

from django.urls import path

from clinic_site.appointments.reporting.export_views import export_requests
from clinic_site.appointments.reporting.report_views import download_report, show_report

app_name = "appointments_reports"
urlpatterns = [
    path("export/", export_requests, name="export"),
    path("report/", show_report, name="report"),
    path("report/numbers.csv", download_report, name="numbers"),
]
