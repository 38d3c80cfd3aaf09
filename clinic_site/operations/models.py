"""When the commands that timers run last came to their end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

VIEW_HEALTH = "operations.view_health"


class TimerRun(models.Model):
    """The last time that a command came to its end without an error."""

    name = models.CharField(max_length=40, primary_key=True)
    finished_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        permissions = [("view_health", _("Can see the health of the site"))]

    def __str__(self):
        return self.name
