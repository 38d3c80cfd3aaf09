"""How much of a page a slow phone has to wait for."""

import brotli
import pytest
from wagtail.models import Page

from content.models import BasePage
from tests.page_cache.conftest import ask

# What a server may send at once, before it hears that the first of it has come: ten packets.
FIRST_BYTES = 14_000
# Of the 60,000 bytes of a first view: the font, print.css, site.js, the icon and all headers take 41,000.
LONGEST_PAGE = 19_000

pytestmark = [pytest.mark.slow, pytest.mark.one_database]


def size_of_headers(answer):
    return sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())


def unpack_start(packed):
    """What can be read of a page of which only the start has come."""
    reader = brotli.Decompressor()
    start = reader.process(packed)
    while more := reader.process(b""):
        start += more
    return start.decode(errors="ignore")


def test_the_first_bytes_of_a_page_draw_its_first_screen_and_the_rest_is_light(site):
    pages = [page for page in Page.objects.live().specific() if isinstance(page, BasePage)]

    for page in pages:
        answer = ask(site, page.url, HTTP_ACCEPT_ENCODING="br")
        first = unpack_start(answer.body[: FIRST_BYTES - size_of_headers(answer)])

        assert answer.headers["Content-Encoding"] == "br"
        # The styles, and the whole of the page's opening.
        assert '<p class="cover__lead">' in first.split("</style>")[-1], page.url
        assert len(answer.body) <= LONGEST_PAGE, page.url
    assert len(pages) > 90
