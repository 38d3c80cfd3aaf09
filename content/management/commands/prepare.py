"""Everything `make run` does before it serves."""

import os
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from content.models import ClinicImage
from content.renditions import make_renditions
from content.starter.adopting import adopt, pages_to_adopt

DEMO_NAME, DEMO_PASSWORD = "demo", "demo-clinic-staff"


@contextmanager
def companions():
    """The commands that work beside the server, ended with it."""
    running = [
        subprocess.Popen([sys.executable, "manage.py", *words])
        for words in settings.COMPANION_COMMANDS
    ]
    try:
        yield
    finally:
        for process in running:
            process.terminate()


class Command(BaseCommand):
    help = "Bring database, starter content, search index and pictures up to date."

    def add_arguments(self, parser):
        parser.add_argument(
            "--serve", metavar="ADDRESS", help="Then serve the site there, for development."
        )

    def handle(self, *, serve, **options):
        # The development server begins this command anew whenever the code changes.
        if os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            call_command("runserver", serve)
            return
        self.prepare()
        if serve:
            self.stdout.write(f"Serving http://{serve}/ - stop with Ctrl+C")
            with companions():
                call_command("runserver", serve)

    def prepare(self):
        made = self.migrate()
        for command in settings.STARTER_COMMANDS:
            call_command(command, stdout=self.stdout)
        if made:
            self.stdout.write("Search index: building")
            call_command("rebuild_references_index", verbosity=0)
            call_command("update_index", verbosity=0)
        self.adopt_translations()
        self.make_pictures()
        if settings.DEBUG:
            self.make_demo_account()

    def migrate(self):
        """Apply what is pending; return how many migrations that was."""
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if pending:
            self.stdout.write(f"Database: {pending} migrations to apply")
            call_command("migrate", verbosity=0)
        self.stdout.write("Database: up to date")
        return pending

    def adopt_translations(self):
        pages = pages_to_adopt()
        for done, page in enumerate(pages, start=1):
            missing = adopt(page)
            if missing:
                self.stdout.write(f"  {page.url_path}: {missing} segments are not translated")
            if done % 10 == 0 or done == len(pages):
                self.stdout.write(f"  {done} of {len(pages)} translations")
        self.stdout.write("Translations: known to the translation editor")

    def make_pictures(self):
        images = ClinicImage.objects.all()
        for done, image in enumerate(images, start=1):
            make_renditions(image)
            self.stdout.write(f"  {done} of {len(images)} pictures")
        self.stdout.write(f"Pictures: {len(images)} ready")

    def make_demo_account(self):
        """A staff account for trying the admin; never made under production settings."""
        users = get_user_model().objects
        if not users.filter(username=DEMO_NAME).exists():
            users.create_superuser(DEMO_NAME, "", DEMO_PASSWORD)
        self.stdout.write(f"Staff account: name {DEMO_NAME}, password {DEMO_PASSWORD}, at /admin/")
