from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "clinic_site.operations"
    label = "operations"
