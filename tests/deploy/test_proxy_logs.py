"""What nginx writes down: nothing of what patients look for, hold or are."""

import pytest

from tests.appointments.drill import until

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

CANARY = "canary-patient"
PRIVATE = [
    f"/en/search/?q={CANARY}",
    f"/es/buscar/?q={CANARY}",
    f"/en/appointments/status/{CANARY}/",
    f"/es/%61ppointments/status/{CANARY}/cancel/",
    f"/en/conditions/?from={CANARY}",
    f"/admin/password_reset/confirm/MQ/{CANARY}/",
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
