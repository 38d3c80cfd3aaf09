"""nginx remembers the pages that it may, for a second, and as long as nobody else can answer."""

import gzip
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Timer

import brotli
import pytest

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

PAGE = "/en/conditions/"
NOT_EVERYBODYS = [
    *("/en/with-cookie/", "/en/private/", "/en/no-store/", "/en/by-reader/", "/admin/"),
    *("/en/appointments/", "/en/feedback/4/", "/en/search/?q=x", "/es/buscar/?q=x"),
]
SIGNED_IN = ["__Host-sessionid=abc", "sessionid=abc", "theme=dark; messages=abc"]


def test_a_page_is_asked_for_once_in_each_form_whatever_a_browser_writes(proxy, application):
    accepted = ["br", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "gzip", "deflate, gzip;q=0.5"]
    accepted += ["", "identity", "br;q=0, gzip;q=0"]

    answers = {words: proxy.ask(PAGE, Accept_Encoding=words) for words in accepted}

    assert {words: answers[words].headers["Content-Encoding"] for words in accepted} == {
        **dict.fromkeys(accepted[:3], "br"),
        **dict.fromkeys(accepted[3:5], "gzip"),
        **dict.fromkeys(accepted[5:], None),
    }
    assert brotli.decompress(answers["br"].body) == gzip.decompress(answers["gzip"].body)
    assert {request.get("HTTP_ACCEPT_ENCODING", "") for request in application.asked} <= {
        *("br", "gzip", "")
    }


def ask_at_once(proxy, application):
    """How many of five who ask for one page at once reach the application."""
    application.keeps = "10"
    application.answers.clear()
    with ThreadPoolExecutor(5) as readers:
        statuses = readers.map(lambda _reader: proxy.ask(PAGE).status, range(5))
        Timer(0.5, application.answers.set).start()
        assert set(statuses) == {200}
    return application.answered(PAGE)


def test_of_many_who_ask_at_once_one_reaches_the_application(proxy, application):
    assert ask_at_once(proxy, application) == 1


def test_without_waiting_for_the_first_many_would(proxy_with, application):
    with proxy_with({"proxy_cache_lock on;": ""}) as proxy:
        assert ask_at_once(proxy, application) > 1


def test_what_a_campaign_hangs_on_an_address_is_one_more_name_of_the_page(proxy, application):
    until_the_next_second()
    answers = {proxy.ask(PAGE + query).body for query in ("", "?fbclid=x", "?", "?a=%2F&b=?c")}

    assert len(answers) == 1
    assert application.answered(PAGE) == 1
    other = PAGE.replace("/conditions", "//conditions")
    assert proxy.ask(other).status == 200
    assert application.answered(other) == 1


def test_a_cdn_never_keeps_a_page_under_an_address_that_it_is_not_told_of(proxy, application):
    application.special = {PAGE: [("Cache-Control", "public, max-age=0, s-maxage=600, x")]}
    for _asked_then_remembered in range(2):
        assert proxy.ask(PAGE).headers["Cache-Control"] == "public, max-age=0, s-maxage=600, x"
        from_campaign = proxy.ask(f"{PAGE}?fbclid=x").headers
        assert from_campaign["Cache-Control"] == "public, max-age=0, x"


@pytest.mark.parametrize(
    ("changes", "status"), [({}, 200), ({"$host$address": "$host$request_uri"}, 503)]
)
def test_readers_from_a_campaign_keep_the_page_unless_nginx_goes_by_the_whole_address(
    proxy_with, application, changes, status
):
    with proxy_with(changes) as proxy:
        proxy.ask(PAGE)
        application.fails_with = "503 Oops"
        until_the_next_second()

        assert proxy.ask(f"{PAGE}?utm_source=mail").status == status


def test_a_remembered_page_is_asked_for_again_by_its_tag_and_sent_from_memory(proxy, application):
    first = proxy.ask(PAGE)
    until_the_next_second()
    second = proxy.ask(PAGE)

    assert second.body == first.body
    assert application.asked[-1]["HTTP_IF_NONE_MATCH"] == first.headers["ETag"]


def test_a_browser_that_has_the_page_gets_no_page(proxy):
    tag = proxy.ask(PAGE).headers["ETag"]

    answer = proxy.ask(PAGE, If_None_Match=tag)

    assert (answer.status, answer.body) == (304, b"")


