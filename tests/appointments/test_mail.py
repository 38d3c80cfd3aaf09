"""What mails say, and above all what they never say."""

import re
from datetime import date, timedelta
from email.parser import BytesParser
from email.policy import default

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.utils import timezone, translation

from clinic_site.appointments import moves
from clinic_site.appointments.clinic import today
from clinic_site.appointments.digest import counts
from clinic_site.appointments.keys import hash_of
from clinic_site.appointments.mails import TRUE_IN, compose
from clinic_site.appointments.models import AccessToken, AppointmentRequest, OutboxMail, Reason
from clinic_site.appointments.models.outbox import MailKind
from clinic_site.appointments.states import State
from tests.appointments.test_moves import VISIT, put

PRIVATE = {
    "name": "Canary Name",
    "requester_name": "Canary Requester",
    "access_needs": "canary ramp",
    "note": "canary note",
    "interpreter_language": "Canarian",
    "phone": "+13055550177",
    "birth_date": "1961-02-03",
}
to_patients = pytest.mark.parametrize("kind", [kind for kind in MailKind if kind != "digest"])
in_both_languages = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
def message(new_request):
    """A function that makes the mail of one kind."""

    def make(kind, language="en", **changes):
        reason = Reason.objects.get(code="migraine")
        request = new_request(**PRIVATE, reason=reason, language=language, **changes)
        states = {"cancelled": "cancelled", "released": "in_review"}
        state = states.get(kind) or next(iter(TRUE_IN[kind]))
        put(request, "scheduled")
        request.place, request.clinician = "Room for tests", "Canary Clinician"
        put(request, state)
        now = timezone.now()
        mail = OutboxMail.objects.create(
            request=request, kind=kind, created_at=now, next_try_at=now
        )
        return compose(mail)

    return make


def everything_in(message):
    """The whole mail in plain text, headers and attachments too."""
    parsed = BytesParser(policy=default).parsebytes(message.message().as_bytes())
    parts = [part.get_content() for part in parsed.walk() if not part.is_multipart()]
    return "\n".join([str(parsed.items()), *parts])


@to_patients
@in_both_languages
def test_a_mail_says_nothing_of_the_person_or_their_health(message, kind, language):
    text = everything_in(message(kind, language)).casefold()

    reason = Reason.objects.get(code="migraine")
    for word in (*PRIVATE.values(), "Canary", reason.label_en, reason.label_es, "neurolog"):
        assert word.casefold() not in text


@to_patients
@in_both_languages
def test_a_mail_has_reference_phone_hours_and_the_private_link(message, kind, language, client):
    body = message(kind, language).body

    link = re.search(r"^(http\S+)$", body, re.MULTILINE)[1]
    token = AccessToken.objects.get(token_hash=hash_of(link.rstrip("/").split("/")[-1]))
    assert link.startswith(f"{site_settings.WAGTAILADMIN_BASE_URL}/{language}/")
    assert token.request.reference in body
    assert "305-555-0142" in body
    assert "8:30 a.m." in body


@to_patients
def test_the_subject_and_the_sender_are_neutral(message, kind):
    made = message(kind)

    assert re.fullmatch(r"[\w ]+ TNG-\w{4}-\w{2}", made.subject)
    assert made.from_email == site_settings.DEFAULT_FROM_EMAIL
    assert made.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_mail_has_the_same_message_id_each_time(new_request):
    first, second = new_request().mails.get(), new_request().mails.get()

    ids = [compose(mail).extra_headers["Message-ID"] for mail in (first, first, second)]

    assert ids[0] == ids[1] != ids[2]
    assert re.fullmatch(r"<[\w.]+@127\.0\.0\.1>", ids[0])


def test_the_first_mail_says_that_nothing_is_booked_and_when_we_answer(new_request):
    request = new_request()

    body = compose(request.mails.get()).body

    assert "We have your request. It is not booked yet." in body
    with translation.override("en"):
        assert f"You should hear from us by {request.promised_on:%A}, " in body


def test_a_mail_that_comes_too_late_does_not_promise_a_day_that_has_passed(new_request):
    request = new_request()
    request.promised_on = date(2020, 1, 2)
    request.save()

    assert "2020" not in compose(request.mails.get()).body


def test_a_booked_visit_is_told_in_the_clinics_time_zone(message):
    body = message("booked").body

    assert "Tuesday, Jan. 10, 2090, 10 a.m. (EST)" in body
    assert "Room for tests" in body


