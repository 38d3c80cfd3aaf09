from clinic_site.appointments.models.counts import KeptCount, SenderCount
from clinic_site.appointments.models.history import AccessToken, ContactAttempt, Event
from clinic_site.appointments.models.outbox import OutboxMail
from clinic_site.appointments.models.reasons import Reason
from clinic_site.appointments.models.requests import AppointmentRequest
from clinic_site.appointments.models.terms import SearchTerm

__all__ = [
    "AccessToken",
    "AppointmentRequest",
    "ContactAttempt",
    "Event",
    "KeptCount",
    "OutboxMail",
    "Reason",
    "SearchTerm",
    "SenderCount",
]
