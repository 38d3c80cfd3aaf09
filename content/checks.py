"""Deploy checks: what a clinic must replace before patients read the site."""

from django.conf import settings
from django.core.checks import Error, Info, Tags, register
from django.db import DatabaseError

from content.models import ClinicSettings
from content.phone import tel

PLACEHOLDER_PHONE = "+13055550142"
PLACEHOLDER_SECRETS = ("development-only", "tests-only", "change-me", "secret")


@register(Tags.security, deploy=True)
def the_phone_number_is_real(app_configs, **kwargs):
    """Refuse the number from the range reserved for fiction, wherever it still stands."""
    numbers = {"CLINIC_PHONE": settings.CLINIC_PHONE}
    problems = []
    try:
        clinic = ClinicSettings.objects.first()
    except DatabaseError:
        clinic = None
        problems.append(
            Info(
                "The clinic's phone number could not be read from the database.",
                hint="Run migrate and seed, then check again.",
                id="content.I001",
            )
        )
    if clinic:
        numbers["The clinic's settings in the admin"] = clinic.phone
    return problems + [
        Error(
            f"{place}: {number} is a placeholder that nobody answers.",
            hint="Enter the clinic's own phone number.",
            id="content.E001",
        )
        for place, number in numbers.items()
        if tel(number) == PLACEHOLDER_PHONE
    ]


@register(Tags.security, deploy=True)
def the_secret_key_is_secret(app_configs, **kwargs):
    key = settings.SECRET_KEY
    if len(key) >= 50 and not key.startswith(PLACEHOLDER_SECRETS):
        return []
    return [
        Error(
            "SECRET_KEY is a placeholder or too short.",
            hint='Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="content.E002",
        )
    ]
