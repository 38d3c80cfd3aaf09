"""The pages that nginx shows while the application cannot."""

from pathlib import Path

from csp.utils import build_policy
from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import RequestFactory
from django.utils import translation

from clinic_site.failures import failure
from clinic_site.stylesheet import sources

STATUSES = [413, 429, 503]


class Command(BaseCommand):
    help = "Write the pages for nginx's own failures, in each language, and their security policy."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, folder, **options):
        for language, _name in settings.LANGUAGES:
            for status in STATUSES:
                page = self.page(language, status)
                (folder / f"{status}-{language}.html").write_bytes(page)
        policy = build_policy(
            settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], update={"style-src": sources()}
        )
        header = f'add_header Content-Security-Policy "{policy}" always;\n'
        (folder / "policy.conf").write_text(header)

    def page(self, language, status):
        with translation.override(language):
            return failure(RequestFactory().get(f"/{language}/"), status).content
