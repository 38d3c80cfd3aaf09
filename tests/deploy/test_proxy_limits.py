"""Who asks too much of the application is held up, and told so with the phone number."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO
from threading import Timer

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.slow

PHONE = 'href="tel:+13055550142"'
FORM = "/en/appointments/"
HELD_UP = [
    *(FORM, "/es/feedback/4/", "/admin/login/", "/admin/password_reset/"),
    "/en/_util/authenticate_with_password/1/2/",
]
# So slow that a slow machine sends faster.
SLOW = {"rate=30r/m": "rate=1r/m", "rate=10r/m": "rate=1r/m"}
FEW = {"burst=20": "burst=3", "zone=clinic_logins burst=10": "zone=clinic_logins burst=3"}
FEW_PAGES = {"rate=20r/s": "rate=1r/m", "burst=100": "burst=3"}
BELIEVING = {"keepalive_timeout 30s;": "set_real_ip_from 127.0.0.1; real_ip_header X-Real-IP;"}


@pytest.fixture
def limited(proxy_with):
    """Starts nginx with the pages for failures and with changed limits."""

    @contextmanager
    def start(changes):
        with proxy_with(changes) as proxy:
            call_command("write_failure_pages", proxy.folder / "failures", stdout=StringIO())
            yield proxy

    return start


@pytest.mark.parametrize("path", HELD_UP)
def test_who_sends_without_end_is_held_up_and_may_still_read(limited, path):
    with limited(SLOW | FEW) as proxy:
        answers = [proxy.ask(path, "POST", "name=x") for _time in range(6)]

        assert [answer.status for answer in answers] == [200] * 4 + [429] * 2
        assert PHONE in answers[-1].text
        assert proxy.ask(path).status == 200


@pytest.mark.parametrize("path", HELD_UP)
def test_without_the_limits_nobody_would_be_held_up(limited, path):
    loose = {"limit_req zone=clinic_forms": "#", "limit_req zone=clinic_logins": "#"}
    with limited(loose | SLOW | FEW) as proxy:
        assert {proxy.ask(path, "POST", "name=x").status for _time in range(6)} == {200}


def test_who_reads_without_end_is_told_so_at_the_bare_address_too(limited):
    with limited(FEW_PAGES) as proxy:
        answers = [proxy.ask("/", Accept_Language="es") for _time in range(6)]

    assert answers[-1].status == 429
    assert PHONE in answers[-1].text
    assert '<html lang="es"' in answers[-1].text


HOUSEHOLDS = [
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2:ffff::1", "2001:db8:1:2::1"],
    ["2001:db8:1::1", "2001:db8:1::2", "2001:db8:1::a:b"],
    ["2001:db8::1", "2001:db8::2", "2001:db8::a:b"],
]


@pytest.mark.parametrize("addresses", HOUSEHOLDS)
def test_an_ipv6_household_is_one_sender_however_its_addresses_are_written(limited, addresses):
    with limited(SLOW | {"burst=20": "burst=2"} | BELIEVING) as proxy:
        asking = [*addresses, "2001:db9::1", addresses[0]]
        answers = [proxy.ask(FORM, "POST", "name=x", X_Real_IP=address) for address in asking]

    assert [answer.status for answer in answers] == [200] * 4 + [429]


@pytest.mark.parametrize(("changes", "held_up"), [({}, 1), ({"limit_conn clinic": "#"}, 0)])
def test_who_holds_many_lines_open_is_given_no_more_of_them(limited, application, changes, held_up):
    few = {"clinic_connections 50": "clinic_connections 2"}
    pages = ["/en/a/", "/en/b/", "/en/c/"]
    with limited(few | changes) as proxy, ThreadPoolExecutor(len(pages)) as lines:
        application.answers.clear()
        statuses = lines.map(lambda page: proxy.ask(page).status, pages)
        Timer(0.5, application.answers.set).start()
        assert list(statuses).count(429) == held_up


def test_nobody_asks_for_a_failure_page_by_itself(limited):
    with limited({}) as proxy:
        assert proxy.ask("/clinic-failures/503-en.html").status == 404
