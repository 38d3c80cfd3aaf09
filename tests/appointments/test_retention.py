"""What is kept, for how long, and that nothing of a person is left after that."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from clinic_site.appointments import moves, retention
from clinic_site.appointments.keys import grant_access, token_of
from clinic_site.appointments.models import (
    AccessToken,
    AppointmentRequest,
    Event,
    KeptCount,
    OutboxMail,
    Reason,
    SenderCount,
)
from clinic_site.appointments.moves import make_move
from clinic_site.appointments.states import CLOSED, State
from clinic_site.appointments.tally import NUMBERS, tally
from tests.appointments.test_moves import VISIT, put

DAYS = settings.APPOINTMENTS_KEEP_DAYS
CANARY = {
    "is_for_other": True,
    "name": "Xanthippe Canarybird",
    "requester_name": "Zebulon Canarykeeper",
    "relationship": "carer",
    "birth_date": date(1907, 11, 13),
    "phone": "+13055550193",
    "phone_extension": "9041790417",
    "email": "canary.bird.zq@example.com",
    "interpreter_language": "Canarytongue",
    "access_needs": "canaryramp zq",
    "note": "canarynote zq",
}
TRACES = [
    "canary",
    "xanthippe",
    "zebulon",
    "1907-11-13",
    "3055550193",
    "9041790417",
]


def purge(**options):
    out = StringIO()
    call_command("purge_requests", stdout=out, **options)
    return out.getvalue()


def closed(request, state, days):
    put(request, state)
    request.closed_at = timezone.now() - timedelta(days=days)
    request.save()
    return request


def database_text():
    """Every value in every column of every table, in small letters."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield f"{table}: {' | '.join(plain(value) for value in row)}".casefold()


def plain(value):
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def traces(*more):
    wanted = [*TRACES, *more]
    return [line for line in database_text() if any(trace in line for trace in wanted)]


def live_through_everything(request, clerk, lead):
    """Take the canary through attempts, booking, change, cancellation and reopening."""
    moves.log_attempt(request.pk, clerk, 0, "left_message")
    request = make_move("reply", request.pk, moves.PATIENT)
    call_command("send_mail_queue", stdout=StringIO())
    request = moves.schedule(request.pk, clerk, request.version, **VISIT)
    request = moves.reschedule(
        request.pk, clerk, request.version, **VISIT | {"place": "Another room"}
    )
    request = moves.patient_cancels(request)
    call_command("send_mail_queue", stdout=StringIO())
    request = moves.reopen(request.pk, lead, request.version)
    return moves.decline(request.pk, lead, request.version, "not_offered")


def test_after_the_purge_nothing_of_a_person_is_in_the_database(new_request, clerk, lead):
    request = live_through_everything(new_request(**CANARY), clerk, lead)
    token = token_of(request)
    assert traces(request.key)
    closed(request, State.DECLINED, DAYS["closed"] + 1)

    purge()

    assert traces(request.key.casefold(), token) == []
    assert not AccessToken.objects.filter(request_id=request.pk).exists()


def test_the_search_for_traces_finds_what_is_there(new_request):
    new_request(**CANARY)

    for trace in TRACES:
        assert [line for line in database_text() if trace in line], trace


def test_the_audit_keeps_that_it_happened(new_request):
    request = closed(new_request(), State.WITHDRAWN, DAYS["closed"] + 1)

    purge()

    assert Event.objects.filter(reference=request.reference, kind="received").exists()
    event = Event.objects.get(kind="purged")
    assert (event.detail, event.reference, event.by) == ("1", "", "system")


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_a_closed_request_goes_when_its_days_are_over(new_request, state):
    days = DAYS["spam"] if state == State.SPAM else DAYS["closed"]
    over = closed(new_request(), state, days + 1)
    not_yet = closed(new_request(), state, days - 1)

    purge()

    assert list(AppointmentRequest.objects.all()) == [not_yet]
    assert over != not_yet


def test_a_visit_is_kept_from_its_end_on(new_request):
    long_ago = timezone.now() - timedelta(days=DAYS["booked"], hours=2)
    for starts_at in (long_ago, timezone.now()):
        request = put(new_request(), State.SCHEDULED)
        request.starts_at, request.ends_at = starts_at, starts_at + timedelta(minutes=30)
        request.save()

    purge()

    assert AppointmentRequest.objects.get() == request


@pytest.mark.parametrize("state", sorted(set(State) - CLOSED - {State.SCHEDULED}))
def test_an_open_request_is_never_purged(new_request, state):
    request = put(new_request(), state)
    AppointmentRequest.objects.update(created_at=timezone.now() - timedelta(days=999))

    purge()

    assert AppointmentRequest.objects.get() == request


