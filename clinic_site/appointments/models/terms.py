"""What a request can be found by, one word a row, so that an index finds it among a million."""

from django.db import models


class SearchTerm(models.Model):
    """A word of the name, the reference's parts, the email, or the phone number from its end.

    Written with the request, whose answers never change, and purged with it.
    """

    request = models.ForeignKey(
        "appointments.AppointmentRequest", models.CASCADE, related_name="terms", db_index=False
    )
    term = models.CharField(max_length=254)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["request", "term"], name="appointments_one_term")
        ]
        indexes = [
            # The pattern class lets PostgreSQL look beginnings up, whatever the collation.
            models.Index(
                fields=["term", "request"],
                name="appointments_term",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self):
        return f"term {self.pk}"
