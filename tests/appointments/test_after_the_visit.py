"""A visit that is over: nothing is given up any more, and nobody is answered on it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.moves import MoveRefusedError, mark_duplicate, patient_cancels
from clinic_site.appointments.states import State
from tests.appointments.desk import now, send
from tests.appointments.test_moves import put
from tests.appointments.test_status import address_of, page


def visited(request, **ago):
    """A request whose visit ended some time ago."""
    put(request, State.SCHEDULED)
    request.ends_at = timezone.now() - timedelta(**ago)
    request.starts_at = request.ends_at - timedelta(minutes=30)
    request.save()
    return request


def test_the_page_says_when_it_was_and_leads_to_a_new_request(client, new_request):
    text = page(client, visited(new_request(), days=5))

    assert "Your appointment was on" in text
    assert "Send a new request" in text
    for gone in ("look forward", "I need another time", "Cancel this", "in my calendar"):
        assert gone not in text


@pytest.mark.parametrize("action", ["cancel", "another_time"])
def test_an_old_form_gives_nothing_up(client, new_request, action):
    request = visited(new_request(), minutes=1)
    OutboxMail.objects.all().delete()

    answer = client.post(address_of(request, action))

    assert answer.url == address_of(request)
    assert now(request).starts_at == request.starts_at
    assert not request.mails.exists()


def test_a_visit_that_ends_while_the_patient_decides_is_not_given_up(new_request):
    request = visited(new_request(), minutes=1)

    with pytest.raises(MoveRefusedError):
        patient_cancels(request)


def test_until_its_end_a_visit_can_be_canceled(client, new_request):
    request = visited(new_request(), minutes=-5)

    client.post(address_of(request, "cancel"))

    assert now(request).state == State.CANCELLED


def test_the_desk_may_still_put_right_what_became_of_it(client, new_request, clerk):
    request = visited(new_request(), days=1)
    client.force_login(clerk)

    send(client, request, "cancel")

    assert now(request).state == State.CANCELLED


def test_no_request_is_closed_as_the_duplicate_of_a_visit_that_is_over(new_request, clerk):
    over, request = visited(new_request(), days=30), put(new_request(), State.IN_REVIEW)

    with pytest.raises(MoveRefusedError, match="Nobody works on"):
        mark_duplicate(request.pk, clerk, 0, over)

    assert now(request).state == State.IN_REVIEW