def test_a_request_that_repeats_a_purged_one_stays(new_request, clerk):
    original, repeat = new_request(), new_request()
    moves.mark_duplicate(repeat.pk, clerk, 0, original)
    closed(original, State.DECLINED, DAYS["closed"] + 1)

    purge()

    assert AppointmentRequest.objects.get().duplicate_of is None


def test_a_dry_run_counts_and_removes_nothing(new_request):
    closed(new_request(), State.DECLINED, DAYS["closed"] + 1)

    words = purge(dry_run=True)

    assert words.startswith("Would remove: 1 requests, 0 mails, 0 sender counts")
    assert AppointmentRequest.objects.count() == 1
    assert purge().startswith("Removed: 1 requests")


def test_a_dry_run_for_one_request_only_says_whether_it_is_there(new_request):
    request = new_request()

    assert purge(dry_run=True, reference=request.reference) == "Would remove: 1 request\n"
    assert AppointmentRequest.objects.count() == 1
    assert purge(reference=request.reference) == "Removed: 1 request\n"
    with pytest.raises(CommandError, match="There is no request"):
        purge(dry_run=True, reference=request.reference)


def mail_done(request, moment, became):
    """A mail that was sent, dropped or given up at this moment."""
    times = {"created_at": moment, "next_try_at": moment, became: moment}
    return OutboxMail.objects.create(request=request, kind="booked", **times)


@pytest.mark.parametrize("became", ["sent_at", "dropped_at", "failed_at"])
def test_old_mail_rows_and_sender_counts_go(new_request, became):
    request, now = new_request(), timezone.now()
    old = now - timedelta(days=DAYS["mail"] + 1)
    for moment in (old, now):
        mail_done(request, moment, became)
        SenderCount.objects.create(sender="x", hour=moment)

    words = purge()

    assert "1 mails, 1 sender counts" in words
    assert request.mails.count() == 2
    assert SenderCount.objects.count() == 1


def test_old_mail_rows_go_however_many_they_are(new_request, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    request = new_request()
    for _mail in range(3):
        mail_done(request, timezone.now() - timedelta(days=DAYS["mail"] + 1), "sent_at")

    words = purge()

    assert "3 mails" in words
    assert request.mails.count() == 1


def test_a_large_purge_goes_in_batches(new_request, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _request in range(5):
        closed(new_request(), State.DECLINED, DAYS["closed"] + 1)

    purge()

    assert [event.detail for event in Event.objects.filter(kind="purged")] == ["2", "2", "1"]
    assert sum(KeptCount.objects.values_list("received", flat=True)) == 5


def total(rows):
    return {name: sum(row[name] for row in rows) for name in NUMBERS}


def test_the_numbers_are_the_same_before_and_after(new_request, clerk, lead):
    for reason in Reason.objects.all()[:2]:
        for language in ("en", "es"):
            request = new_request(reason=reason, language=language)
            moves.decline(request.pk, lead, 0, "not_offered")
    late = new_request(reason=reason)
    late.created_at -= timedelta(days=30)
    late.promised_on -= timedelta(days=30)
    late.save()
    moves.decline(late.pk, lead, 0, "not_offered")
    spam = new_request(spam_signs=["trap"])
    make_move("mark_spam", spam.pk, clerk)
    AppointmentRequest.objects.update(closed_at=timezone.now() - timedelta(days=91))
    before = tally(AppointmentRequest.objects.all())

    purge()

    after = list(KeptCount.objects.values())
    assert total(before) == total(after)
    assert total(after) == {
        "received": 5,
        "answers_due": 5,
        "contacted": 5,
        "on_time": 4,
        "minutes_to_contact": 30 * 24 * 60,
        "spam": 1,
    }
    assert len(before) == len(after)


def test_a_purge_adds_to_the_numbers_of_the_last_one(new_request):
    for _time in range(2):
        closed(new_request(), State.WITHDRAWN, DAYS["closed"] + 1)
        purge()

    assert KeptCount.objects.get().received == 2


def test_a_private_link_of_a_purged_request_opens_nothing(new_request, client):
    request = closed(new_request(), State.WITHDRAWN, DAYS["closed"] + 1)
    address = f"/en/appointments/status/{grant_access(request)}/"
    assert client.get(address).status_code == 200

    purge()

    assert client.get(address).status_code == 404


def test_a_patient_who_asks_is_removed_at_once(new_request):
    request, other = new_request(), new_request()

    assert "1 request" in purge(reference=request.reference)

    assert list(AppointmentRequest.objects.all()) == [other]
    with pytest.raises(CommandError, match="There is no request"):
        purge(reference=request.reference)
