"""What nginx sends on to the application, and what it refuses."""

import http.client
import ssl
from contextlib import closing, suppress
from io import StringIO

import pytest
from django.core.management import call_command

from tests.deploy.proxy import Answer

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

FORM = "/en/appointments/"
PROTECTIONS = [
    *("Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options"),
    *("X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"),
    *("Cross-Origin-Resource-Policy", "Cross-Origin-Embedder-Policy"),
]
PHONE = 'href="tel:+13055550142"'


def test_the_application_learns_who_asks_and_believes_no_client(proxy, application):
    claimed = {
        "X_Forwarded_For": "203.0.113.9",
        "X_Forwarded_Proto": "http",
        "X_Request_ID": "mine",
    }
    proxy.ask("/en/", **claimed, X_Forwarded_Host="evil.example", Proxy="evil.example")

    seen = application.asked[-1]
    assert seen["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert seen["HTTP_X_FORWARDED_PROTO"] == "https"
    assert seen["HTTP_HOST"] == "www.example.org"
    assert len(seen["HTTP_X_REQUEST_ID"]) == 32
    assert "evil.example" not in seen.values()


def test_a_named_load_balancer_is_believed(proxy_with, application):
    changes = {"server_tokens off;": "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;"}
    with proxy_with(changes) as proxy:
        proxy.ask("/en/", X_Forwarded_For="203.0.113.9")

    assert application.asked[-1]["HTTP_X_FORWARDED_FOR"] == "203.0.113.9"


def plain(proxy, path, host="www.example.org"):
    with closing(http.client.HTTPConnection("127.0.0.1", proxy.http, timeout=60)) as line:
        line.request("GET", path, headers={"Host": host})
        return Answer(line.getresponse())


def test_everything_but_the_certificates_proof_moves_to_tls(proxy):
    answer = plain(proxy, "/en/search/?q=a")

    assert answer.status == 301
    assert answer.headers["Location"] == "https://www.example.org/en/search/?q=a"
    assert plain(proxy, "/.well-known/acme-challenge/x").status == 404


def test_another_name_gets_no_answer(proxy):
    with pytest.raises(http.client.RemoteDisconnected):
        plain(proxy, "/en/", host="evil.example")
    with pytest.raises(ssl.SSLError):
        handshake(proxy, server_hostname="evil.example")


def handshake(proxy, server_hostname="www.example.org", **options):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2", "http/1.1"])
    for name, value in options.items():
        setattr(context, name, value)
    line = http.client.HTTPConnection("127.0.0.1", proxy.https, timeout=60)
    line.connect()
    with context.wrap_socket(line.sock, server_hostname=server_hostname) as secured:
        return secured.version(), secured.selected_alpn_protocol()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tls_is_modern_and_speaks_http2(proxy):
    assert handshake(proxy) == ("TLSv1.3", "h2")
    assert handshake(proxy, maximum_version=ssl.TLSVersion.TLSv1_2) == ("TLSv1.2", "h2")
    with pytest.raises(ssl.SSLError):
        handshake(
            proxy,
            minimum_version=ssl.TLSVersion.TLSv1,
            maximum_version=ssl.TLSVersion.TLSv1_1,
        )


@pytest.fixture
def failure_pages(proxy, settings):
    settings.CLINIC_PHONE = "305-555-0142"
    call_command("write_failure_pages", proxy.folder / "failures", stdout=StringIO())


def test_without_the_application_a_page_gives_the_phone_number(proxy, application, failure_pages):
    application.stop()

    for path, words in (("/en/unseen/", "is not available"), ("/es/unseen/", "Llame al")):
        answer = proxy.ask(path)
        assert answer.status == 503
        assert PHONE in answer.text
        assert words in answer.text
        assert answer.headers["Retry-After"] == "30"
        assert answer.headers["Cache-Control"] == "no-store"
    assert proxy.ask(FORM, "POST", "name=x").status == 503
    application.start(application.port)


def test_what_the_application_left_uncompressed_stays_so(proxy, application):
    """A form's token beside what a stranger can put there: compressed, its length tells."""
    application.fails_with = "404 Not Found"

    answer = proxy.ask("/en/appointments/", Accept_Encoding="gzip")

    assert answer.headers["Content-Encoding"] is None
    assert "own page" in answer.text


def test_the_failure_pages_come_with_the_sites_protections(
    proxy_with, tmp_path, application, settings, client, db
):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    ours = client.get("/en/", secure=True).headers
    proxy = proxy_with({})
    proxy.write()
    call_command("write_failure_pages", tmp_path / "failures", stdout=StringIO())
    with proxy:
        application.stop()
        shown = proxy.ask("/en/unseen/").headers
    application.start(application.port)

    for name in PROTECTIONS:
        assert shown.get_all(name) == [ours[name]], name


def test_what_is_too_large_is_refused_and_staff_may_send_more(proxy, application, failure_pages):
    assert proxy.ask(FORM, "POST", b"x" * 300_000).status == 413
    assert PHONE in proxy.ask(FORM, "POST", b"x" * 300_000).text
    assert proxy.ask("/admin/images/add/", "POST", b"x" * 300_000).status == 200
    assert len(application.asked[-1]["body"]) == 300_000


def test_where_nginx_itself_fails_the_page_gives_the_phone_number(proxy, failure_pages):
    """As on a full disk: what a patient sends is too long for memory, and there is no place for it."""
    place = proxy.folder / "body"
    place.rmdir()
    place.touch()

    answer = proxy.ask(FORM, "POST", b"x" * 100_000)

    assert (answer.status, PHONE in answer.text) == (503, True)


def test_how_the_parts_of_the_site_are_is_not_handed_out(proxy, application):
    assert proxy.ask("/readyz").status == proxy.ask("/%72eadyz").status == 404
    assert proxy.ask("/healthz").status == 200
    assert application.answered("/readyz") == 0


@pytest.mark.parametrize("host", ["www.example.org", "evil.example", "not a name"])
def test_nobody_learns_the_version_of_nginx(proxy, host):
    with suppress(http.client.RemoteDisconnected):
        assert plain(proxy, "/en/", host).headers["Server"] == "nginx"
    assert plain(proxy, "/%", host).headers["Server"] == "nginx"
