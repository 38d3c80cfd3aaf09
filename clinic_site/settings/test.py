"""For the tests: fast hashes, mail in memory, SQLite unless DATABASE_URL says otherwise."""

import os
import tempfile
from pathlib import Path

from clinic_site.csp import PUBLIC_POLICY
from clinic_site.settings.base import *

DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SCRATCH_DIR = Path(tempfile.mkdtemp(prefix="clinic-site-tests-"))
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"sqlite:///{SCRATCH_DIR / 'unused.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests' server reads it from another thread.
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH_DIR / "test.sqlite3"}
CLINIC_PHONE = "305-555-0142"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY}
MEDIA_ROOT = SCRATCH_DIR / "media"
CACHE_URL = os.environ.get("CACHE_URL") or f"file://{SCRATCH_DIR / 'touched-pages'}"
BACKUP_DIR = SCRATCH_DIR / "backups"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EXTERNAL_LINK_CHECKS = False
# A busy machine is no part that hangs.
HEALTH_PATIENCE_SECONDS = 60
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Publishing while Wagtail saves by itself can collide. The one test that wants it sets it.
WAGTAIL_AUTOSAVE_INTERVAL = 0
