"""How staff sign in, everywhere: base.py takes all of it."""

from datetime import timedelta

# No account of staff opens with a password alone.
STAFF_SECOND_FACTOR = True
# Their sessions end after half an hour without work, and after this many hours in any case.
STAFF_SESSION_HOURS = 12
SESSION_COOKIE_AGE = 30 * 60
# Accounts that nobody has used for so many days are disabled.
STAFF_IDLE_DAYS = 90
WAGTAILADMIN_USER_LOGIN_FORM = "clinic_site.staff_accounts.forms.StaffLoginForm"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Five wrong tries in fifteen minutes, by user name and address together: nobody can lock somebody
# else out from elsewhere.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "clinic_site.staff_accounts.attempts.address_of"
AXES_LOCKOUT_CALLABLE = "clinic_site.failures.locked_out"
AXES_RESET_ON_SUCCESS = True
# Tries while locked out are neither looked at nor stored, and do not put off the end.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Stored is what the lock-out needs, for as long as it does: no history of who signed in from where.
AXES_DISABLE_ACCESS_LOG = True
# A hurried person types the password where the user name belongs: the log gets neither.
AXES_CLIENT_STR_CALLABLE = "clinic_site.staff_accounts.attempts.nobody_in_particular"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "own_code", "csrfmiddlewaretoken"]
AXES_VERBOSE = False

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
