"""The engine of many machines: chunks are handed to Spark, the snapshot goes along as a file.

The driver reads the input and keeps the parts, as it does with processes of its own machine, so that parts, output
and going on after a stop are the same. Executors need tizim and nothing else: no register, and no way to the files.
What an executor had when it died, Spark hands to another.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from tizim.batch.places import arrow
from tizim.batch.screening import Order, Screening, answered, opened
from tizim.errors import Broken, NotSupported
from tizim.text import one_line

MASTER: Final = "local[*,4]"
"""this machine's cores; what dies is tried four times"""
_CHUNKS_A_TASK: Final = 4
_TASKS_A_CORE: Final = 8
"""of one job: so many that the last of them do not leave cores idle for long"""
_FEWEST: Final = 64
"""chunks of one job"""


class Spark:
    """Screens by the executors of a Spark session."""

    name = "spark"

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - Spark's
        self.session = session

    def parts(self, snapshot: Path, order: Order, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The parts of *chunks*, some hundred at a time. Raises `Broken` if Spark gives up."""
        pa = arrow()
        context = self.session.sparkContext
        context.addFile(str(snapshot.absolute()))
        answers = _answers(snapshot.name, msgspec.msgpack.encode(order))
        together = max(_FEWEST, context.defaultParallelism * _TASKS_A_CORE * _CHUNKS_A_TASK)
        while some := list(islice(chunks, together)):
            # A batch of Arrow becomes a task; the fewer the chunks, the fewer go into one.
            size = max(1, min(_CHUNKS_A_TASK, len(some) // context.defaultParallelism))
            self.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(size))
            table = pa.table({"data": pa.array(some, pa.binary())})
            try:
                rows = self.session.createDataFrame(table).mapInArrow(answers, "data binary").collect()
            except Exception as error:
                if not type(error).__module__.startswith(("pyspark", "py4j")):
                    raise
                raise Broken(f"Spark gave up: {_reason(error)}") from error
            for row in rows:
                yield bytes(row.data)


def _reason(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = next((line for line in reversed(lines) if line.startswith("tizim.errors.")), lines[0] if lines else "")
    return one_line(told)[:500]


def _answers(name: str, order: bytes) -> Any:  # noqa: ANN401 - a function that Spark takes elsewhere
    """What an executor does with batches of encoded chunks."""

    def answers(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa  # noqa: PLC0415 - this runs on another machine
        from pyspark import SparkFiles  # noqa: PLC0415

        from tizim.batch.spark import screening_in  # noqa: PLC0415

        screening = screening_in(SparkFiles.get(name), order)
        for batch in batches:
            found = [answered(screening, data.as_py()) for data in batch.column(0)]
            yield pa.record_batch([pa.array(found, pa.binary())], names=["data"])

    return answers


@cache
def screening_in(path: str, order: bytes) -> Screening:
    """What answers in this executor: opened once, however many tasks come."""
    return opened(Path(path), msgspec.msgpack.decode(order, type=Order))


@contextmanager
def session(master: str | None) -> Iterator[Spark]:
    """The engine on a session of its own. Raises `NotSupported` where Spark or Java is missing.

    *master*: empty as Spark is set up (``spark-submit``, ``SPARK_CONF_DIR``), and else this machine.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError:
        raise NotSupported(
            "--engine spark needs the extra 'spark': ./tizim.sh --with spark, or pip install 'tizim[spark]'"
        ) from None
    arrow()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark's own setting wins where machines differ
    builder = SparkSession.builder.appName("tizim screen").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
    # Each batch of Arrow becomes a task of its own; small tables would else be parted by the number of cores.
    builder = builder.config("spark.sql.execution.arrow.localRelationThreshold", "0")
    if master or not _is_set_up():
        builder = builder.master(master or MASTER)
    if (master or MASTER).startswith("local"):
        # Everything is on this machine, whatever its name leads to.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    try:
        made = builder.getOrCreate()
    except Exception as error:
        if not type(error).__module__.startswith(("pyspark", "py4j")):
            raise
        raise NotSupported(f"Spark cannot be begun; it needs Java 17: {_reason(error)}") from error
    try:
        yield Spark(made)
    finally:
        made.stop()


def _is_set_up() -> bool:
    """Whether somebody has said where Spark runs."""
    if "spark.master" in os.environ.get("PYSPARK_SUBMIT_ARGS", "") or "--master" in os.environ.get(
        "PYSPARK_SUBMIT_ARGS", ""
    ):
        return True
    folder = os.environ.get("SPARK_CONF_DIR") or (
        f"{os.environ['SPARK_HOME']}/conf" if "SPARK_HOME" in os.environ else ""
    )
    try:
        told = (Path(folder) / "spark-defaults.conf").read_text(encoding="utf-8") if folder else ""
    except OSError:
        told = ""
    return any(line.split()[:1] == ["spark.master"] for line in told.splitlines())
