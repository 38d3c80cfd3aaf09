"""On someone's own machine: the seeded site, errors shown, mail in var/mail."""

import os

from django.core.exceptions import ImproperlyConfigured

from clinic_site.csp import PUBLIC_POLICY
from clinic_site.settings.base import *

if os.environ.get("SECRET_KEY"):
    # Here patients' mails would end in a file, and the admin open with a password alone.
    raise ImproperlyConfigured(
        "SECRET_KEY is set, as on a real server. There DJANGO_SETTINGS_MODULE must be"
        " clinic_site.settings.production; on your own machine, unset SECRET_KEY."
    )
DEBUG = os.environ.get("DEBUG", "1") == "1"
# Templates change while a developer looks at them.
PAGE_CACHE = not DEBUG
SECRET_KEY = "development-only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'site.sqlite3'}")
}
# Nobody needs a phone to try the admin here; SECOND_FACTOR=1 shows what staff see.
STAFF_SECOND_FACTOR = os.environ.get("SECOND_FACTOR") == "1"
CLINIC_PHONE = "305-555-0142"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
APPOINTMENTS_EMAIL = "desk@localhost"
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
VAR_DIR.mkdir(exist_ok=True)
