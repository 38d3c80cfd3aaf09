"""One release takes over from another while patients read and send."""

import os
import signal
import socket
import subprocess
import threading
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.server import command
from tests.appointments.drill import free_port, until
from tests.deploy import patients as patients_module
from tests.deploy.patients import Patients
from tests.deploy.proxy import HOST, Proxy

ENOUGH = 50
# All the patients come from one address.
NO_LIMITS = {"limit_req zone": "# limit_req zone", "limit_conn clinic": "# limit_conn clinic"}

pytestmark = [pytest.mark.slow, pytest.mark.one_database]


class Release:
    """A web process as its unit starts it, on a port of its own."""

    def __init__(self, name):
        self.port = free_port()
        self.process = subprocess.Popen(
            command(self.port, "tests.deploy.slow_application:application", workers=1),
            cwd=settings.BASE_DIR,
            env=os.environ | {"RELEASE": name},
            start_new_session=True,
        )

    def answers(self):
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", self.port))):
            return True

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def kill(self):
        """End it with its workers, which outlive a killed parent."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def releases():
    one, two = Release("one"), Release("two")
    yield one, two
    one.kill()
    two.kill()


@contextmanager
def patients_of(proxy):
    """People who read and send as long as this lasts."""
    is_over = threading.Event()
    patients = Patients(proxy.https, HOST, is_over.is_set)
    thread = threading.Thread(target=patients.run)
    thread.start()
    try:
        yield patients
    finally:
        is_over.set()
        thread.join()


def answered(patients):
    return patients.counts["GET 200"] + patients.counts["POST 422"]


def wait_for_more(patients):
    goal = answered(patients) + ENOUGH
    until(lambda: answered(patients) >= goal or len(patients.failures) >= ENOUGH)


def serves(proxy, name):
    return proxy.ask("/en/").headers["X-Served-By"] == name


def workers_of(proxy):
    pid = proxy.process.pid
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def turn(proxy, release):
    """As steps/serving does it: point nginx at the other port, and wait until it has let go."""
    until(release.answers)
    proxy.point_at(release.port)
    before = workers_of(proxy)
    proxy.process.send_signal(signal.SIGHUP)
    until(lambda: not before & workers_of(proxy))


def test_patients_who_leave_too_early_prove_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(patients_module, "LONGEST", 0)

    assert patients_module.main(free_port(), HOST, tmp_path / "stop") == 1


def test_a_release_takes_over_and_no_request_is_lost(nginx, releases, tmp_path):
    one, two = releases
    with Proxy(tmp_path, one.port, NO_LIMITS) as proxy:
        until(lambda: serves(proxy, "one"))
        with patients_of(proxy) as patients:
            wait_for_more(patients)
            turn(proxy, two)
            one.stop()
            wait_for_more(patients)

        assert serves(proxy, "two")
    assert patients.failures == []


def test_without_turning_nginx_first_requests_are_lost(nginx, releases, tmp_path):
    one, two = releases
    with Proxy(tmp_path, one.port, NO_LIMITS) as proxy:
        until(lambda: serves(proxy, "one"))
        with patients_of(proxy) as patients:
            wait_for_more(patients)
            one.stop()
            until(lambda: patients.failures)
            turn(proxy, two)

    assert patients.failures != []
