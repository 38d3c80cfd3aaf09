from importlib import import_module

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self):
        import_module("content.checks")
        import_module("content.clinic_memory").connect()
        import_module("content.expiring").connect()
        import_module("content.following").connect()
        import_module("content.menu_memory").connect()
        import_module("content.renditions").connect()
        import_module("content.search.index").connect()
        import_module("content.telling_changes").connect()
        import_module("content.uploads").connect()
