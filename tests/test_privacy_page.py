"""The privacy page says what the settings do."""

import pytest

FEATURES = {
    "/en/privacy/": (
        "{closed} days after it is closed, or {booked} days after your visit",
        "What we marked as spam goes after {spam} days",
        "and a short note",
        "Backup copies",
        "wrong password",
    ),
    "/es/privacidad/": (
        "{closed} días después de cerrarla, o {booked} días después de su cita",
        "Lo que marcamos como correo basura se borra a los {spam} días",
        "y una nota corta",
        "Copias de seguridad",
        "escribe mal la clave",
    ),
}


@pytest.mark.parametrize("address", FEATURES)
def test_the_privacy_page_names_the_days_that_requests_are_kept(db, client, settings, address):
    text = client.get(address).text

    for words in FEATURES[address]:
        assert words.format(**settings.APPOINTMENTS_KEEP_DAYS) in text
