"""Addresses outside the site: which pages and shared texts name them, and whether they answer."""

import json
import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, build_opener

from django.conf import settings
from django.db import models
from django.utils.encoding import iri_to_uri
from wagtail.fields import StreamField
from wagtail.models import Page

from content.models import DangerMessage, Source

AT_A_TIME = 4
SECONDS = 10
ADDRESS = re.compile(r'https?://[^\s"<>]+')
REFUSALS = {401, 403, 405, 429}


def links_in(instance):
    """Return the addresses that a page or a shared text names in any of its texts."""
    texts = []
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            texts.append(json.dumps(list(value.raw_data), ensure_ascii=False))
        elif isinstance(field, (models.TextField, models.URLField)):
            texts.append(value)
    found = ADDRESS.findall("\n".join(texts).replace("\\", " "))
    return {address.replace("&amp;", "&").rstrip(".,;:)") for address in found}


def shared_texts_with_links():
    """Return every source and danger message with the addresses it names."""
    shared = [*Source.objects.all(), *DangerMessage.objects.all()]
    return [(text, links_in(text)) for text in shared]


def collect():
    """Return every address that readers may meet, with the ids of the live pages naming it."""
    pages: dict[str, set] = defaultdict(set)
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator():
        for address in links_in(page):
            pages[address].add(page.pk)
    for _text, addresses in shared_texts_with_links():
        for address in addresses:
            pages[address] |= set()
    return pages


def problems(addresses):
    """Ask each address once; return what is wrong with those that do not answer well."""
    addresses = sorted(addresses)
    with ThreadPoolExecutor(AT_A_TIME) as workers:
        answers = zip(addresses, workers.map(problem_of, addresses), strict=True)
    return {address: problem for address, problem in answers if problem}


def problem_of(address):
    """Say what is wrong with an address, or nothing."""
    try:
        ask(address, "HEAD")
    except (OSError, HTTPException, ValueError):
        # Some servers refuse this way of asking, which costs them less than the whole page.
        try:
            ask(address, "GET")
        except HTTPError as error:
            return explain(error.code)
        except TimeoutError:
            return f"No answer within {SECONDS} seconds"
        except URLError as error:
            return f"No answer: {error.reason}"[:200]
        except (OSError, HTTPException, ValueError) as error:
            return f"No answer: {error}"[:200]
    return ""


def explain(code):
    if code in REFUSALS:
        return f"Refuses programs ({code}): open it yourself"
    if code in (404, 410):
        return f"The page is gone ({code})"
    return f"The server answered with an error ({code})"


def ask(address, method):
    agent = f"{settings.WAGTAIL_SITE_NAME} link check (+{settings.WAGTAILADMIN_BASE_URL})"
    request = Request(iri_to_uri(address), method=method, headers={"User-Agent": agent})  # noqa: S310
    # An opener without a cookie jar keeps no cookie.
    with build_opener().open(request, timeout=SECONDS):
        pass
