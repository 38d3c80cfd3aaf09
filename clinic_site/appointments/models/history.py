"""What happened to a request, how the patient was tried, and the keys to the private page."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments.states import State
from clinic_site.appointments.words import Outcome


class EventKind(models.TextChoices):
    """What the audit knows of."""

    RECEIVED = "received", _("Received")
    MOVED = "moved", _("Changed")
    VIEWED = "viewed", _("Opened")
    LISTED = "listed", _("List opened")
    EXPORTED = "exported", _("Exported")
    MAIL_SENT = "mail_sent", _("Mail sent")
    MAIL_FAILED = "mail_failed", _("Mail failed")
    PURGED = "purged", _("Purged")


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete an audit event."""


class EventQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError("Audit events are never changed.")

    def delete(self):
        raise AppendOnlyError("Audit events are never deleted.")


class Event(models.Model):
    """One line of the audit: who did what to which request, when. Never anything about health.

    It outlives the request it names, so it holds no foreign key; triggers in the database refuse
    to change or delete a row, whatever asks for it.
    """

    kind = models.CharField(max_length=12, choices=EventKind.choices)
    move = models.CharField(max_length=24, blank=True)
    request_id = models.BigIntegerField(null=True, db_index=True)
    reference = models.CharField(max_length=20, blank=True)
    from_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    # A code, a view's name or a number of rows; never words that somebody typed.
    detail = models.CharField(max_length=60, blank=True)
    # "patient" and "system" where no member of staff acted.
    by = models.CharField(max_length=150)
    at = models.DateTimeField(db_index=True)

    objects = EventQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind} {self.reference}".strip()

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise AppendOnlyError("Audit events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("Audit events are never deleted.")


class ContactAttempt(models.Model):
    """One try to reach the patient."""

    request = models.ForeignKey(
        "appointments.AppointmentRequest", models.CASCADE, related_name="attempts"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["-at"]

    def __str__(self):
        return f"{self.get_outcome_display()}"


class AccessToken(models.Model):
    """A key to the private page of a request. The database holds only its hash."""

    request = models.ForeignKey(
        "appointments.AppointmentRequest", models.CASCADE, related_name="tokens"
    )
    token_hash = models.CharField(max_length=64, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"token {self.pk}"
