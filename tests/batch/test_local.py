"""Processes of one machine: those that die are replaced, and a run that is killed is ended by the next."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.batch.conftest import a_file, customers, lists_in, read

from tizim.batch.local import Local
from tizim.errors import Broken

pytestmark = pytest.mark.slow
ROWS, CHUNK = 3_000, 100


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Customers and lists as files, and what comes of them undisturbed."""
    folder = tmp_path_factory.mktemp("ground")
    # No two rows are the same: each takes its time.
    rows = [(key, f"{name} {at:05d}x{at * 7919 % 1009}") for at, (key, name) in enumerate(customers(ROWS))]
    given = a_file(folder / "in.csv", rows)
    lists = [f"{one.path}={one.dataset}" for one in lists_in(folder)]
    ended = ran(given, folder / "whole.csv", lists)
    assert ended.wait(timeout=300) == 0
    return given, lists, (folder / "whole.csv").read_bytes()


def ran(given, out, lists, *options):
    """The command in a process of its own."""
    entities = [part for one in lists for part in ("--entities", one)]
    command = [sys.executable, "-c", "from tizim.cli import main; main()", "screen", given, "-o", str(out), *entities]
    return subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--schema", "Person", "--chunk", str(CHUNK), "--workers", "2", *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def until(check, seconds=120):
    """Wait until *check* holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.005)
    raise AssertionError("it never came to be")


def workers_of(process):
    """The processes that screen for a process."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not told.exists():
        pytest.skip("this system does not say which processes a process began")
    return [int(child) for child in told.read_text().split()]


def parts_in(out):
    """How many chunks are done."""
    return len(list(Path(f"{out}.work").glob("*.part")))


def test_a_killed_run_is_ended_by_the_same_call_with_the_same_bytes(ground, tmp_path):
    """No matter when: nothing is lost, nothing is there twice, and no process stays behind."""
    given, lists, whole = ground
    out = tmp_path / "out.csv"

    for wanted in (1, 8):
        process = ran(given, out, lists)
        until(lambda wanted=wanted: parts_in(out) >= wanted)
        workers = workers_of(process)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        assert not out.exists()
        until(lambda workers=workers: not any(Path(f"/proc/{one}").exists() for one in workers))
    before = parts_in(out)
    assert 8 <= before < ROWS // CHUNK

    assert ran(given, out, lists).wait(timeout=300) == 0

    assert out.read_bytes() == whole


def test_a_killed_worker_loses_nothing(ground, tmp_path):
    """Others are begun, and what it had is done again, within the same run."""
    given, lists, whole = ground
    out = tmp_path / "out.csv"
    process = ran(given, out, lists)
    until(lambda: parts_in(out) >= 2)

    for worker in until(lambda: workers_of(process))[:1]:
        os.kill(worker, signal.SIGKILL)

    assert process.wait(timeout=300) == 0
    assert out.read_bytes() == whole


def test_a_process_with_threads_is_not_copied_and_its_output_is_the_same(screen, tmp_path):
    """Copies of a process whose other threads hold a lock would wait for it for ever: it begins new processes."""
    given = a_file(tmp_path / "in.csv", customers(200))
    copies = screen(given, tmp_path / "copies.csv", chunk=50, engine=Local(2))
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()

    try:
        afresh = screen(given, tmp_path / "afresh.csv", chunk=50, engine=Local(2))
    finally:
        over.set()
        other.join()

    assert copies.summary.sha256 == afresh.summary.sha256
    assert copies.summary.found


class _Dying(Local):
    """An engine whose processes die before they have done anything."""

    def _answers(self, pool, held, pending, chunks):  # noqa: ARG002 - as the engine has it
        future = pool.submit(os._exit, 1)
        held[future] = next(chunks, b"")
        future.result()
        yield b""


def test_processes_that_die_again_and_again_end_the_run_plainly(screen, tmp_path):
    """A machine with too little memory is told so, instead of trying for ever."""
    given = a_file(tmp_path / "in.csv", customers(10))

    with pytest.raises(Broken, match="died 3 times"):
        screen(given, tmp_path / "out.csv", chunk=1, engine=_Dying(2))

    assert not (tmp_path / "out.csv").exists()
    screen(given, tmp_path / "out.csv", chunk=1)
    assert read(tmp_path / "out.csv")
