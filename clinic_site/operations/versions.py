"""Which versions of what the site runs on."""

import platform

import django
import wagtail
from django.db import connection


def versions():
    return {
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "Wagtail": wagtail.__version__,
        connection.display_name: ".".join(map(str, connection.get_database_version())),
    }
