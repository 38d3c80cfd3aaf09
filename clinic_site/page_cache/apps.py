from importlib import import_module

from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "clinic_site.page_cache"

    def ready(self):
        import_module("clinic_site.page_cache.telling").connect()
