"""Variables of the server, refused at the start where they would fail patients later."""

import os

from django.core.exceptions import ImproperlyConfigured


def refuse(name, reason):
    """End the start. The value itself is not repeated: it may hold a password."""
    raise ImproperlyConfigured(f"{name} {reason}. README.md says what it is.") from None


def whole_number(name, default):
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        refuse(name, f"must be a whole number, such as {default}")
    return int(value)


def site_address(name):
    """The address that links in mails begin with. Patients' keys go nowhere without TLS."""
    value = os.environ[name].rstrip("/")
    if not value.startswith("https://"):
        refuse(name, "must begin with https://, such as https://www.example.org")
    return value


def host_names(name):
    names = [host.strip() for host in os.environ[name].split(",")]
    if any("/" in host for host in names):
        refuse(name, "must hold names alone, such as www.example.org, without https://")
    return names


def sender(name):
    value = os.environ[name]
    if "@" not in value:
        refuse(name, "must hold an address, such as Appointments <appointments@example.org>")
    return value


def database_url(name, read):
    """What `read` makes of the URL."""
    try:
        return read(os.environ[name])
    except ValueError:
        refuse(
            name,
            "must be like postgresql://user:password@host/name, with # / ? @ [ ] in the password"
            " as %23 %2F %3F %40 %5B %5D",
        )
