"""A patient's request for an appointment: an immutable snapshot of what was asked, and its state."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Upper
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.appointments.clinic import today
from clinic_site.appointments.states import CLOSED, OPEN, PROMISED, UNSCHEDULED, State
from clinic_site.appointments.words import (
    WINDOWS,
    BestTime,
    Channel,
    DeclineReason,
    Relationship,
)

LANGUAGES = [("en", "English"), ("es", "Español")]
NOTE_CHARACTERS = 500
EXTENSION_DIGITS = 10
# What the desk narrows a view by. At the end of a view's index it spares reading the rows.
FILTERED = ("state", "reason", "language", "channel", "created_at")
# What somebody should look at before its turn, or though it is closed.
FLAGGED = Q(mail_failed=True) | Q(
    Q(sounds_urgent=True) | Q(asks_another_time=True), state__in=UNSCHEDULED | {State.QUARANTINED}
)


class AppointmentRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def overdue(self):
        """Requests whose next step was promised or planned for a day that has passed."""
        return self.filter(due_on__lt=today(), state__in=OPEN | {State.QUARANTINED})

    def like(self, request):
        """Other requests that may come from the same person: nobody merges them but people."""
        same = Q(search_name=request.search_name, birth_date=request.birth_date)
        same = same if request.birth_date else Q()
        if request.phone:
            same |= Q(phone=request.phone)
        if request.email:
            # As the index has it: SQLite looks nothing up for “iexact”.
            same |= Q(Exact(Upper("email"), Upper(Value(request.email))))
        return self.filter(same).exclude(pk=request.pk) if same else self.none()


class AppointmentRequest(models.Model):
    """What one person asked for. Nothing here is a booking before its state says so.

    The patient's answers never change after they are sent; the desk changes only the part below
    them, through `moves`, which locks, checks the version and writes the audit event.

    Kept until `retention` purges it. `str()` is the reference alone: it reaches logs and titles.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    # Made by the server for each form, so that sending twice asks once.
    key = models.CharField(max_length=64, unique=True, editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("received"), editable=False)

    # What the patient answered. Why each is asked stands in the appointments brief.
    is_for_other = models.BooleanField(_("for someone else"), default=False)
    name = models.CharField(_("full name"), max_length=120)
    search_name = models.CharField(max_length=120, editable=False)
    requester_name = models.CharField(_("name of who asks"), max_length=120, blank=True)
    relationship = models.CharField(
        _("relationship"), max_length=20, choices=Relationship.choices, blank=True
    )
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_extension = models.CharField(_("extension"), max_length=EXTENSION_DIGITS, blank=True)
    email = models.EmailField(_("email"), blank=True)
    channel = models.CharField(_("how to reach them"), max_length=12, choices=Channel.choices)
    may_leave_message = models.BooleanField(_("may leave a voice message"), default=False)
    best_time = models.CharField(
        _("best time to call"), max_length=12, choices=BestTime.choices, default=BestTime.ANY
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    interpreter_language = models.CharField(_("interpreter for"), max_length=60, blank=True)
    been_before = models.BooleanField(_("been here before"), default=False)
    last_injection = models.DateField(
        _("month of the last shots"), null=True, blank=True, help_text=_("The first of the month.")
    )
    reason = models.ForeignKey(
        "appointments.Reason",
        models.PROTECT,
        verbose_name=_("about"),
        related_name="+",
    )
    windows = models.JSONField(_("times that suit"), default=list, help_text=_("In order."))
    access_needs = models.CharField(_("access needs"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=NOTE_CHARACTERS, blank=True)
    consent_version = models.CharField(_("privacy text agreed to"), max_length=20)
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page they came from"),
    )
    sounds_urgent = models.BooleanField(_("sounds like an emergency"), default=False)
    spam_signs = models.JSONField(_("signs of spam"), default=list, blank=True)

    # What the desk and the system do with it.
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("last change"))
    promised_on = models.DateField(_("first promise"), help_text=_("Answer by this day."))
    due_on = models.DateField(_("next step by"), null=True, blank=True)
    first_contact_at = models.DateTimeField(_("first contact"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("claimed by"),
    )
    asks_another_time = models.BooleanField(_("asks for another time"), default=False)
    mail_failed = models.BooleanField(_("mail failed"), default=False)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    clinician = models.CharField(_("clinician"), max_length=80, blank=True)
    # The SEQUENCE of RFC 5545: it grows with each change of a booked visit.
    sequence = models.PositiveIntegerField(default=0)
    decline_reason = models.CharField(
        _("why it was declined"), max_length=20, choices=DeclineReason.choices, blank=True
    )
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentRequestQuerySet.as_manager()

    # Editors see where a page is used: requests must not stand in that list.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appointment request")
        verbose_name_plural = _("appointment requests")
        ordering = ["due_on", "pk"]
        default_permissions = ()
        permissions = [
            ("handle_requests", _("Can see, contact and book requests")),
            ("lead_requests", _("Can also decline and reopen requests")),
            ("export_requests", _("Can export requests")),
            ("see_report", _("Can see the report on requests")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", email=""), name="appointments_phone_or_email"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="appointments_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="appointments_start_and_end_together",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SCHEDULED) | Q(starts_at__isnull=False),
                name="appointments_booked_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False, state__in=CLOSED)
                | Q(closed_at__isnull=True) & ~Q(state__in=CLOSED),
                name="appointments_closed_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="appointments_inbox"),
            models.Index(fields=["assigned_to", "state", "due_on"], name="appointments_mine"),
            models.Index(fields=["phone"], name="appointments_phone"),
            models.Index(Upper("email"), name="appointments_email"),
            models.Index(fields=["search_name"], name="appointments_name"),
            models.Index(fields=["created_at"], name="appointments_created"),
            models.Index(fields=["starts_at"], name="appointments_starts"),
            models.Index(fields=["due_on", "id"], condition=FLAGGED, name="appointments_flagged"),
            models.Index(
                fields=["due_on", "id", *FILTERED],
                condition=Q(state__in=OPEN | {State.QUARANTINED}),
                name="appointments_promises",
            ),
            models.Index(
                fields=["starts_at", "ends_at", "id", *FILTERED],
                condition=Q(state=State.SCHEDULED),
                name="appointments_booked",
            ),
            models.Index(
                fields=["-closed_at", "-id", *FILTERED],
                condition=Q(state__in=CLOSED),
                name="appointments_closed",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def is_overdue(self):
        """Has the day passed on which something was to happen?"""
        return bool(
            self.due_on
            and self.due_on < today()
            and (self.is_open or self.state == State.QUARANTINED)
        )

    @property
    def is_over(self):
        """Has the visit that was booked taken place, or been missed?"""
        is_booked = self.state == State.SCHEDULED
        return bool(is_booked and self.ends_at and self.ends_at < timezone.now())

    @property
    def is_late(self):
        """Have we broken our promise to the patient?"""
        return self.is_overdue and self.state in PROMISED | {State.QUARANTINED}

    @property
    def window_labels(self):
        """The times that suit, in words, first choice first."""
        return [WINDOWS[code] for code in self.windows]
