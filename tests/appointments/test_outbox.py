"""The outbox: retries, failures and what one worker does to the mail of one request."""

import socket
from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.utils import timezone

from clinic_site.appointments import moves
from clinic_site.appointments.models import Event, OutboxMail
from clinic_site.appointments.moves import make_move
from clinic_site.appointments.outbox import LEASE, TRIES, WAITS
from tests.appointments.test_moves import VISIT


@pytest.fixture
def no_mail_server(settings):
    """The mail settings point at a port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"


def send():
    call_command("send_mail_queue", verbosity=0)


def let_time_pass():
    """As if the next try and the end of any lease had come."""
    past = timezone.now() - timedelta(seconds=1)
    OutboxMail.objects.update(next_try_at=past)
    OutboxMail.objects.filter(leased_until__isnull=False).update(leased_until=past)


def test_a_mail_is_sent_once(new_request, mailoutbox):
    mail = new_request().mails.get()

    send()
    let_time_pass()
    send()

    mail.refresh_from_db()
    assert len(mailoutbox) == 1
    assert mail.sent_at
    assert mail.leased_until is None
    assert Event.objects.filter(kind="mail_sent", request_id=mail.request_id).count() == 1


def test_while_the_mail_server_is_away_a_mail_waits(new_request, no_mail_server):
    mail = new_request().mails.get()
    before = timezone.now()

    send()

    mail.refresh_from_db()
    assert (mail.attempts, mail.sent_at, mail.failed_at) == (1, None, None)
    assert mail.last_error == "ConnectionRefusedError"
    assert timedelta(0) < mail.next_try_at - before < timedelta(minutes=2)


@pytest.mark.slow
def test_a_mail_goes_out_soon_after_the_mail_server_is_back(new_request, no_mail_server, settings):
    mail = new_request().mails.get()
    for _try in range(TRIES - 1):
        send()
        let_time_pass()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send()

    mail.refresh_from_db()
    assert mail.sent_at
    assert mail.attempts == TRIES


def test_tries_go_on_for_four_hours_at_most_five_minutes_apart():
    assert sum(WAITS) >= 4 * 60
    assert max(WAITS) <= 5
    assert WAITS[:2] == (1, 2)


@pytest.mark.slow
def test_after_the_last_try_the_desk_is_told_to_phone(new_request, no_mail_server):
    mail = new_request().mails.get()

    for _try in range(TRIES + 2):
        send()
        let_time_pass()

    mail.refresh_from_db()
    mail.request.refresh_from_db()
    event = Event.objects.get(kind="mail_failed", request_id=mail.request_id)
    assert mail.attempts == TRIES
    assert mail.failed_at
    assert mail.last_error == "ConnectionRefusedError"
    assert mail.request.mail_failed
    assert (event.by, event.detail) == ("system", "received")


@pytest.mark.parametrize(
    ("error", "kept"), [("", "WorkerDied"), ("SMTPDataError", "SMTPDataError")]
)
def test_a_mail_that_always_kills_its_worker_is_given_up(new_request, mailoutbox, error, kept):
    mail = new_request().mails.get()
    past = timezone.now() - LEASE
    OutboxMail.objects.update(attempts=TRIES, leased_until=past, next_try_at=past, last_error=error)

    send()

    mail.refresh_from_db()
    assert mail.failed_at
    assert mail.last_error == kept
    assert not mailoutbox


class TakenOver(BaseEmailBackend):
    """A server so slow that the lease runs out, and another worker has the mail when it fails."""

    def send_messages(self, messages):
        OutboxMail.objects.update(leased_until=timezone.now() + 2 * LEASE)
        raise ConnectionResetError


@pytest.mark.parametrize("tries_before", [0, TRIES - 1])
def test_whoever_lost_a_lease_writes_nothing(new_request, settings, tries_before):
    settings.EMAIL_BACKEND = f"{__name__}.TakenOver"
    mail = new_request().mails.get()
    OutboxMail.objects.update(attempts=tries_before)

    send()

    mail.refresh_from_db()
    mail.request.refresh_from_db()
    assert mail.leased_until > timezone.now() + LEASE
    assert (mail.attempts, mail.failed_at, mail.last_error) == (tries_before + 1, None, "")
    assert not mail.request.mail_failed
    assert not Event.objects.filter(kind="mail_failed").exists()


def test_a_leased_mail_is_left_alone_until_the_lease_ends(new_request, mailoutbox):
    new_request()
    OutboxMail.objects.update(leased_until=timezone.now() + LEASE)

    send()
    assert not mailoutbox
    let_time_pass()
    send()

    assert len(mailoutbox) == 1


def test_one_bad_mail_does_not_hold_up_the_others(new_request, mailoutbox):
    """An address that passed the form and that the mail library refuses."""
    bad, good = new_request(email="a\n@example.com"), new_request()

    send()

    assert [message.to for message in mailoutbox] == [[good.email]]
    assert bad.mails.get().attempts == 1


def test_the_mails_of_one_request_keep_their_order(new_request, clerk, no_mail_server, settings):
    request = new_request()
    send()
    moves.log_attempt(request.pk, clerk, 0, "no_answer")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send()
    assert not request.mails.filter(kind="not_reached", sent_at__isnull=False)
    let_time_pass()
    send()

    sent = request.mails.exclude(sent_at=None).order_by("sent_at")
    assert [mail.kind for mail in sent] == ["received", "not_reached"]


def test_the_mail_of_other_requests_does_not_wait(new_request, mailoutbox):
    new_request()
    OutboxMail.objects.update(next_try_at=timezone.now() + timedelta(minutes=5))
    other = new_request()

    send()

    assert [message.to for message in mailoutbox] == [[other.email]]


def booked(new_request, clerk):
    request = moves.claim(new_request().pk, clerk, 0)
    return moves.schedule(request.pk, clerk, request.version, **VISIT)


def kinds_sent(request):
    return list(request.mails.filter(sent_at__isnull=False).values_list("kind", flat=True))


def test_news_of_an_older_time_is_not_sent(new_request, clerk, mailoutbox):
    request = booked(new_request, clerk)
    later = VISIT | {"place": "Another room"}
    moves.reschedule(request.pk, clerk, request.version, **later)

    send()

    assert kinds_sent(request) == ["changed"]
    assert request.mails.filter(dropped_at__isnull=False).count() == 2
    assert "Another room" in mailoutbox[0].body


def test_a_booking_that_was_given_up_is_not_announced(new_request, clerk):
    request = booked(new_request, clerk)
    moves.patient_cancels(request)

    send()

    assert kinds_sent(request) == ["cancelled"]


def test_a_visit_booked_anew_is_not_called_cancelled(new_request, clerk):
    request = booked(new_request, clerk)
    back = make_move("unschedule", request.pk, clerk)
    moves.schedule(request.pk, clerk, back.version, **VISIT)

    send()

    assert kinds_sent(request) == ["booked"]


def test_whoever_replied_is_not_told_that_we_could_not_reach_them(new_request, clerk):
    request = new_request()
    moves.log_attempt(request.pk, clerk, 0, "no_answer")
    make_move("reply", request.pk, clerk)

    send()

    assert kinds_sent(request) == ["received"]


def test_two_attempts_make_one_mail_if_the_first_had_to_wait(new_request, clerk):
    request = new_request()
    for version in range(2):
        moves.log_attempt(request.pk, clerk, version, "no_answer")

    send()

    assert kinds_sent(request) == ["received", "not_reached"]
    assert request.mails.filter(dropped_at__isnull=False).count() == 1
