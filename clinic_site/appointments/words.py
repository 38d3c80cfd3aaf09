"""The choices that patients and staff are given, in their words."""

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

DAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}


class Channel(TextChoices):
    """How the patient wants to be reached."""

    CALL = "call", _("Call me")
    EMAIL = "email", _("Email me")
    NO_CALLS = "no_calls", _("Phone calls are hard for me. Please email me")


class BestTime(TextChoices):
    ANY = "any", _("Any time")
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")


class Relationship(TextChoices):
    """Who asks for someone else."""

    PARTNER = "partner", _("Wife, husband or partner")
    PARENT = "parent", _("Mother or father")
    CHILD = "child", _("Daughter or son")
    RELATIVE = "relative", _("Another relative")
    CARER = "carer", _("Caregiver or friend")
    PROFESSIONAL = "professional", _("Doctor's office or another professional")


class Outcome(TextChoices):
    """How an attempt to reach the patient ended."""

    SPOKE = "spoke", _("Spoke with them")
    LEFT_MESSAGE = "left_message", _("Left a voice message")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    WROTE = "wrote", _("Wrote an email")


class DeclineReason(TextChoices):
    """Why the clinic cannot help, in codes: nobody types why."""

    NOT_OFFERED = "not_offered", _("We do not treat this here")
    NEEDS_REFERRAL = "needs_referral", _("A referral is needed first")
    OTHER_CLINIC = "other_clinic", _("Another clinic fits better")
    AGE = "age", _("We do not see patients of this age")
    OTHER = "other", _("Another reason, told by phone")


MORNING, AFTERNOON = _("{} morning"), _("{} afternoon")
SOONEST = "asap"
# Times that suit, by code: a weekday and a half of it.
WINDOWS = {SOONEST: _("As soon as possible, any day")} | {
    f"{day}_{half}": format_lazy(pattern, name)
    for day, name in DAYS.items()
    for half, pattern in [("am", MORNING), ("pm", AFTERNOON)]
}
