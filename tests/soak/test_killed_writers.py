"""A short version of bench/soak.py."""

import pytest

from soak import soak


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_half_done():
    """SIGKILL may come at any moment of a keep."""
    kills, _, faults = soak(5, None, seed=5)

    assert kills >= 5
    assert faults == []


@pytest.mark.slow
@pytest.mark.postgres
def test_a_killed_writer_on_postgresql_loses_nothing_either(postgres_url):
    """The same holds where the register lies on a server."""
    kills, _, faults = soak(3, postgres_url, seed=6)

    assert kills >= 3
    assert faults == []
