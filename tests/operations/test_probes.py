"""What a proxy, a monitor and a probe on the same machine are told about a process."""

import threading
from concurrent.futures import wait as wait_for
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.utils import timezone
from wagtail import hooks

from clinic_site.appointments.models import OutboxMail
from clinic_site.appointments.models.outbox import MailKind
from clinic_site.operations import watching
from clinic_site.operations.findings import Check, Finding, State
from clinic_site.operations.models import TimerRun
from clinic_site.operations.watching import Watcher
from tests.operations import places


def states(client):
    return client.get("/readyz").json()["checks"]


def ran(name, **ago):
    TimerRun.objects.create(name=name, finished_at=timezone.now() - timedelta(**ago))


def mail(**changes):
    now = timezone.now()
    facts = {"kind": MailKind.DIGEST, "created_at": now, "next_try_at": now}
    return OutboxMail.objects.create(**facts | changes)


def test_a_process_that_is_alive_says_so_without_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_a_process_that_can_work_is_ready(db, client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert answer.json()["checks"]["database"] == "well"
    assert answer.json()["checks"]["cache"] == "well"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_of_the_same_machine_needs_neither_name_nor_tls(db, client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["www.example.org"]

    answer = client.get(path, headers={"host": "10.0.0.7:8000", "accept-language": "es"})

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert "Set-Cookie" not in answer.headers


def test_a_probe_only_asks(db, client):
    assert client.post("/readyz").status_code == 405


def test_without_its_database_a_process_is_not_ready(db, client, tmp_path):
    name = tmp_path / "nothing" if places.connection.vendor == "sqlite" else "no_such_database"

    with places.moved_to(str(name)):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert answer.json()["checks"]["database"] == "down"
    assert answer.json()["checks"]["cache"] == "well"
    assert str(name) not in answer.content.decode()


@pytest.fixture
def hanging(settings):
    """A part that does not answer until the test is over; how often it was asked."""
    over, asked = threading.Event(), []

    def wait():
        asked.append(1)
        over.wait()
        return Finding(State.WELL)

    settings.HEALTH_PATIENCE_SECONDS = 0.2
    check = Check("patience", "Patience", wait, source="patience")
    with hooks.register_temporarily("register_health_checks", lambda: [check]):
        yield asked
    over.set()
    # The next test must not be told what this one's rounds find.
    for futures in list(watching.watcher.rounds.values()):
        wait_for(futures.values())


def test_a_part_that_hangs_holds_nobody_up(db, client, hanging):
    for _time in range(3):
        assert states(client)["patience"] == "down"

    assert len(hanging) == 1


def test_without_knowing_that_a_part_is_asked_each_question_would_cost_a_thread(
    db, client, hanging
):
    for _time in range(3):
        assert states(client)["patience"] == "down"
        watching.watcher.rounds.clear()

    assert len(hanging) == 3


def test_parts_that_hang_are_waited_for_side_by_side(hanging):
    [register] = [
        function
        for function in hooks.get_hooks("register_health_checks")
        if function.__module__ == __name__
    ]
    [check] = register()
    watcher = Watcher()

    found = watcher.findings([check, check._replace(name="other", source="other")])

    assert [finding for _check, finding in found] == [watching.HANGS] * 2


@pytest.mark.parametrize(("minutes", "state"), [(5, "well"), (90, "needs care")])
def test_a_late_backup_needs_care_and_sends_nobody_away(db, client, minutes, state):
    ran("backup", minutes=minutes)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["checks"]["backup"] == state


@pytest.mark.parametrize(("hours", "state"), [(72, "well"), (75, "needs care")])
def test_the_desks_daily_mail_is_not_missed_on_a_weekend(db, client, hours, state):
    ran("send_digest", hours=hours)

    assert states(client)["send_digest"] == state


def test_what_has_never_run_needs_care(db, client):
    found = states(client)

    assert {found[name] for name in site_settings.TIMERS_LATE_AFTER} == {"needs care"}


@pytest.mark.parametrize(("minutes", "state"), [(1, "well"), (30, "needs care")])
def test_a_mail_that_nobody_sends_needs_care(db, client, minutes, state):
    mail(next_try_at=timezone.now() - timedelta(minutes=minutes))

    assert states(client)["mail_queue"] == state


@pytest.mark.parametrize(("hours", "state"), [(1, "needs care"), (48, "well")])
def test_a_mail_that_was_given_up_needs_care_for_a_day(db, client, hours, state):
    mail(failed_at=timezone.now() - timedelta(hours=hours))

    assert states(client)["failed_mails"] == state


def test_a_probe_tells_no_numbers(db, client):
    mail(failed_at=timezone.now())

    answer = client.get("/readyz").json()

    assert set(answer) == {"ready", "checks"}
    assert set(answer["checks"].values()) <= {"well", "needs care", "down"}


@pytest.mark.parametrize(
    "command",
    [
        "send_mail_queue",
        "send_digest",
        "purge_requests",
        "publish_scheduled",
        "disable_idle_accounts",
        "forget_login_attempts",
    ],
)
def test_a_command_that_ran_is_remembered(db, client, command):
    call_command(command, verbosity=0)

    assert states(client)[command] == "well"


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("purge_requests", {"dry_run": True}),
        ("publish_scheduled", {"dryrun": True}),
        ("disable_idle_accounts", {"dry_run": True}),
    ],
)
def test_a_dry_run_is_not(db, client, command, options):
    call_command(command, **options)

    assert states(client)[command] == "needs care"
