"""Moves that leave the state as it is change nothing that follows from it."""

import pytest

from clinic_site.appointments import moves
from clinic_site.appointments.states import State
from tests.appointments.test_moves import put


@pytest.mark.parametrize("name", ["phoned", "take_over"])
def test_what_leaves_a_visit_as_it_is_makes_no_newer_one(new_request, clerk, name):
    request = put(new_request(), State.SCHEDULED)

    moved = getattr(moves, name)(request.pk, clerk, request.version)

    assert (moved.sequence, moved.starts_at) == (0, request.starts_at)


def test_phoning_about_a_closed_request_keeps_when_it_was_closed(new_request, clerk):
    request = put(new_request(), State.DECLINED)

    moved = moves.phoned(request.pk, clerk, request.version)

    assert moved.closed_at == request.closed_at
