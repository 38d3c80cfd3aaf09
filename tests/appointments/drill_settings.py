# ruff: noqa: F403, F405
"""What the servers of the drills run with: the tests' settings, and production's way to PostgreSQL.

DRILL_WITHOUT names a protection that a twin takes away, to show that the check would notice.
"""

import os

from clinic_site.settings.base import connection_pool
from clinic_site.settings.test import *

WITHOUT = os.environ.get("DRILL_WITHOUT", "")
# Each patient of a drill has an address of their own.
TRUSTED_PROXY_COUNT = 1
DATABASES["default"] |= connection_pool(DATABASES["default"])
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("DRILL_MAIL_PORT", "1"))
EMAIL_TIMEOUT = 3
if WITHOUT == "the page for an absent database":
    MIDDLEWARE.remove("clinic_site.failures.UnavailableMiddleware")
if WITHOUT == "remembered pages":
    PAGE_CACHE = False
if WITHOUT == "an impatient pool":
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10}
if "immediate transactions" in WITHOUT:
    DATABASES["default"]["OPTIONS"] |= {"transaction_mode": "DEFERRED", "timeout": 1}
if WITHOUT == "waiting for the disk":
    options = DATABASES["default"]["OPTIONS"]
    for name, careful, careless in [
        ("init_command", "synchronous=FULL", "synchronous=OFF"),
        ("options", "synchronous_commit=on", "synchronous_commit=off"),
    ]:
        if name in options:
            options[name] = options[name].replace(careful, careless)
