"""Several workers at one outbox, and workers that are killed. Each check has a twin that must fail
with the protection off."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from email.utils import make_msgid

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.utils import timezone

from clinic_site.appointments import mails, outbox
from clinic_site.appointments.keys import new_key
from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.models.outbox import OutboxMailQuerySet
from clinic_site.appointments.receiving import receive
from tests.appointments.committed import clean_up
from tests.appointments.conftest import answers
from tests.appointments.drill import ROUNDS, only_long
from tests.appointments.drill_databases import url_of_test_database
from tests.appointments.mail_server import MailServer

pytestmark = pytest.mark.slow

WORKER = """
import django
from django.conf import settings
django.setup()
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
from django.core.management import call_command
{fault}
call_command("send_mail_queue", **{options})
"""
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
def db(outside_transactions):
    """The database outside any transaction: other threads and processes see what is written."""
    yield
    clean_up()


@pytest.fixture
def mail_server(settings):
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
        server.goes_on.set()
        server.shutdown()


@pytest.fixture
def mail(db):
    return receive(new_key(), answers()).mails.get()


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


def start_worker(server, fault="", **options):
    code = WORKER.format(port=server.port, fault=fault, options=options)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=site_settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings.test",
            "DATABASE_URL": url_of_test_database(),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def end_lease():
    past = timezone.now() - timedelta(seconds=1)
    OutboxMail.objects.update(leased_until=past, next_try_at=past)


def kill_while_sending(server, fault=""):
    """Kill a worker -9 after the mail server took the mail and before it said so."""
    server.goes_on.clear()
    worker = start_worker(server, fault)
    assert server.has_taken.acquire(timeout=60)
    worker.kill()
    worker.wait()
    server.goes_on.set()


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
