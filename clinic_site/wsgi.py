"""The application that a production server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings.production")

application = get_wsgi_application()

# The code stays for good: the collector need not walk it again and again, which held up one page
# in forty for a tenth of a second. Checking the addresses loads the views.
get_resolver().check()
gc.collect()
gc.freeze()
