"""Accounts that nobody uses any more: an open door that nobody watches."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log

from clinic_site.staff_accounts.sessions import end_sessions


def active_accounts():
    """Active accounts, the one used last first; one never used counts from the day it was made."""
    users = get_user_model().objects.filter(is_active=True)
    return users.annotate(used_at=Coalesce("last_login", "date_joined")).order_by("-used_at")


def idle_accounts():
    """Accounts unused for too long, without the last administrator."""
    before = timezone.now() - timedelta(days=settings.STAFF_IDLE_DAYS)
    idle = active_accounts().filter(used_at__lt=before)
    # Somebody must be able to let the others in again.
    last = active_accounts().filter(is_superuser=True).first()
    return idle.exclude(pk=last.pk) if last else idle


@transaction.atomic
def disable(user):
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    log(instance=user, action="staff_accounts.disable_idle")
