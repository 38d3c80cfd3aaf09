"""What `make bench` prints of each page type."""

from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.slow


def test_the_bench_names_what_each_query_is_for(lasting_connection):
    output = StringIO()
    call_command("bench", stdout=output, runs=1)
    said = output.getvalue()

    for name in ("HomePage", "ConditionPage", "TreatmentPage", "QuestionPage", "FAQIndexPage"):
        assert name in said
    assert "ancestors, menu, translations and linked pages" in said
    assert "the page at this address" in said
