"""Numbers that outlive the people they count."""

from django.db import models


class SenderCount(models.Model):
    """How many requests one sender has sent in one hour.

    The sender is an address or a contact, hashed with the site's secret: the row says nothing to
    whoever reads it, and goes after a day.
    """

    sender = models.CharField(max_length=64)
    hour = models.DateTimeField()
    sent = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sender", "hour"], name="appointments_one_count")
        ]

    def __str__(self):
        return f"{self.sent} at {self.hour:%H:%M}"


class KeptCount(models.Model):
    """What the report says of one week, reason and language, from requests that were purged."""

    # The Monday the week begins on.
    week = models.DateField()
    reason = models.ForeignKey("appointments.Reason", models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    received = models.PositiveIntegerField(default=0)
    # Requests that were contacted, or whose promised day went by without it.
    answers_due = models.PositiveIntegerField(default=0)
    contacted = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    # The sum over `contacted`, from receipt to first contact.
    minutes_to_contact = models.PositiveBigIntegerField(default=0)
    spam = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["week", "reason", "language"], name="appointments_one_kept_count"
            )
        ]

    def __str__(self):
        return f"{self.week} {self.language}"
