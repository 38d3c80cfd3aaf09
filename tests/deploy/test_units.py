"""systemd is told what the code says, and its own checker has nothing to say against it."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.core.management import get_commands

from clinic_site import server
from tests.deploy.proxy import DEPLOY

pytestmark = pytest.mark.one_database

UNITS = DEPLOY / "systemd"
# systemd's own figure, from 0 (can touch nothing) to 100. A service left alone has 96.
EXPOSURE = 30


def setting(path, name):
    return re.search(rf"^{name}=(.+)$", path.read_text(), re.MULTILINE)[1]


def test_the_web_service_runs_the_servers_one_command():
    python, *words = setting(UNITS / "clinic-web@.service", "ExecStart").split()

    assert python == "/srv/clinic/web-%i/.venv/bin/python"
    assert [sys.executable, *words] == server.command("%i")


def names_set(path):
    return set(re.findall(r"^(\w+)=", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", sorted(UNITS.glob("*.service")), ids=lambda path: path.name)
def test_what_a_service_says_of_itself_is_not_overruled(path):
    """systemd reads the part that they have in common last."""
    [common] = UNITS.glob("clinic-.service.d/*.conf")

    assert not names_set(path) & names_set(common)
    assert "MemoryMax" in names_set(path)


def commands_named():
    timers = [setting(path, "Unit") for path in sorted(UNITS.glob("*.timer"))]
    jobs = [re.fullmatch(r"clinic-job@(\w+)\.service", unit)[1] for unit in timers]
    mail = setting(UNITS / "clinic-mail.service", "ExecStart").split("manage.py ")[1]
    return [*jobs, mail.split()[0]]


@pytest.mark.parametrize("command", commands_named())
def test_each_command_that_a_unit_names_exists(command):
    assert command in get_commands()


@pytest.fixture
def units(tmp_path):
    """The units as installed, with programs that exist."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("############ SKIPPED: no systemd. Its units were not verified. ############")
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.rglob("*.service"):
        words = re.sub(r"/srv/clinic/[^/]+/\.venv/bin/python", sys.executable, path.read_text())
        path.write_text(words)
    return tmp_path


def analyze(units, *words):
    return subprocess.run(
        ["systemd-analyze", *words],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{units}:"},
        capture_output=True,
        text=True,
        check=False,
    )


def instances(units):
    yield from ("clinic-web@8001.service", "clinic-mail.service")
    for timer in sorted(units.glob("*.timer")):
        yield from (timer.name, setting(timer, "Unit"))


def test_systemd_understands_every_unit(units):
    result = analyze(units, "verify", "--man=no", *instances(units))

    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_systemd_would_notice_a_mistake(units):
    path = units / "clinic-mail.service"
    path.write_text(path.read_text().replace("Restart=always", "Restart=sometimes"))

    assert "sometimes" in analyze(units, "verify", "--man=no", path.name).stderr


@pytest.mark.parametrize(
    "kind", ["clinic-web@.service", "clinic-mail.service", "clinic-job@.service"]
)
def test_a_service_may_touch_little(units, kind):
    limit = f"--threshold={EXPOSURE}"

    result = analyze(units, "security", "--offline=true", "--no-pager", limit, kind)

    assert result.returncode == 0, result.stdout + result.stderr