def test_a_second_after_publishing_nobody_gets_the_old_page(proxy, application):
    proxy.ask(PAGE)
    until_the_next_second()
    proxy.ask(PAGE)
    application.words, published = "second", time.time()

    while (asked := time.time()) <= published + 1.2:
        answer = proxy.ask(PAGE)
        if asked > published + 1:
            assert "second" in answer.text


def test_kept_for_one_second_the_old_page_would_last_longer(proxy, application):
    """nginx counts whole seconds: one of them lasts until the end of the next."""
    application.keeps = "1"
    for number in range(10):
        application.words = "old"
        until_the_next_second()
        proxy.ask(f"{PAGE}{number}/")
        application.words, published = "new", time.time()
        while (asked := time.time()) < published + 2:
            if "old" in proxy.ask(f"{PAGE}{number}/").text and asked > published + 1:
                return
    pytest.fail("No old page was seen: the test before this one proves nothing.")


def test_pages_stay_while_the_application_fails(proxy, application):
    page = proxy.ask(PAGE)
    application.fails_with = "500 Oops"
    until_the_next_second()

    for application.fails_with in ("500 Oops", "502 Oops", "503 Oops", "504 Oops"):
        assert proxy.ask(PAGE).body == page.body
        assert "the application's own page" in proxy.ask("/en/unseen/").text


def test_pages_stay_while_the_application_is_gone_and_it_is_found_again(proxy, application):
    page, port = proxy.ask(PAGE), application.port
    application.stop()
    until_the_next_second()

    assert proxy.ask(PAGE).body == page.body
    assert proxy.ask("/").headers["Location"].endswith("/en/")
    assert proxy.ask("/", Accept_Language="es-MX,es").headers["Location"].endswith("/es/")

    application.words = "second"
    application.start(port)
    assert "second" in proxy.ask(PAGE).text


@pytest.fixture
def withdrawn(application):
    """A function that takes back a page that nginx remembers, and then the application, too."""

    def take_back(proxy, status):
        proxy.ask(PAGE)
        application.words, application.status = "gone", f"{status} As It Is"
        until_the_next_second()
        assert proxy.ask(PAGE).status == status
        application.stop()
        until_the_next_second()

    yield take_back
    application.start(application.port)


@pytest.mark.parametrize("status", [404, 302])
def test_a_page_that_was_taken_back_does_not_return_while_the_application_is_gone(
    proxy, withdrawn, status
):
    """Nobody's any longer, or only of those who have its password."""
    withdrawn(proxy, status)

    assert proxy.ask(PAGE).status == status


def test_if_its_absence_were_not_remembered_it_would_return(proxy_with, withdrawn):
    with proxy_with({'"~^MISS:[34]" 1;': '"~:404" 1;'}) as proxy:
        withdrawn(proxy, 404)

        assert "first" in proxy.ask(PAGE).text


def test_addresses_that_never_led_anywhere_fill_no_memory(proxy, application):
    application.status = "404 Not Found"
    for _time in range(3):
        proxy.ask("/en/never-there/")

    assert [path for path in (proxy.folder / "cache").rglob("*") if path.is_file()] == []


def test_without_staying_pages_they_would_be_gone(application, proxy_with):
    with proxy_with({"proxy_cache_use_stale error": "proxy_cache_use_stale off; #"}) as proxy:
        proxy.ask(PAGE)
        application.fails_with = "503 Oops"
        until_the_next_second()

        assert proxy.ask(PAGE).status == 503


def test_what_is_not_everybodys_is_never_remembered(proxy, application):
    for path in NOT_EVERYBODYS:
        for _time in range(3):
            proxy.ask(path)

        assert application.answered(path.partition("?")[0]) == 3, path


@pytest.mark.parametrize("cookie", SIGNED_IN)
def test_staff_are_never_shown_a_remembered_page_and_leave_none(proxy, application, cookie):
    for _time in range(2):
        proxy.ask(PAGE, Cookie=cookie)
    assert application.answered(PAGE) == 2

    application.words = "second"
    assert "second" in proxy.ask(PAGE).text
    application.words = "staff's"
    assert "staff's" in proxy.ask(PAGE, Cookie=cookie).text


def until_the_next_second():
    """nginx keeps a page until the second is over."""
    this_second = int(time.time())
    while int(time.time()) == this_second:
        time.sleep(0.02)
