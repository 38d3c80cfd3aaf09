"""Several workers at one outbox, and mail servers with faults. Each race has a twin that must fail
with the protection off."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from email.utils import make_msgid

import pytest
from django.db import connection

from clinic_site.appointments import mails, outbox
from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.models.outbox import OutboxMailQuerySet
from clinic_site.appointments.receiving import receive
from tests.appointments.conftest import answers
from tests.appointments.mail_workers import end_lease

pytestmark = pytest.mark.slow


@pytest.fixture
def db(committed):
    """Other threads and processes see what is written."""


def in_thread(work):
    """Run in a thread with a connection of its own, closed at the end."""
    try:
        return work()
    finally:
        connection.close()


def send_while_another_sends(server):
    """One worker is in the middle of sending when a second one looks; return what was taken."""
    server.goes_on.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(in_thread, outbox.send_due)
        assert server.has_taken.acquire(timeout=20)
        second = pool.submit(in_thread, outbox.send_due)
        # Without the lease the second one hangs at the mail server too; with it, it ends at once.
        threading.Thread(target=let_go, args=(server, second), daemon=True).start()
        first.result(), second.result()
    return server.ids


def let_go(server, second):
    while not second.done() and not server.has_taken.acquire(timeout=0.1):
        pass
    server.goes_on.set()


def test_two_workers_never_send_the_same_mail_at_the_same_time(mail, mail_server):
    assert len(send_while_another_sends(mail_server)) == 1


def test_without_the_lease_two_workers_would(mail, mail_server, monkeypatch):
    monkeypatch.setattr(outbox, "LEASE", timedelta(0))

    ids = send_while_another_sends(mail_server)

    assert len(ids) == 2
    assert len(set(ids)) == 1


@pytest.fixture
def meeting(monkeypatch):
    """Two workers that have both read a mail meet before either writes, if they can."""
    barrier = threading.Barrier(2, timeout=1)
    save = OutboxMail.save

    def meet_and_save(self, **kwargs):
        with suppress(threading.BrokenBarrierError):
            barrier.wait()
        save(self, **kwargs)

    monkeypatch.setattr(OutboxMail, "save", meet_and_save)


def lease_in_two_threads(lease):
    with ThreadPoolExecutor() as pool:
        leases = [pool.submit(in_thread, lease) for _worker in range(2)]
    return [lease.result() for lease in leases if lease.result()]


def test_two_workers_that_look_at_once_do_not_both_get_a_mail(mail, meeting):
    assert lease_in_two_threads(outbox.lease_next) == [mail]


def test_without_lock_and_transaction_both_would(mail, meeting, monkeypatch):
    monkeypatch.setattr(OutboxMailQuerySet, "select_for_update", lambda self, **_: self)

    assert lease_in_two_threads(outbox.lease_next.__wrapped__) == [mail, mail]


def test_four_workers_send_each_of_thirty_mails_once(db, mail_server):
    for _request in range(30):
        receive(new_key(), answers())

    with ThreadPoolExecutor() as pool:
        work = [pool.submit(in_thread, outbox.send_due) for _worker in range(4)]
    assert [done.exception() for done in work] == [None] * 4

    assert len(mail_server.ids) == len(set(mail_server.ids)) == 30


def test_without_its_own_message_id_the_second_copy_would_be_another_mail(
    mail, mail_server, monkeypatch
):
    monkeypatch.setattr(mails, "message_id", lambda mail: make_msgid())
    mail_server.hangs_up = True
    outbox.send_due()
    mail_server.hangs_up = False
    end_lease()

    outbox.send_due()

    assert len(set(mail_server.ids)) == 2


def test_a_mail_server_that_hangs_up_after_taking_the_mail_gets_it_again(mail, mail_server):
    mail_server.hangs_up = True
    outbox.send_due()
    mail_server.hangs_up = False
    end_lease()

    outbox.send_due()

    mail.refresh_from_db()
    assert mail.sent_at
    assert len(set(mail_server.ids)) == 1


def test_a_mail_server_that_never_answers_is_given_up_after_the_timeout(
    mail, mail_server, settings
):
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.goes_on.clear()

    outbox.send_due()

    mail.refresh_from_db()
    assert mail.sent_at is None
    assert mail.leased_until is None
    assert mail.last_error == "SMTPServerDisconnected"


def test_what_a_mail_server_says_of_an_address_is_neither_kept_nor_logged(
    mail, mail_server, caplog
):
    mail_server.refuses = True

    outbox.send_due()

    mail.refresh_from_db()
    assert mail.last_error == "SMTPRecipientsRefused"
    assert "SMTPRecipientsRefused" in caplog.text
    assert mail.request.email not in caplog.text
