from importlib import import_module

from django.apps import AppConfig


class StaffAccountsConfig(AppConfig):
    name = "clinic_site.staff_accounts"

    def ready(self):
        import_module("clinic_site.staff_accounts.checks")
        import_module("clinic_site.staff_accounts.idle").connect()
        import_module("clinic_site.staff_accounts.sessions").connect()
