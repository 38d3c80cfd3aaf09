from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def the_second_factor_is_on(app_configs, **kwargs):
    """Refuse to deploy with accounts that a password alone opens."""
    if settings.STAFF_SECOND_FACTOR:
        return []
    return [
        Error(
            "STAFF_SECOND_FACTOR is off: a stolen password would open patients' requests.",
            hint="Leave it off only on a developer's own machine.",
            id="staff_accounts.E001",
        )
    ]
