# ruff: noqa: F403, F405
"""What commands of their own process run with: the tests' settings, in a place of the test's."""

import os

from clinic_site.settings.test import *

MEDIA_ROOT = Path(os.environ["MEDIA_ROOT"])
BACKUP_DIR = Path(os.environ["BACKUP_DIR"])
