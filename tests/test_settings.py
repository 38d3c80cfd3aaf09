"""Production settings, README and .env.example name the same variables."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import checks
from django.test import override_settings

from content.models import ClinicSettings

ROOT = settings.BASE_DIR
PRODUCTION = (ROOT / "clinic_site/settings/production.py").read_text()
GOOD = {
    "SECRET_KEY": "k" * 30 + "aJ4kz0Qm3xVv8rTn5sYb7wLc2dEf6g",
    "DATABASE_URL": "sqlite://:memory:",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "CLINIC_PHONE": "305-372-5000",
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_FROM": "Appointments <appointments@example.org>",
}


def variables_read():
    required = re.search(r"REQUIRED = \[(.*?)\]", PRODUCTION, re.DOTALL)[1]
    optional = re.findall(r'(?:environ(?:\.get)?[\[(]|whole_number\()"(\w+)"', PRODUCTION)
    return set(re.findall(r'"(\w+)"', required)) | set(optional)


def test_every_variable_is_in_the_example():
    assert variables_read() <= set(
        re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )


def test_every_variable_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()

    assert [name for name in variables_read() if f"`{name}`" not in readme] == []


def start(environment, code="import django; django.setup()"):
    """Load the production settings in a process of its own; return what it says."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings.production",
        }
        | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.one_database
def test_production_starts_with_everything_it_needs():
    assert start(GOOD).returncode == 0


@pytest.mark.slow
@pytest.mark.one_database
def test_the_server_starts_without_what_few_requests_need():
    result = start(GOOD, "import sys, clinic_site.wsgi; print(*sys.modules)")

    loaded = set(result.stdout.split())
    assert "wagtail.admin" in loaded
    assert loaded.isdisjoint({"boto3", "icalendar", "openpyxl", "redis"})


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("missing", sorted(GOOD))
def test_production_names_what_is_missing(missing):
    result = start({name: value for name, value in GOOD.items() if name != missing})

    assert result.returncode != 0
    assert f"Set these environment variables: {missing}." in result.stderr


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ALLOWED_HOSTS", "https://www.example.org", "without https://"),
        ("SITE_URL", "www.example.org", "must begin with https://"),
        ("EMAIL_FROM", "Appointments", "must hold an address"),
        ("EMAIL_PORT", "smtp", "must be a whole number, such as 587"),
        ("TRUSTED_PROXY_COUNT", "-1", "must be a whole number, such as 1"),
        ("DATABASE_URL", "clinic", "must be like postgresql://"),
        ("DATABASE_URL", "postgresql://web:se#cret@db/clinic", "in the password as %23"),
    ],
)
def test_production_refuses_what_would_fail_patients_later(name, value, says):
    result = start(GOOD | {name: value}, "import clinic_site.settings.production")

    assert result.returncode != 0
    reason = result.stderr.splitlines()[-1]
    assert f"{name} must " in reason
    assert says in reason
    assert "cret@" not in result.stderr
    assert "'se'" not in result.stderr


@pytest.mark.one_database
def test_a_real_servers_environment_is_not_taken_for_a_developers():
    result = start(GOOD, "import clinic_site.settings.dev")

    assert result.returncode != 0
    assert "DJANGO_SETTINGS_MODULE must be clinic_site.settings.production" in result.stderr


def deploy_errors():
    return {error.id for error in checks.run_checks(include_deployment_checks=True)}


def test_the_placeholder_phone_number_is_refused_in_the_environment(db):
    ClinicSettings.objects.update(phone="305-372-5000")

    with override_settings(CLINIC_PHONE="305-372-5000"):
        assert "content.E001" not in deploy_errors()
    with override_settings(CLINIC_PHONE="(305) 555-0142"):
        assert "content.E001" in deploy_errors()


def test_the_placeholder_phone_number_is_refused_in_the_admins_settings(db):
    with override_settings(CLINIC_PHONE="305-372-5000"):
        assert "content.E001" in deploy_errors()


@pytest.mark.parametrize("key", ["change-me", "development-only" + "x" * 60, "short"])
def test_a_placeholder_secret_is_refused(db, key):
    with override_settings(SECRET_KEY=GOOD["SECRET_KEY"]):
        assert "content.E002" not in deploy_errors()
    with override_settings(SECRET_KEY=key):
        assert "content.E002" in deploy_errors()
