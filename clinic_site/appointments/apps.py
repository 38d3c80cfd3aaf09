from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "clinic_site.appointments"
    label = "appointments"
