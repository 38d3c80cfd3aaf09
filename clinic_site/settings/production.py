"""For a real server. Everything it must supply is named here, and nothing has a default that lies."""

import os

from django.core.exceptions import ImproperlyConfigured

from clinic_site.csp import PUBLIC_POLICY
from clinic_site.settings.base import *
from clinic_site.settings.environment import (
    database_url,
    host_names,
    sender,
    site_address,
    whole_number,
)

REQUIRED = [
    "SECRET_KEY",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "CLINIC_PHONE",
    "EMAIL_HOST",
    "EMAIL_FROM",
]
missing = [name for name in REQUIRED if not os.environ.get(name)]
if missing:
    raise ImproperlyConfigured(
        f"Set these environment variables: {', '.join(missing)}. README.md says what each is."
    )

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
DATABASES = {"default": database_url("DATABASE_URL", database)}
DATABASES["default"] |= connection_pool(DATABASES["default"])
ALLOWED_HOSTS = host_names("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = site_address("SITE_URL")
CLINIC_PHONE = os.environ["CLINIC_PHONE"]
EMAIL_HOST = os.environ["EMAIL_HOST"]
EMAIL_PORT = whole_number("EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
# Private links never cross a network in the clear; only a relay on this machine may go without.
EMAIL_USE_TLS = not EMAIL_USE_SSL and EMAIL_HOST not in ("localhost", "127.0.0.1")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender("EMAIL_FROM")
APPOINTMENTS_EMAIL = os.environ.get("APPOINTMENTS_EMAIL", "")
TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXY_COUNT", 1)
CACHE_URL = os.environ.get("CACHE_URL") or CACHE_URL
if os.environ.get("CDN_PURGE_URL"):
    # Told of every change, it may keep a page for a day without asking.
    CDN_SECONDS = 86_400
    WAGTAILFRONTENDCACHE = {
        "default": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": os.environ["CDN_PURGE_URL"],
        }
    }
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or MEDIA_ROOT)
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR") or BACKUP_DIR)
BACKUP_KEY = os.environ.get("BACKUP_KEY", "")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if os.environ.get("MEDIA_S3_BUCKET"):
    STORAGES["default"] = bucket(
        os.environ["MEDIA_S3_BUCKET"],
        endpoint=os.environ.get("MEDIA_S3_ENDPOINT") or None,
        region=os.environ.get("MEDIA_S3_REGION") or None,
        key=os.environ.get("MEDIA_S3_KEY"),
        secret=os.environ.get("MEDIA_S3_SECRET"),
    )
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY | {"upgrade-insecure-requests": True}}

SECURE_SSL_REDIRECT = True
# The server must sit behind a proxy that sets this header and removes it from what it receives.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "clinic_site.request_ids.RequestIdFilter"}},
    "formatters": {"line": {"()": "clinic_site.logs.PrivateJsonFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
