"""The deploy scripts' own steps, run by bash in folders of the test's."""

import fcntl
import os
import shutil
import subprocess
from shlex import quote

import pytest
from django.conf import settings

STEPS = settings.BASE_DIR / "clinic_site/deploy/steps"


@pytest.fixture
def server(tmp_path):
    """The places of a server; its `runuser` notes what it is told and what it is given."""
    for name in ("site/releases", "site/static", "configuration", "bin", "source"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "configuration/site.env").write_text("DATABASE_URL=the-sites-own\n")
    (tmp_path / "configuration/owner.env").write_text("DATABASE_URL=with-an-owners-password\n")
    stand_in(tmp_path, "runuser", f'echo "$*" >{tmp_path}/told; env >{tmp_path}/given')
    return tmp_path


def stand_in(server, program, does):
    """Put a program of the system's in the way of the real one."""
    path = server / "bin" / program
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def run(server, steps, before=""):
    """Run steps as the scripts do: all parts at hand, and the first mistake ends it."""
    names = ("SITE", "STATE", "CONFIGURATION", "SOURCE", "LOG", "LOCK")
    places = {name: server / name.lower() for name in names}
    lines = [
        *("set -euo pipefail", before),
        *(f". {STEPS / part}" for part in ("places", "machine", "configuration")),
        *(f". {STEPS / part}" for part in ("releases", "serving")),
        *(f"{name}={path}" for name, path in places.items()),
        steps,
    ]
    return call_script(server, "bash", "-c", "\n".join(lines))


