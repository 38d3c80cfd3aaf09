"""What is true everywhere."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from clinic_site.settings.staff import *
from clinic_site.settings.uploads import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "clinic_site.appointments",
    "clinic_site.page_cache",
    "clinic_site.staff_accounts.apps.StaffAccountsConfig",
    "clinic_site.operations",
    "clinic_site.deploy",
    "content",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.frontend_cache",
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
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
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
    "clinic_site.operations.probes.ProbeMiddleware",
    "clinic_site.access_log.AccessLogMiddleware",
    "clinic_site.proxies.ClientAddressMiddleware",
    "clinic_site.headers.IsolationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic_site.page_cache.marking.PublicPageMiddleware",
    "clinic_site.csp_headers.PublicPolicyMiddleware",
    "clinic_site.csp_headers.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic_site.staff_accounts.sessions.SessionLifetimeMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "clinic_site.staff_accounts.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "content.admin_areas.AdminAreasMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "clinic_site.failures.UnavailableMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"stylesheet": "clinic_site.stylesheet"},
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


LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "content" / "locale"]
WAGTAIL_I18N_ENABLED = True
# A page sent to the translators stays a draft until one publishes it: it is still in English.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
FORMAT_MODULE_PATH = ["clinic_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files that stand at the top of the site, such as favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

# Where `manage.py backup` puts its archives, and the public age key that it encrypts them to.
BACKUP_DIR = VAR_DIR / "backups"
BACKUP_KEY = ""
# How long /readyz waits for what may hang: less than a proxy waits for /readyz.
HEALTH_PATIENCE_SECONDS = 3
# Minutes after which a command that a timer runs is late.
TIMERS_LATE_AFTER = {
    "backup": 60,
    "backup_with_media": 26 * 60,
    "disable_idle_accounts": 26 * 60,
    "forget_login_attempts": 26 * 60,
    "publish_scheduled": 30,
    "purge_requests": 26 * 60,
    # From Friday's to Monday's.
    "send_digest": 74 * 60,
    "send_mail_queue": 10,
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_TIMEOUT = 10
# The sender says nothing of what the clinic treats: others may see a patient's inbox.
DEFAULT_FROM_EMAIL = "Appointments <appointments@localhost>"
# Where the desk's daily counts go; none are sent while it is empty.
APPOINTMENTS_EMAIL = ""

# For staff alone: patients read the name that stands in the clinic’s settings in the admin.
WAGTAIL_SITE_NAME = OTP_TOTP_ISSUER = "The Neurology Group"
# The index holds stems of the pages' own making, so PostgreSQL must not stem them again.
WAGTAILSEARCH_BACKENDS = {
    # What staff search with.
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"},
    # What readers search with.
    "readers": {"BACKEND": "content.search.index"},
}
# One way to sign in, and no second one with rules of its own.
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
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
# What `make run` runs beside the server.
COMPANION_COMMANDS = [["send_mail_queue", "--loop"]]

# What hears an emergency in what a reader types; the pages’ app does not know the form’s.
SOUNDS_URGENT = "clinic_site.appointments.emergency.sounds_like_an_emergency"
# What tells the clinic's name, phone, hours and holidays, as the content app remembers them.
APPOINTMENTS_CLINIC = "content.clinic_memory.recall"
# Working days after which a patient should have heard from the clinic.
APPOINTMENTS_ANSWER_WITHIN = 2
APPOINTMENTS_REFERENCE_PREFIX = "TNG"
# Days until a request is purged: after it was marked as spam, was closed, or after the visit. And
# until the outbox forgets a mail that went out.
APPOINTMENTS_KEEP_DAYS = {"spam": 14, "closed": 90, "booked": 90, "mail": 30}
# Changes whenever the privacy text does; stored with each consent.
APPOINTMENTS_CONSENT_VERSION = "2026-11-21"
# The slug of the English page that the form links to.
APPOINTMENTS_PRIVACY_PAGE = "privacy"
# Public pages are kept whole in each process: up to so many bytes, each for so many seconds.
PAGE_CACHE = True
PAGE_CACHE_BYTES = 32 * 1024 * 1024
PAGE_CACHE_SECONDS = 300
# Where processes learn what has become stale: a file for one machine, Redis for several.
CACHE_URL = f"file://{VAR_DIR / 'touched-pages'}"
# For how long a CDN may keep a page without asking; only for one that WAGTAILFRONTENDCACHE tells
# of changes.
CDN_SECONDS = 0
# How many proxies of ours stand before the application, each adding to X-Forwarded-For.
TRUSTED_PROXY_COUNT = 0
