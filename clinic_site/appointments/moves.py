"""Moving a request from one state to another: the only code that changes one after it was sent.

Each move is one transaction: it locks the row, checks that nobody else has changed it since it was
read, writes the change, the audit event and the mail that tells the patient.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic_site.appointments.audit import PATIENT, record
from clinic_site.appointments.clinic import answer_day, local, today, working_day_after
from clinic_site.appointments.models import AppointmentRequest, ContactAttempt, OutboxMail
from clinic_site.appointments.models.history import EventKind
from clinic_site.appointments.models.outbox import MailKind
from clinic_site.appointments.states import CLOSED, MOVES, OPEN, PROMISED, State
from clinic_site.appointments.words import Outcome

# Attempts, and days they are spread over, before a patient counts as unreachable.
TRIES, TRY_DAYS = 3, 2
NO_TIME = {"starts_at": None, "ends_at": None, "place": "", "clinician": ""}
# What of a booked visit a mail tells, and a calendar keeps.
TOLD_OF_A_VISIT = ("starts_at", "ends_at", "place")
# The moves that count as the clinic's first word to the patient.
CONTACTS = {"reach", "miss", "schedule", "decline"}
TOLD = {
    "accept": MailKind.RECEIVED,
    "decline": MailKind.DECLINED,
    "withdraw": MailKind.WITHDRAWN,
    "cancel": MailKind.CANCELLED,
    "unschedule": MailKind.RELEASED,
    "schedule": MailKind.BOOKED,
    "reschedule": MailKind.CHANGED,
}


class MoveRefusedError(Exception):
    """A move that is not allowed now. `request` is as it stands; the message says why."""

    def __init__(self, request, message):
        super().__init__(message)
        self.request = request
        self.message = message


def may_move(name, by):
    move = MOVES[name]
    if by == PATIENT:
        return move.patient
    return bool(move.permission) and by.has_perm(move.permission)


@transaction.atomic
def make_move(name, pk, by, version=None, **changes):
    """Make the move `name` on request `pk` and return the request as it then stands.

    `by` is a user or `PATIENT`. `version` is the one the person saw; None where any will do, as
    for the patient. Raises `MoveRefusedError` for a stale or illegal move, with nothing changed.
    """
    request = AppointmentRequest.objects.select_for_update().get(pk=pk)
    move = MOVES[name]
    refuse_if_stale_or_illegal(name, request, by, version)
    was, became = request.state, move.to or request.state
    is_news = name != "reschedule" or differs(request, changes, TOLD_OF_A_VISIT)
    request.version += 1
    request.changed_at = timezone.now()
    if move.to:
        settle(request, was, became)
    if was == State.SCHEDULED and move.to and is_news:
        request.sequence += 1
    if name in CONTACTS and request.first_contact_at is None:
        request.first_contact_at = request.changed_at
    for field, value in changes.items():
        setattr(request, field, value)
    request.save()
    record(EventKind.MOVED, by, request, move=name, from_state=was, to_state=became)
    if name in TOLD and is_news:
        tell(request, TOLD[name])
    return request


def refuse_if_stale_or_illegal(name, request, by, version):
    if version is not None and version != request.version:
        raise MoveRefusedError(request, _("Somebody changed this request since you opened it."))
    # The desk may still correct what became of a visit; for its patient there is nothing to give up.
    is_too_late = by == PATIENT and request.is_over
    if request.state not in MOVES[name].starts or not may_move(name, by) or is_too_late:
        raise MoveRefusedError(
            request,
            _("This is not possible while the request is “%(state)s”.")
            % {"state": request.get_state_display()},
        )


def settle(request, was, became):
    """Bring what follows from a state into line with it."""
    request.state = became
    request.closed_at = request.changed_at if became in CLOSED else None
    if became in CLOSED | {State.SCHEDULED, State.WAITLISTED}:
        request.due_on = None
    elif became in PROMISED and was not in PROMISED | {State.QUARANTINED}:
        request.due_on = answer_day(request.changed_at)
    if became not in (State.SCHEDULED, State.CANCELLED):
        for field, value in NO_TIME.items():
            setattr(request, field, value)


def lock(*pks):
    """Lock these requests, always in one order, and return those that exist, by number."""
    requests = AppointmentRequest.objects.select_for_update().order_by("pk")
    return requests.filter(pk__in=pks).in_bulk()


def differs(request, changes, fields):
    return any(getattr(request, field) != changes[field] for field in fields)


def tell(request, kind):
    """Queue a mail to the patient, if they gave an address."""
    if not request.email:
        return None
    now = timezone.now()
    return OutboxMail.objects.create(
        request=request, kind=kind, sequence=request.sequence, created_at=now, next_try_at=now
    )


def claim(pk, by, version):
    return make_move("claim", pk, by, version, assigned_to=by)


def take_over(pk, by, version):
    return make_move("take_over", pk, by, version, assigned_to=by)


def release(pk, by, version):
    return make_move("release", pk, by, version, assigned_to=None)


@transaction.atomic
def log_attempt(pk, by, version, outcome, next_try_on=None):
    """Note one try to reach the patient, and claim the request.

    The next step falls due on `next_try_on`, by default the next day the clinic opens.
    """
    name = "reach" if outcome == Outcome.SPOKE else "miss"
    due_on = next_try_on or working_day_after(today())
    # What they asked for has been talked about.
    heard = {"asks_another_time": False} if outcome == Outcome.SPOKE else {}
    request = make_move(name, pk, by, version, assigned_to=by, due_on=due_on, **heard)
    ContactAttempt.objects.create(request=request, at=request.changed_at, by=by, outcome=outcome)
    if outcome not in (Outcome.SPOKE, Outcome.WROTE):
        tell(request, MailKind.NOT_REACHED)
    return request


def schedule(pk, by, version, **visit):
    """Book a visit: aware `starts_at` and `ends_at`, `place`, and `clinician` if it is known.

    A visit at the same time is no obstacle: `overlapping` finds those, and the desk decides.
    """
    return make_move("schedule", pk, by, version, asks_another_time=False, **visit)


@transaction.atomic
def reschedule(pk, by, version, **visit):
    """Change a booked visit; takes what `schedule` takes.

    The patient is told of another time or place; another clinician is for the desk alone.
    """
    request = lock(pk)[pk]
    if not differs(request, visit, visit):
        raise MoveRefusedError(request, _("Nothing is different. The patient was told nothing."))
    return make_move("reschedule", pk, by, version, **visit)


def overlapping(starts_at, ends_at, clinician="", place="", besides=None):
    """Visits booked at the same time with the same clinician, or in the same place without one."""
    booked = AppointmentRequest.objects.filter(
        state=State.SCHEDULED, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exclude(pk=besides)
    if clinician:
        return booked.filter(clinician__iexact=clinician)
    return booked.filter(place__iexact=place)


def decline(pk, by, version, reason):
    """Say no, with a coded reason. It answers the patient, so it counts as the first contact."""
    return make_move("decline", pk, by, version, decline_reason=reason)


@transaction.atomic
def mark_duplicate(pk, by, version, original):
    """Close a request that repeats another one, `original`, which must be open: it is the one that
    the patient is answered on.
    """
    # Else each of two could be closed as the duplicate of the other.
    locked = lock(pk, original.pk)
    if original.pk == pk:
        raise MoveRefusedError(locked[pk], _("A request cannot be a duplicate of itself."))
    other = locked.get(original.pk)
    if other is None or other.state not in OPEN or other.is_over:
        words = _("Nobody works on %(reference)s any more. Go on with this request instead.")
        raise MoveRefusedError(locked[pk], words % {"reference": original.reference})
    return make_move("mark_duplicate", pk, by, version, duplicate_of=original)


@transaction.atomic
def give_up(pk, by, version):
    """Close a request whose patient was tried three times on two days or more."""
    attempts = ContactAttempt.objects.filter(request_id=pk).values_list("at", flat=True)
    days = {local(moment).date() for moment in attempts}
    if len(attempts) < TRIES or len(days) < TRY_DAYS:
        raise MoveRefusedError(
            AppointmentRequest.objects.get(pk=pk),
            _("Try at least three times, on two days or more, before you give up."),
        )
    return make_move("give_up", pk, by, version)


def reopen(pk, by, version):
    afresh = {"decline_reason": "", "duplicate_of": None, "asks_another_time": False}
    return make_move("reopen", pk, by, version, assigned_to=by, **afresh)


def phoned(pk, by, version):
    """Say by phone what a mail could not: the task "mail failed" is done."""
    return make_move("phoned", pk, by, version, mail_failed=False)


def patient_cancels(request):
    """The patient gives up the request, or the visit if one is booked."""
    names = {State.SCHEDULED: "cancel", State.QUARANTINED: "withdraw_quarantined"}
    return make_move(names.get(request.state, "withdraw"), request.pk, PATIENT)


def patient_asks_again(request):
    """The patient asks for another time: a booked visit is given up, and the desk calls."""
    names = {State.SCHEDULED: "unschedule", State.AWAITING_PATIENT: "reply"}
    name = names.get(request.state, "ask_again")
    return make_move(name, request.pk, PATIENT, asks_another_time=True)
