"""The pages of the admin that need both factors, as all of the admin does."""

from django.urls import path

from clinic_site.staff_accounts import views

app_name = "second_factor"

urlpatterns = [
    path("replace/", views.replace, name="replace"),
    path("recovery-codes/", views.renew_codes, name="renew_codes"),
    path("reset/<int:pk>/", views.reset, name="reset"),
]
