"""Spark: the same output as processes of one machine, and executors that die lose nothing."""

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from tests.batch.conftest import a_file, customers

from tizim.batch.spark import session

pytestmark = [pytest.mark.spark, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def _spark():
    """Skip, visibly, where PySpark or Java is missing."""
    pytest.importorskip("pyspark", reason="PySpark is not installed (the extra 'spark')")
    try:
        told = subprocess.run(["java", "-version"], check=True, capture_output=True, text=True).stderr  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("Java is not installed")
    if not any(f'version "{number}' in told for number in (17, 21)):
        pytest.skip("Java is neither 17 nor 21")


def processes(named):
    """The processes that this one began, itself or by others, whose command has *named* in it."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if named in path.read_bytes() and _is_below(int(path.parent.name), os.getpid()):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def _is_below(process, above):
    """Whether a process was begun by another, or by one that it began."""
    while process > 1:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        process = int(fields[1])
        if process == above:
            return True
    return False


class _Killer(threading.Thread):
    """Kills one process of a kind while Spark has tasks at work."""

    def __init__(self, engine, named):
        super().__init__(daemon=True)
        self.tracker = engine.session.sparkContext.statusTracker()
        self.named = named
        self.killed = None
        self.over = threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.02):
            stages = [self.tracker.getStageInfo(one) for one in self.tracker.getActiveStageIds()]
            if any(one and one.numActiveTasks for one in stages) and (found := processes(self.named)):
                self.killed = max(found)
                os.kill(self.killed, signal.SIGKILL)
                return

    def end(self):
        """The tasks that failed by it."""
        self.over.set()
        self.join()
        stages = [self.tracker.getStageInfo(one) for one in range(100)]
        return sum(one.numFailedTasks for one in stages if one)


def lost(engine):
    """How many tasks executors had begun, and not ended, when they died."""
    executors = engine.session.sparkContext._jsc.sc().statusStore().executorList(False)
    every = [executors.apply(at) for at in range(executors.size())]
    return sum(one.totalTasks() - one.completedTasks() for one in every if not one.isActive())


@pytest.fixture
def given(tmp_path):
    """Customers of whom no two have the same name: each takes its time. One cannot be screened."""
    rows = [(key, f"{name} {at:05d}") for at, (key, name) in enumerate(customers(4_000))]
    return a_file(tmp_path / "in.csv", [*rows, ("bad", "")])


def test_spark_writes_what_one_machine_writes_and_survives_a_killed_worker(screen, tmp_path, given):
    """Row for row and byte for byte, also where a process that screened was killed while it did."""
    for form in ("csv", "parquet"):
        screen(given, tmp_path / f"local.{form}", chunk=150)

    with session("local[2,4]") as engine:
        killer = _Killer(engine, b"pyspark.daemon")
        outcome = screen(given, tmp_path / "spark.parquet", chunk=150, engine=engine)
        failed = killer.end()
        screen(given, tmp_path / "spark.csv", chunk=150, engine=engine)

    assert killer.killed is not None
    assert failed >= 1
    assert (outcome.summary.rows, outcome.summary.rejected) == (4_001, 1)
    for form in ("csv", "parquet"):
        assert (tmp_path / f"spark.{form}").read_bytes() == (tmp_path / f"local.{form}").read_bytes()


def test_an_executor_of_a_cluster_that_is_killed_is_survived(screen, tmp_path, given):
    """Its machine may be gone: others do what it had, and the answer is the same."""
    screen(given, tmp_path / "local.csv", chunk=150)

    with session("local-cluster[2,1,1024]") as engine:
        killer = _Killer(engine, b"CoarseGrainedExecutorBackend")
        screen(given, tmp_path / "spark.csv", chunk=150, engine=engine)
        killer.end()
        unfinished = lost(engine)

    assert killer.killed is not None
    assert unfinished >= 1
    assert (tmp_path / "spark.csv").read_bytes() == (tmp_path / "local.csv").read_bytes()
