"""Prints what a first view weighs, and how long a slow phone takes. It measures; it fails nothing."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import get_page_models

from clinic_site.page_cache.management.commands.bench_server import (
    free_port,
    running,
    server_environment,
    wait_for,
)
from clinic_site.server import command
from content.models import BasePage
from content.page_text import page_pieces

# The owner's measuring scripts lie beside the checkout.
SCRIPTS = settings.BASE_DIR.parent / "shared" / "bench"


class Command(BaseCommand):
    help = "Start the server, and measure the longest page of each type in each language."

    def add_arguments(self, parser):
        parser.add_argument("--runs", type=int, default=1, help="How often each page is opened.")

    def handle(self, *, runs, **options):
        port = free_port()
        views = {
            name: f"http://127.0.0.1:{port}{address}" for name, address in longest_of_each_type()
        }
        with running(command(port), server_environment()):
            wait_for(port)
            self.weigh(views, runs)
            self.ask_lighthouse(views, runs)

    def weigh(self, views, runs):
        script = SCRIPTS / "pageweight.py"
        if not script.is_file():
            self.stdout.write(f"NOT MEASURED: the weight of pages needs {script.name}.")
            return
        named = [f"{name}={address}" for name, address in views.items()]
        options = ["--profiles", "slow4g", "--runs", str(runs)]
        subprocess.run([sys.executable, str(script), *named, *options], check=False)

    def ask_lighthouse(self, views, runs):
        script = SCRIPTS / "lighthouse.sh"
        if not (script.is_file() and os.environ.get("LIGHTHOUSE")):
            self.stdout.write(f"NOT MEASURED: Lighthouse needs {script.name}, and LIGHTHOUSE set.")
            return
        subprocess.run(["bash", str(script), "-n", str(runs), *views.values()], check=False)


def longest_of_each_type():
    """Name and address of the page of each type that says most, in each language, and of the form."""
    for code, _name in settings.LANGUAGES:
        for model in get_page_models():
            if issubclass(model, BasePage):
                pages = model.objects.live().filter(locale__language_code=code)
                page = max(pages, key=lambda page: len("".join(page_pieces(page))), default=None)
                if page:
                    yield f"{model.__name__}-{code}", page.url
        with override(code):
            yield f"form-{code}", reverse("appointments:request")
