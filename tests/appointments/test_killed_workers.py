"""Mail workers in processes of their own that are killed, or told to stop."""

import pytest

from clinic_site.appointments import outbox
from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.receiving import receive
from tests.appointments.conftest import answers
from tests.appointments.drill import ROUNDS, only_long
from tests.appointments.mail_workers import end_lease, kill_while_sending, start_worker

pytestmark = pytest.mark.slow

# A worker that says so before it has sent the mail.
SAYS_SENT_FIRST = """
from clinic_site.appointments import outbox
lease_next = outbox.lease_next

def lease_and_mark():
    mail = lease_next()
    if mail:
        outbox.mark_sent(mail)
    return mail

outbox.lease_next = lease_and_mark
"""

# Twenty in `make drill`.
KILLED = max(4, ROUNDS // 5)


@pytest.fixture
def db(committed):
    """Other threads and processes see what is written."""


def test_a_worker_killed_while_sending_loses_nothing(mail, mail_server):
    kill_while_sending(mail_server)
    outbox.send_due()
    assert len(mail_server.ids) == 1
    end_lease()

    outbox.send_due()

    mail.refresh_from_db()
    assert mail.sent_at
    assert len(mail_server.ids) == 2
    assert len(set(mail_server.ids)) == 1


@only_long
def test_a_worker_that_says_sent_too_early_would_lose_the_mail(mail, mail_server):
    kill_while_sending(mail_server, SAYS_SENT_FIRST)
    end_lease()

    outbox.send_due()

    # The one that was never accepted.
    assert len(mail_server.ids) == 1
    assert not OutboxMail.objects.waiting().exists()


def test_workers_killed_while_sending_lose_nothing(db, mail_server):
    for _request in range(KILLED):
        receive(new_key(), answers())
    for _kill in range(KILLED):
        kill_while_sending(mail_server)
    assert len(set(mail_server.ids)) == KILLED
    end_lease()

    outbox.send_due()

    assert not OutboxMail.objects.waiting().exists()
    assert sorted(mail_server.ids) == sorted(2 * list(set(mail_server.ids)))


def test_a_worker_that_is_told_to_stop_ends_after_the_mail_it_is_sending(mail, mail_server):
    receive(new_key(), answers())
    mail_server.goes_on.clear()
    worker = start_worker(mail_server, loop=True)
    assert mail_server.has_taken.acquire(timeout=60)

    worker.terminate()
    mail_server.goes_on.set()

    assert worker.wait(timeout=20) == 0
    mail.refresh_from_db()
    assert mail.sent_at
    assert len(mail_server.ids) == 1
