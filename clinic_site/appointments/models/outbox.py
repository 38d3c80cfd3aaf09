"""Mail that waits to be sent, written in the same transaction as what it tells of."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class MailKind(models.TextChoices):
    RECEIVED = "received", _("We have your request")
    NOT_REACHED = "not_reached", _("We could not reach you")
    BOOKED = "booked", _("Your appointment is booked")
    CHANGED = "changed", _("Your appointment has changed")
    CANCELLED = "cancelled", _("Your appointment is canceled")
    RELEASED = "released", _("We are looking for another time")
    WITHDRAWN = "withdrawn", _("Your request is canceled")
    DECLINED = "declined", _("About your request")
    DIGEST = "digest", _("Appointment requests today")


class OutboxMailQuerySet(models.QuerySet):
    def waiting(self):
        """Mails that are neither sent, nor given up, nor out of date."""
        return self.filter(sent_at=None, failed_at=None, dropped_at=None)

    def due(self, now):
        """Mails that a worker may take now; those of one request in the order they were written."""
        earlier = OutboxMail.objects.waiting().filter(
            request_id=OuterRef("request_id"), pk__lt=OuterRef("pk")
        )
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        return self.waiting().filter(free, ~Exists(earlier), next_try_at__lte=now).order_by("pk")


class OutboxMail(models.Model):
    """One mail to send. It holds neither address nor words: both are taken when it is sent.

    So a purge that deletes the request leaves nothing of the person in this table, and the link in
    the mail, a secret, is never stored. Delivery is at least once: a worker that dies after sending
    and before saying so sends again, with the same Message-ID.
    """

    # Null only for the desk's own digest.
    request = models.ForeignKey(
        "appointments.AppointmentRequest",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
    )
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    # What the request's SEQUENCE was, so that a mail about an older time is not sent.
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    # Until then the mail belongs to one worker; after it, to whoever asks.
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    # When its news turned out to be out of date, so that it was not sent.
    dropped_at = models.DateTimeField(null=True, blank=True)
    # The name of the exception alone: its words may quote an address.
    last_error = models.CharField(max_length=80, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, failed_at=None, dropped_at=None),
                name="appointments_to_send",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