def call_script(server, *words, cwd=None):
    return subprocess.run(
        words,
        cwd=cwd,
        env=os.environ | {"PATH": f"{server / 'bin'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "call",
    [
        "install --help",
        "install https://www.example.org",
        "upgrade --help",
        "upgrade ../../..",
        "upgrade one two",
        "restart --help",
        "rollback --help",
    ],
)
def test_a_script_called_wrong_says_how_and_does_nothing(server, call):
    script, *words = call.split()
    # Should it go on, it must not get far.
    stand_in(server, "id", "echo 1000")

    result = call_script(server, STEPS.parent / script, *words)

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("Usage: ")


def test_a_file_is_named_from_where_one_stands(server):
    shutil.copytree(STEPS.parent, server / "deploy")
    places = server / "deploy/steps/places"
    text = places.read_text().replace(
        "CONFIGURATION=/etc/clinic ", f"CONFIGURATION={server}/configuration "
    )
    places.write_text(text)
    stand_in(server, "id", "echo 0")
    stand_in(server, "runuser", f'pwd >{server}/stood; echo "$*" >{server}/told')
    (server / "backups").mkdir()

    result = call_script(
        server, server / "deploy/manage", "restore", "--check", "newest.tar", cwd=server / "backups"
    )

    assert result.returncode == 0, result.stderr
    assert (server / "stood").read_text() == f"{server}/backups\n"
    assert (server / "told").read_text() == (
        "-u clinic -- /srv/clinic/current/.venv/bin/python /srv/clinic/current/manage.py"
        " restore --check newest.tar\n"
    )


@pytest.mark.slow
def test_a_release_that_could_not_be_made_does_not_pass_for_whole(server):
    (server / "source/requirements.txt").write_text("-r what-is-not-there.txt\n")

    result = run(server, "release=$(make_release one)\necho made")

    assert "what-is-not-there.txt" in result.stderr
    assert (result.returncode, result.stdout) == (1, "")
    assert not (server / "site/releases/one/.complete").exists()


def test_another_source_does_not_pass_for_a_release_of_that_name(server):
    (server / "source/manage.py").write_text("print(1)")
    release = server / "site/releases/one"
    release.mkdir()
    (release / ".complete").write_text(run(server, "version_of_source").stdout.strip())
    assert run(server, "make_release one").stdout == str(release)

    (server / "source/manage.py").write_text("print(2)")
    result = run(server, "release=$(make_release one)\necho made")

    assert "another name" in result.stderr
    assert (result.returncode, result.stdout) == (1, "")


def test_what_serves_is_kept_wherever_the_site_really_stands(server):
    """A folder that is a link, to a larger disk maybe."""
    (server / "site").rename(server / "disk")
    (server / "site").symlink_to("disk")
    releases = [server / "site/releases" / name for name in "abcdef"]
    for age, release in enumerate(releases):
        release.mkdir()
        os.utime(release, (age, age))
    (server / "site/previous").symlink_to(releases[0])
    (server / "site/current").symlink_to(releases[5])

    result = run(server, "remove_old_releases")

    assert result.returncode == 0, result.stderr
    assert [release.name for release in releases if release.exists()] == ["a", "d", "e", "f"]


def test_the_owners_password_stands_on_no_command_line(server):
    result = run(server, f"as_owner {server} manage migrate")

    assert result.returncode == 0, result.stderr
    assert (server / "told").read_text() == "-u clinic -- manage migrate\n"
    assert "DATABASE_URL=with-an-owners-password\n" in (server / "given").read_text()


def test_the_site_itself_is_not_given_the_owners_rights(server):
    run(server, f"as_clinic {server} manage check")

    assert "DATABASE_URL=the-sites-own\n" in (server / "given").read_text()


def test_what_a_strict_root_makes_can_be_read_by_the_site(server):
    run(server, "mkdir $SITE/made", before="umask 077")

    assert (server / "site/made").stat().st_mode & 0o777 == 0o755


def test_a_static_file_is_replaced_at_once_and_never_half_written(server):
    served = server / "site/static/site.css"
    served.write_text("what a reader is being sent")
    (server / "release/staticfiles").mkdir(parents=True)
    (server / "release/staticfiles/site.css").write_text("new")

    with served.open() as sending:
        result = run(server, f"publish_static_files {server}/release")

        assert result.returncode == 0, result.stderr
        assert sending.read() == "what a reader is being sent"
    assert served.read_text() == "new"


def test_two_changes_of_release_do_not_meet(server):
    with (server / "lock").open("w") as lock:
        assert run(server, "work_alone; echo works").stdout == "works\n"
        fcntl.flock(lock, fcntl.LOCK_EX)

        result = run(server, "work_alone; echo works")

    assert (result.returncode, result.stdout) == (1, "")
    assert "Another upgrade" in result.stderr


def test_a_first_release_that_cannot_be_filled_says_where_the_reason_stands(server):
    stand_in(server, "runuser", "echo no table >&2; exit 1")

    result = run(server, f"fill_site {server}; echo filled")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"See {server}/log.\n"
    assert (server / "log").read_text() == "no table\n"


NAME = 'Dr. "Ana" $HOME `id` a\\b & c|d <a@example.org>'


def test_bash_reads_a_value_as_it_was_given(server):
    (server / "configuration/site.env").write_text("EMAIL_FROM=\n")

    result = run(
        server,
        'set_in_environment EMAIL_FROM "$NAME"; . $CONFIGURATION/site.env; printf %s "$EMAIL_FROM"',
        before=f"NAME={quote(NAME)}",
    )

    assert (result.stdout, result.stderr) == (NAME, "")


def test_root_gives_nothing_away_in_the_folder_that_the_site_owns(server):
    stand_in(server, "id", "exit 0")
    stand_in(server, "install", f'echo "$*" >>{server}/root-installs')

    result = run(server, "make_user_and_folders")

    assert result.returncode == 0, result.stderr
    assert "-o clinic" in (server / "root-installs").read_text()
    assert "/media" not in (server / "root-installs").read_text()
    assert (server / "told").read_text().startswith("-u clinic -- install ")


@pytest.mark.parametrize("quoted", ["{}", '"{}"', "'{}'"])
def test_another_machines_database_is_used_as_it_is_however_it_is_written(server, quoted):
    url = "postgresql://web:secret@db.example.org/clinic?sslmode=verify-full"
    (server / "configuration/site.env").write_text(f"DATABASE_URL={quoted.format(url)}\n")
    stand_in(server, "systemctl", "exit 0")

    result = run(server, "make_database")

    assert result.returncode == 0, result.stderr
    assert not (server / "told").exists()
    assert "with-an-owners" in (server / "configuration/owner.env").read_text()
