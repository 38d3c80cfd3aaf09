"""Taking away somebody's second factor, when the phone and the recovery codes are lost."""

import logging

from django.db import transaction
from django_otp import devices_for_user
from wagtail.log_actions import log

from clinic_site.staff_accounts.sessions import end_sessions

logger = logging.getLogger(__name__)


@transaction.atomic
def reset_second_factor(user, by=None):
    """Remove every device and end every session; the next sign-in enrols anew."""
    for device in devices_for_user(user, confirmed=None):
        device.delete()
    end_sessions(user)
    log(instance=user, action="staff_accounts.reset", user=by)
    logger.warning(
        "The second factor of %s was reset by %s",
        user.get_username(),
        by.get_username() if by else "the server's administrator",
    )


def may_reset(by, user):
    """May this member of staff reset that one's? Those may who may edit the account."""
    is_beyond = user.is_superuser and not by.is_superuser
    # One's own needs a code: it is replaced, not reset.
    return by.has_perm("auth.change_user") and not is_beyond and by.pk != user.pk
