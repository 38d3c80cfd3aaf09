"""The pages that open before the second factor is there; the rest is in the admin's own map."""

from django.urls import path

from clinic_site.staff_accounts import views

app_name = "staff_accounts"

urlpatterns = [
    path("enrol/", views.enrol, name="enrol"),
    path("leave/", views.leave, name="leave"),
]
