"""Accounts that nobody uses any more: an open door that nobody watches."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.db.models.signals import pre_save
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from clinic_site.staff_accounts.sessions import end_sessions

DISABLE, LET_IN = "staff_accounts.disable_idle", "staff_accounts.let_in"


def connect():
    pre_save.connect(note_who_is_let_in, get_user_model(), dispatch_uid="note_who_is_let_in")


def note_who_is_let_in(instance, update_fields=None, **kwargs):
    """Write down that an account which was off is on again: its days without use begin anew."""
    is_touched = update_fields is None or "is_active" in update_fields
    was_off = type(instance).objects.filter(pk=instance.pk, is_active=False)
    if instance.pk and instance.is_active and is_touched and was_off.exists():
        let_in(instance)


def let_in(user, by=None):
    """Write it down; `by` is whoever is signed in, unless said otherwise.

    What was signed in when the account was turned off, a stolen laptop maybe, stays out.
    """
    end_sessions(user)
    log(instance=user, action=LET_IN, user=by)


def active_accounts():
    """Active accounts, the one used last first.

    One never used counts from the day it was made; one that was off, from when it was let in again.
    """
    users = get_user_model().objects.filter(is_active=True)
    entries = ModelLogEntry.objects.filter(
        action=LET_IN,
        content_type=ContentType.objects.get_for_model(get_user_model()),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    let_in_at = Subquery(entries.order_by("-timestamp").values("timestamp")[:1])
    seen_at = Coalesce("last_login", "date_joined")
    used_at = Greatest(seen_at, Coalesce(let_in_at, seen_at))
    return users.annotate(used_at=used_at).order_by("-used_at")


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
    log(instance=user, action=DISABLE)
