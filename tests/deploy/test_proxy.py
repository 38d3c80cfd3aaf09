"""What nginx sends on, what it refuses, what it hands out itself, and what it writes down."""

import gzip
import http.client
import ssl
from contextlib import closing
from io import StringIO

import brotli
import pytest
from django.core.management import call_command

from tests.appointments.drill import until
from tests.deploy.proxy import BROTLI, Answer

FORM = "/en/appointments/"
PHONE = 'href="tel:+13055550142"'


def test_the_application_learns_who_asks_and_believes_no_client(proxy, application):
    proxy.ask("/en/", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http", X_Request_ID="mine")

    seen = application.asked[-1]
    assert seen["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert seen["HTTP_X_FORWARDED_PROTO"] == "https"
    assert seen["HTTP_HOST"] == "www.example.org"
    assert len(seen["HTTP_X_REQUEST_ID"]) == 32


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


def test_the_failure_pages_come_with_the_sites_policy(proxy_with, tmp_path, application):
    proxy = proxy_with({})
    proxy.write()
    call_command("write_failure_pages", tmp_path / "failures", stdout=StringIO())
    with proxy:
        application.stop()
        policy = proxy.ask("/en/unseen/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "'sha256-" in policy
    application.start(application.port)


def test_what_is_too_large_is_refused_and_staff_may_send_more(proxy, application, failure_pages):
    assert proxy.ask(FORM, "POST", b"x" * 300_000).status == 413
    assert PHONE in proxy.ask(FORM, "POST", b"x" * 300_000).text
    assert proxy.ask("/admin/images/add/", "POST", b"x" * 300_000).status == 200
    assert len(application.asked[-1]["body"]) == 300_000


# So slow that a slow machine sends faster.
SLOW = {"rate=30r/m": "rate=1r/m", "rate=10r/m": "rate=1r/m", "burst=20": "burst=3"}
SLOW |= {"zone=clinic_logins burst=10": "zone=clinic_logins burst=3"}


def test_who_sends_without_end_is_held_up_and_may_still_read(proxy_with):
    with proxy_with(SLOW) as proxy:
        call_command("write_failure_pages", proxy.folder / "failures", stdout=StringIO())
        for path in (FORM, "/admin/login/"):
            answers = [proxy.ask(path, "POST", "name=x") for _time in range(6)]

            assert [answer.status for answer in answers] == [200] * 4 + [429] * 2
            assert PHONE in answers[-1].text
            assert proxy.ask(path).status == 200


def test_without_the_limits_nobody_would_be_held_up(proxy_with):
    loose = {"limit_req zone=clinic_forms": "#", "limit_req zone=clinic_logins": "#"}
    with proxy_with(loose | SLOW) as proxy:
        for path in (FORM, "/admin/login/"):
            assert {proxy.ask(path, "POST", "name=x").status for _time in range(6)} == {200}


def put(folder, name, text="body { }"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode()))
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(text.encode()))


def test_static_files_come_compressed_and_for_good(proxy, application):
    put(proxy.folder / "static", "css/site.0123456789ab.css")

    answer = proxy.ask("/static/css/site.0123456789ab.css", Accept_Encoding="gzip")

    assert gzip.decompress(answer.body) == b"body { }"
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "includeSubDomains" in answer.headers["Strict-Transport-Security"]
    assert application.asked == []


@pytest.mark.skipif(not BROTLI.exists(), reason="SKIPPED: Debian's brotli module is not installed")
def test_with_debians_module_brotli_comes_first(proxy):
    put(proxy.folder / "static", "css/site.0123456789ab.css")

    answer = proxy.ask("/static/css/site.0123456789ab.css", Accept_Encoding="gzip, br")

    assert answer.headers["Content-Encoding"] == "br"


def test_a_static_file_without_a_fingerprint_is_kept_for_a_minute(proxy):
    put(proxy.folder / "static", "css/site.css")

    assert proxy.ask("/static/css/site.css").headers["Cache-Control"] == "public, max-age=60"


def test_only_pictures_are_handed_out_of_the_uploads(proxy, application):
    for name in ("images/a.avif", "images/a.html", "images/a.svg", "documents/a.pdf", "a.png"):
        put(proxy.folder / "media", name)

    answer = proxy.ask("/media/images/a.avif")

    assert answer.headers["Content-Type"] == "image/avif"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("images/a.html", "images/a.svg", "documents/a.pdf", "a.png", "images/../a.png"):
        assert proxy.ask(f"/media/{name}").status in (400, 404), name
    assert application.answered("/media/documents/a.pdf") == 0


def test_a_picture_that_lies_elsewhere_is_fetched_once(proxy, application):
    for language in ("en", "es"):
        answer = proxy.ask("/media/images/stored.jpg", Accept_Language=language)
        assert answer.status == 200

    assert application.answered("/media/images/stored.jpg") == 1
    assert "HTTP_ACCEPT_ENCODING" not in application.asked[-1]


CANARY = "canary-patient"
PRIVATE = [
    f"/en/search/?q={CANARY}",
    f"/es/buscar/?q={CANARY}",
    f"/en/appointments/status/{CANARY}/",
    f"/es/%61ppointments/status/{CANARY}/cancel/",
    f"/en/conditions/?from={CANARY}",
]


def test_no_log_repeats_what_a_patient_looked_for_or_holds(proxy, application):
    referrer = f"https://www.example.org/en/search/?q={CANARY}"
    for fails_with in (None, "500 Oops", "gone"):
        application.fails_with = fails_with
        if fails_with == "gone":
            application.stop()
        for path in PRIVATE:
            proxy.ask(path, Referer=referrer, Cookie=f"sessionid={CANARY}")
            proxy.ask(path, "POST", b"x" * 300_000, Referer=referrer)
    until(lambda: proxy.logs().count("/appointments/status/*") == 12)

    assert CANARY not in proxy.logs()
    assert "127.0.0.1" not in proxy.logs()
    assert '"network":"127.0.0.0"' in proxy.logs()
    application.start(application.port)


def test_a_careless_log_would(proxy_with, application):
    careless = {"clinic.error.log alert": "clinic.error.log error", "error_log /dev/null;": ""}
    with proxy_with(careless) as proxy:
        application.stop()
        proxy.ask(PRIVATE[0])

        assert CANARY in proxy.logs()
    application.start(application.port)
