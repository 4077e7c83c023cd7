"""The garbage collector is left as it was found, and memory is given back."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tizim.memory import give_back, uncollected


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


@pytest.mark.skipif(sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="not glibc")
def test_memory_between_what_is_in_use_goes_back_to_the_machine():
    """What is freed piece by piece, between pieces that stay, is not held for ever."""
    pieces = [bytearray(8_000) for _ in range(20_000)]
    for at in range(len(pieces)):
        if at % 16:
            pieces[at] = bytearray()
    held = _own_memory()

    give_back()

    assert _own_memory() < held - 50_000_000
    assert len(pieces) == 20_000


def _own_memory() -> int:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("Private_Dirty:")).split()[1]) * 1024
