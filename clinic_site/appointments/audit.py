"""Writing the audit: who did what to which request."""

from django.utils import timezone

from clinic_site.appointments.models.history import Event, EventKind

PATIENT, SYSTEM = "patient", "system"


def actor(user):
    """The name the audit keeps: a member of staff's user name, or "patient" or "system"."""
    return user if isinstance(user, str) else user.get_username()


def record(kind, by, request=None, *, move="", from_state="", to_state="", detail=""):
    """Append one event. Call it inside the transaction of what it tells of."""
    return Event.objects.create(
        kind=kind,
        move=move,
        request_id=request and request.pk,
        reference=request.reference if request else "",
        from_state=from_state,
        to_state=to_state,
        detail=detail,
        by=actor(by),
        at=timezone.now(),
    )


def record_view(request, by):
    """One line for each time somebody opens a request's details."""
    return record(EventKind.VIEWED, by, request, from_state=request.state, to_state=request.state)
