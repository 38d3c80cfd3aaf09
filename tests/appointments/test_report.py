"""The managers' report: right numbers, nobody's name, the same few queries."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic_site.appointments import moves
from clinic_site.appointments.models import AppointmentRequest, KeptCount, Reason
from clinic_site.appointments.moves import make_move
from clinic_site.appointments.report import build, first_week


@pytest.fixture
def manager(client, member):
    """A signed-in site manager, who may see numbers and no request."""
    client.force_login(member("Site managers"))
    return client


@pytest.fixture
def answered(new_request, lead):
    """A function that stores a request that was answered some time after it came."""

    def make(wait, days_promised=2, **changes):
        request = moves.decline(new_request(**changes).pk, lead, 0, "not_offered")
        created_at = request.first_contact_at - wait
        AppointmentRequest.objects.filter(pk=request.pk).update(
            created_at=created_at,
            promised_on=timezone.localdate(created_at + timedelta(days=days_promised)),
        )
        return request

    return make


def test_waits_are_told_by_mean_and_median(answered):
    for hours in (1, 2, 9):
        answered(timedelta(hours=hours))

    report = build(12)

    assert report.total.mean_wait == timedelta(hours=4)
    assert report.median_wait == timedelta(hours=2)


def test_an_answer_on_the_promised_day_is_on_time_and_later_is_not(answered):
    answered(timedelta(0), days_promised=0)
    answered(timedelta(days=3))

    total = build(12).total

    assert (total.on_time, total.answers_due, total.share_on_time) == (1, 2, 50)


def test_the_first_contact_counts_however_often_somebody_calls(answered, lead):
    called = answered(timedelta(hours=1))
    reopened = moves.reopen(called.pk, lead, called.version)

    again = moves.log_attempt(reopened.pk, lead, reopened.version, "spoke")

    assert again.first_contact_at == called.first_contact_at


def test_a_request_left_without_a_word_counts_once_its_day_is_over(new_request):
    request = new_request()
    assert build(12).total.share_on_time is None

    AppointmentRequest.objects.update(promised_on=timezone.localdate() - timedelta(days=1))

    total = build(12).total
    assert (total.answers_due, total.share_on_time) == (1, 0)
    assert total.mean_wait is None
    moves.patient_cancels(request)
    AppointmentRequest.objects.update(closed_at=timezone.now() - timedelta(days=2))
    assert build(12).total.answers_due == 0


def test_spam_is_counted_apart(new_request, clerk):
    make_move("mark_spam", new_request(spam_signs=["trap"]).pk, clerk)

    total = build(12).total

    assert (total.spam, total.received) == (1, 0)


def test_reasons_and_languages_have_lines_of_their_own(new_request):
    migraine = Reason.objects.get(code="migraine")
    new_request(language="es", reason=migraine)
    new_request(language="en", reason=migraine)

    report = build(12)

    assert [(line.label, line.received) for line in report.languages] == [
        ("English", 1),
        ("Español", 1),
    ]
    assert [(line.label, line.received) for line in report.reasons] == [(migraine, 2)]


def test_a_week_begins_on_monday_and_empty_ones_are_shown(new_request):
    request = new_request()
    AppointmentRequest.objects.filter(pk=request.pk).update(
        created_at=timezone.now() - timedelta(weeks=2)
    )

    weeks = build(12).weeks

    assert [line.received for line in weeks] == [0] * 9 + [1, 0, 0]
    assert {line.label.weekday() for line in weeks} == {0}


def test_what_was_purged_still_counts(db):
    KeptCount.objects.create(
        week=first_week(1),
        reason=Reason.objects.first(),
        language="en",
        received=3,
        answers_due=3,
        contacted=3,
        on_time=2,
        minutes_to_contact=180,
    )

    total = build(12).total

    assert (total.received, total.share_on_time) == (3, 67)
    assert total.mean_wait == timedelta(hours=1)


def test_the_page_shows_numbers_and_nobody(manager, answered):
    answered(timedelta(hours=3), name="Canary Name", note="canary note")

    text = manager.get(reverse("appointments_reports:report")).content.decode()

    assert "3 hours" in text
    assert "100%" in text
    assert "<svg" in text
    assert "anary" not in text
    assert "TNG-" not in text


def test_an_empty_report_opens(manager, db):
    response = manager.get(reverse("appointments_reports:report"), {"weeks": "52"})

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("weeks", ["0", "-1", "999999", "x", "12\x00"])
def test_a_period_that_nobody_offers_shows_the_usual_one(manager, db, weeks):
    for name in ("report", "numbers"):
        response = manager.get(reverse(f"appointments_reports:{name}"), {"weeks": weeks})
        assert response.status_code == 200


def test_the_numbers_come_as_a_file(manager, answered):
    reason = Reason.objects.create(code="x", label_en="=1+1", label_es="=1+1")
    answered(timedelta(hours=1), reason=reason)

    response = manager.get(reverse("appointments_reports:numbers"))

    head, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    named = dict(zip(head, row, strict=True))
    assert named["reason"] == "'=1+1"
    assert (named["received"], named["minutes_to_contact"]) == ("1", "60")


def queries_of(work):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        work()
    return len(queries)


def test_the_report_asks_as_often_for_many_requests_as_for_one(answered):
    answered(timedelta(hours=1))
    for_one = queries_of(lambda: build(12))
    for reason in Reason.objects.all():
        answered(timedelta(hours=1), reason=reason, language="es")

    assert queries_of(lambda: build(52)) == for_one


@pytest.mark.parametrize("group", ["Front desk", "Editors"])
@pytest.mark.parametrize("name", ["report", "numbers"])
def test_others_do_not_see_the_report(client, member, group, name):
    client.force_login(member(group))

    assert client.get(reverse(f"appointments_reports:{name}")).status_code in (302, 403)
