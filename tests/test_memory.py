"""The garbage collector is left as it was found."""

import gc
from collections.abc import Iterator

import pytest

from tizim.memory import uncollected


@pytest.fixture(params=[True, False], ids=["on", "off"])
def was_on(request) -> Iterator[bool]:
    """Start a test with the collector on or off, and put it back as it was."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_the_collector_is_held_back_and_then_as_it_was(was_on):
    """A document kept within an audit must not start what the audit has stopped."""
    with uncollected():
        assert not gc.isenabled()

    assert gc.isenabled() == was_on


def test_the_collector_is_as_it_was_also_after_a_failure(was_on):
    """A failed document must not leave a process without a collector."""
    with pytest.raises(KeyError), uncollected():
        raise KeyError

    assert gc.isenabled() == was_on
