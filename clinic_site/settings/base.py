"""What is true everywhere."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "clinic_site.appointments",
    "clinic_site.deploy",
    "content",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "content.user_accounts.apps.UserAccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django_filters",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "clinic_site.proxies.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "clinic_site.csp.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "content.admin_areas.AdminAreasMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "clinic_site.failures.UnavailableMiddleware",
]

ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "content.context_processors.clinic",
                "content.context_processors.neighbors",
                "content.context_processors.translations",
            ],
        },
    },
]

# Measured with 8-32 clients: SQLite's own defaults fail most read-then-write transactions with
# "database is locked", and synchronous=NORMAL acknowledges what is not yet on disk.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=10000 -c lock_timeout=5000"
    " -c idle_in_transaction_session_timeout=15000 -c synchronous_commit=on",
}

# Left alone, the pool lets patients wait for 30 seconds while the database is away, and after that
# asks ever more seldom whether it is back.
POOL_OPTIONS = {"min_size": 1, "max_size": 10, "timeout": 4, "reconnect_timeout": 2}


def database(url):
    """Return the database settings for a URL, with the options its engine needs."""
    config = dj_database_url.parse(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
    else:
        config["OPTIONS"] = POSTGRESQL_OPTIONS | config.get("OPTIONS", {})
        config["CONN_HEALTH_CHECKS"] = True
    return config


def connection_pool(config):
    """Keep connections to PostgreSQL open between requests; nothing for SQLite."""
    if config["ENGINE"].endswith("sqlite3"):
        return {}
    return {"OPTIONS": config["OPTIONS"] | {"pool": POOL_OPTIONS}}


def bucket(name, endpoint, region, key, secret):
    """Return the storage settings for a bucket: private, and no file takes another's place."""
    return {
        "BACKEND": "clinic_site.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": endpoint,
            "region_name": region,
            "access_key": key,
            "secret_key": secret,
            "default_acl": None,
            "file_overwrite": False,
        },
    }


AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "content" / "locale"]
WAGTAIL_I18N_ENABLED = True
FORMAT_MODULE_PATH = ["clinic_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "clinic_site.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# Files that stand at the top of the site, such as favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_TIMEOUT = 10
# The sender says nothing of what the clinic treats: others may see a patient's inbox.
DEFAULT_FROM_EMAIL = "Appointments <appointments@localhost>"
# Where the desk's daily counts go; none are sent while it is empty.
APPOINTMENTS_EMAIL = ""

WAGTAIL_SITE_NAME = "The Neurology Group"
WAGTAILIMAGES_IMAGE_MODEL = "content.ClinicImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.upload_forms.ClinicImageForm"
# No SVG, which can carry scripts, and no GIF, which can move.
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
# As many as the best phones make; decoded, that is 150 MB of memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.upload_forms.ClinicDocumentForm"
# Every phone opens a PDF; office files can carry programs.
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# From object storage, too: Wagtail would send the reader there.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
CONTENT_DOCUMENT_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# The index holds stems of the pages' own making, so PostgreSQL must not stem them again.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}
}
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
# Nothing leaves the house.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
# Except `manage.py check_links`, which asks the addresses that pages link to.
EXTERNAL_LINK_CHECKS = True

# Ends with the browser: an old form brings its answers back and goes on with a new token.
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "clinic_site.failures.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
# Wagtail's previews are frames of the same site; public pages forbid framing by their policy.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]

# What fills a new site, in this order; each makes only what is missing.
STARTER_COMMANDS = ["seed", "seed_reasons"]

# Which model holds the clinic's name, phone, hours and holidays.
APPOINTMENTS_CLINIC = "content.ClinicSettings"
# Working days after which a patient should have heard from the clinic.
APPOINTMENTS_ANSWER_WITHIN = 2
APPOINTMENTS_REFERENCE_PREFIX = "TNG"
# Days until a request is purged: after it was marked as spam, was closed, or after the visit. And
# until the outbox forgets a mail that went out.
APPOINTMENTS_KEEP_DAYS = {"spam": 14, "closed": 90, "booked": 90, "mail": 30}
# Changes whenever the privacy text does; stored with each consent.
APPOINTMENTS_CONSENT_VERSION = "2026-11"
# The slug of the English page that the form links to.
APPOINTMENTS_PRIVACY_PAGE = "privacy"
# How many proxies of ours stand before the application, each adding to X-Forwarded-For.
TRUSTED_PROXY_COUNT = 0
