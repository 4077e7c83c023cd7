"""A short version of bench/killed_writers.py."""

import pytest
from killed_writers import faults, soak
from tests.makers import connections_counted
from tests.whole import WHOLE

KILLS = 5 if WHOLE else 2


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_half_done():
    """SIGKILL may come at any moment of a keep."""
    kills, _, faults = soak(KILLS, None, seed=5)

    assert kills >= KILLS
    assert faults == []


@pytest.mark.slow
@pytest.mark.postgres
def test_a_killed_writer_on_postgresql_loses_nothing_either(postgres_url):
    """The same holds where the register lies on a server."""
    kills, _, faults = soak(KILLS, postgres_url, seed=6)

    assert kills >= KILLS
    assert faults == []


@pytest.mark.parametrize("said", [[], ["ab" * 32]])
def test_looking_at_a_register_that_was_never_made_leaves_no_connection_open(register_url, tmp_path, said):
    """A writer killed in its first moments leaves a database without tables; the check of it must end clean too."""
    with connections_counted() as still_open:
        found = faults(register_url, tmp_path, said)

    assert len(found) == len(said)
    assert still_open == []
