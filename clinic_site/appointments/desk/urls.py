"""The desk's addresses: a view's name or a request's number, never a person's name."""

from django.urls import path

from clinic_site.appointments.desk.call_sheet import CallSheet, MakeMove
from clinic_site.appointments.desk.inbox import Find, Inbox

app_name = "appointments_desk"
urlpatterns = [
    path("", Inbox.as_view(), name="inbox"),
    path("inbox/<slug:view>/", Inbox.as_view(), name="view"),
    path("find/", Find.as_view(), name="find"),
    path("request/<int:pk>/", CallSheet.as_view(), name="request"),
    path("request/<int:pk>/<slug:move>/", MakeMove.as_view(), name="move"),
]