def test_a_line_of_a_mail_begins_with_a_capital_letter_in_spanish(message):
    assert "\nMartes, 10 de enero de 2090, 10 a.m. (EST)\n" in message("booked", "es").body


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("booked", "PUBLISH"),
        ("changed", "PUBLISH"),
        ("cancelled", "CANCEL"),
        ("released", "CANCEL"),
    ],
)
def test_mails_about_a_visit_carry_a_calendar_file(message, kind, method):
    parsed = BytesParser(policy=default).parsebytes(message(kind).message().as_bytes())

    (file,) = parsed.iter_attachments()
    assert file.get_content_type() == "text/calendar"
    assert file["Content-Type"].params["method"] == method
    assert f"METHOD:{method}" in file.get_content()


@pytest.mark.parametrize("kind", ["withdrawn", "declined", "cancelled"])
def test_a_mail_about_what_has_ended_offers_nothing_to_cancel(message, kind):
    assert "cancel there" not in message(kind).body
    assert "Your private page shows where things stand." in message(kind).body


def test_a_time_that_is_given_up_is_not_called_the_end(message):
    body = message("released").body

    assert "We will contact you about another time." in body
    assert "If you still need an appointment" not in body


def test_a_mail_of_a_time_given_up_that_comes_late_promises_no_day_that_has_passed(
    new_request, clerk, mailoutbox
):
    request = moves.claim(new_request().pk, clerk, 0)
    request = moves.schedule(request.pk, clerk, request.version, **VISIT)
    moves.make_move("unschedule", request.pk, clerk)
    AppointmentRequest.objects.update(due_on=today() - timedelta(days=1))
    call_command("send_mail_queue")

    assert "We will contact you about another time." in mailoutbox[-1].body
    assert "You should hear from us by" not in mailoutbox[-1].body


def test_a_time_given_up_for_good_promises_no_other(new_request, clerk, mailoutbox):
    request = moves.claim(new_request().pk, clerk, 0)
    request = moves.schedule(request.pk, clerk, request.version, **VISIT)
    call_command("send_mail_queue")
    request = moves.patient_asks_again(request)
    moves.patient_cancels(request)
    call_command("send_mail_queue")

    released, withdrawn = mailoutbox[-2:]
    assert withdrawn.subject.startswith("Your request is canceled")
    assert "takes it out of your calendar" in released.body
    assert "another time" not in released.body


def test_other_mails_carry_none(message):
    assert not message("received").attachments


def test_the_mails_of_a_request_that_is_booked_and_cancelled(new_request, clerk, mailoutbox):
    request = moves.claim(new_request().pk, clerk, 0)
    call_command("send_mail_queue")
    request = moves.schedule(request.pk, clerk, request.version, **VISIT)
    call_command("send_mail_queue")
    moves.patient_cancels(request)
    call_command("send_mail_queue")

    assert [message.subject for message in mailoutbox] == [
        f"{kind.label} {request.reference}"
        for kind in (MailKind.RECEIVED, MailKind.BOOKED, MailKind.CANCELLED)
    ]


def test_the_digest_counts_and_names_nobody(new_request, mailoutbox, settings):
    settings.APPOINTMENTS_EMAIL = "desk@example.com"
    new_request(email="", **PRIVATE)
    held = new_request(email="", spam_signs=["trap"])
    call_command("send_digest")

    call_command("send_mail_queue")

    (message,) = mailoutbox
    assert message.to == ["desk@example.com"]
    assert "New: 1" in message.body
    assert "Quarantined: 1" in message.body
    assert held.reference not in message.body
    assert "anar" not in everything_in(message)


def test_the_digest_counts_no_emergency_that_was_answered(new_request):
    """As the view “Flagged” does, so that the line is worth reading."""
    answered, waits = [new_request(sounds_urgent=True) for _one in range(2)]
    put(answered, State.SCHEDULED)

    assert counts()["flagged"] == 1
    put(waits, State.QUARANTINED)
    assert counts()["flagged"] == 1


def test_without_an_address_there_is_no_digest(db, settings):
    settings.APPOINTMENTS_EMAIL = ""

    call_command("send_digest")

    assert not OutboxMail.objects.exists()


def test_however_many_machines_queue_it_the_digest_comes_once_a_day(db, mailoutbox, settings):
    settings.APPOINTMENTS_EMAIL = "desk@example.com"
    for _machine in range(2):
        call_command("send_digest")
        call_command("send_mail_queue")
    assert len(mailoutbox) == 1

    OutboxMail.objects.update(created_at=timezone.now() - timedelta(days=1))
    call_command("send_digest")
    call_command("send_mail_queue")
    assert len(mailoutbox) == 2


def test_of_two_digests_that_wait_one_is_sent(db, mailoutbox, settings):
    settings.APPOINTMENTS_EMAIL = "desk@example.com"
    now = timezone.now()
    for _machine in range(2):
        OutboxMail.objects.create(kind=MailKind.DIGEST, created_at=now, next_try_at=now)

    call_command("send_mail_queue")

    assert len(mailoutbox) == 1
