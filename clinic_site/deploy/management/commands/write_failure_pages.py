"""The pages that nginx shows while the application cannot."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
from django.utils import translation

from clinic_site.csp_headers import PublicPolicyMiddleware
from clinic_site.failures import failure
from clinic_site.headers import IsolationMiddleware

STATUSES = [413, 429, 503]
# What protects every page of the site protects these.
PROTECTIONS: list[Callable] = [
    PublicPolicyMiddleware,
    XFrameOptionsMiddleware,
    SecurityMiddleware,
    IsolationMiddleware,
]
# nginx says these itself: when to come again depends on what failed.
OF_NGINX = ("Content-Type", "Cache-Control", "Retry-After")


class Command(BaseCommand):
    help = "Write the pages for nginx's own failures, in each language, and their headers."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, folder, **options):
        for language, _name in settings.LANGUAGES:
            for status in STATUSES:
                answer = self.answer(language, status)
                (folder / f"{status}-{language}.html").write_bytes(answer.content)
        headers = [pair for pair in answer.items() if pair[0] not in OF_NGINX]
        lines = (f'add_header {name} "{value}" always;\n' for name, value in headers)
        (folder / "headers.conf").write_text("".join(lines))

    def answer(self, language, status):
        def respond(request):
            return failure(request, status)

        for protection in PROTECTIONS:
            respond = protection(respond)
        with translation.override(language):
            return respond(RequestFactory().get(f"/{language}/", secure=True))
