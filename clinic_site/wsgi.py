"""The application that a production server runs."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from clinic_site.stack_room import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings.production")

# Loading makes a million objects, and little rubbish: the collector would look through them again
# and again, a seventh of the time of a start. Not at all, and two workers would hold 6 MB more.
usual = gc.get_threshold()
gc.set_threshold(50_000, 20, 100)
application = with_room(get_wsgi_application())
if settings.PAGE_CACHE:
    # It reads models: only now are they there.
    application = import_module("clinic_site.page_cache.setting_up").remembering(application)

# The code stays for good: the collector need not walk it again and again, which held up one page
# in forty for a tenth of a second. Checking the addresses loads the views.
get_resolver().check()
gc.collect()
gc.freeze()
gc.set_threshold(*usual)
