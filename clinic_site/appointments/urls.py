from django.urls import path

from clinic_site.appointments.status_views import ask_for_another_time, calendar, cancel, status
from clinic_site.appointments.views import request_appointment

app_name = "appointments"
urlpatterns = [
    path("", request_appointment, name="request"),
    path("status/<str:token>/", status, name="status"),
    path("status/<str:token>/cancel/", cancel, name="cancel"),
    path("status/<str:token>/another-time/", ask_for_another_time, name="another_time"),
    path("status/<str:token>/appointment.ics", calendar, name="calendar"),
]
