"""Kill writers at random moments, and see that nothing acknowledged is lost and nothing half done stays.

    .venv/bin/python bench/soak.py [--kills 40] [--postgres-kills 20]

A child process keeps invented UN-like files one by one and says each on standard output once the register
has acknowledged it. It is ended by SIGKILL at a random moment. Then: the chain is whole; every
document that was said is there, whole; no document is there by half; the next run completes; and the
answers are those of a run that was never disturbed. SQLite always, PostgreSQL where
TIZIM_TEST_POSTGRES_URL names a server on which databases may be made. Results go to bench/results/soak.md.
"""

import argparse
import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from measuring import write

from tizim.answer import wire
from tizim.answer.members import members
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import ListId
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister

FILES, ENTRIES = 12, 250
CHILD = """
import datetime as dt, sys
from pathlib import Path
from tizim.keep.files import Spool, open_all
from tizim.keep.run import keep_one
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister
from tizim.sources.un_sc import SOURCE
url, folder, *files = sys.argv[1:]
archive = Archive(Path(folder) / "archive")
register = SqlRegister(url, archive)
register.prepare()
print("ready", flush=True)
for given in open_all([Path(name) for name in files], Spool()):
    done = keep_one(SOURCE, given, register, archive, lambda: dt.datetime.now(dt.UTC))
    print(done.outcome, done.sha256, flush=True)
"""


def a_list(day: dt.date, chance: random.Random) -> bytes:
    """An invented UN-like file of *day*: entries come, go and change a little."""
    people = []
    for number in range(1, ENTRIES + 1):
        if chance.random() < 0.03:
            continue
        aliases = "".join(
            "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>"
            f"<ALIAS_NAME>Alias {i} of {number}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
            for i in range(8 + (chance.random() < 0.05))
        )
        people.append(
            f"<INDIVIDUAL><DATAID>{number}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>Invented</FIRST_NAME>"
            f"<SECOND_NAME>Person {number}</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
            f"<REFERENCE_NUMBER>QDi.{number:03d}</REFERENCE_NUMBER><LISTED_ON>2010-01-{number % 28 + 1:02d}</LISTED_ON>"
            f"<COMMENTS1>Remark {chance.randrange(3)} on {number}.</COMMENTS1>{aliases}</INDIVIDUAL>"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{day}T01:00:00Z">'
        f"<INDIVIDUALS>{''.join(people)}</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def start(url: str, folder: Path, files: list[Path]) -> subprocess.Popen[str]:
    """A child that keeps *files*."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(folder), *map(str, files)], stdout=subprocess.PIPE, text=True
    )


def faults(url: str, folder: Path, said: list[str]) -> list[str]:
    """What is wrong with the register after a kill."""
    register = SqlRegister(url, Archive(folder / "archive"))
    if not register.exists():
        return [f"{len(said)} documents were acknowledged and there is no register"] if said else []
    found = list(register.verify().faults)
    with register.view() as view:
        whole = {doc.sha256 for doc in view.documents() if doc.held}
    found += [f"acknowledged document {sha[:12]} is lost" for sha in said if sha not in whole]
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            sa.select(t.document.c.sha256, sa.func.count(t.coverage.c.layer))
            .outerjoin(t.coverage, t.coverage.c.document_id == t.document.c.id)
            .group_by(t.document.c.sha256)
        )
        found += [f"document {sha[:12]} is there by half" for sha, layers in rows if layers != 2]
    engine.dispose()
    register.close()
    return found


def answers(url: str, folder: Path, days: list[dt.date]) -> list[object]:
    """The members on each day, without what depends on the moment of recording."""
    register = SqlRegister(url, Archive(folder / "archive"))
    found: list[object] = []
    for day in days:
        with register.view() as view:
            at = AsOf(valid_at=day, known_at=dt.datetime.now(dt.UTC), basis=Basis.RECORDED)
            found.append(wire.members(members(view, ListId("un-1267"), at))["members"])
    register.close()
    return found


@contextlib.contextmanager
def a_place(postgres: str | None) -> Iterator[tuple[str, Path]]:
    """An address of an empty register, and its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if postgres is None:
            yield f"sqlite:///{folder / 'register.sqlite'}", folder
            return
        database = f"soak_{uuid.uuid4().hex[:12]}"
        admin = sa.create_engine(postgres, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {database} TEMPLATE template0")
        try:
            yield sa.make_url(postgres).set(database=database).render_as_string(hide_password=False), folder
        finally:
            with admin.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {database} WITH (FORCE)")
            admin.dispose()


def trial(postgres: str | None, files: list[Path], days: list[dt.date], chance: random.Random, longest: float,
          expected: list[object]) -> tuple[int, list[str]]:  # fmt: skip
    """One register killed again and again until it is complete; kills that hit a living child, and faults."""
    kills, found = 0, []
    with a_place(postgres) as (url, folder):
        said: list[str] = []
        for _ in range(60):
            child = start(url, folder, files)
            assert child.stdout is not None  # noqa: S101 - it is a pipe
            time.sleep(chance.uniform(0.2, longest))
            alive = child.poll() is None
            child.send_signal(signal.SIGKILL)
            with child.stdout:
                output = child.stdout.read()
            child.wait()
            said += [line.split()[1] for line in output.splitlines() if line.startswith(("kept", "unchanged"))]
            kills += alive
            found += faults(url, folder, said)
            if not alive or found or kills >= 6:
                break
        last = start(url, folder, files)
        last.communicate()
        if last.returncode != 0:
            found.append("the next run did not complete")
        found += faults(url, folder, said)
        if not found and answers(url, folder, days) != expected:
            found.append("the answers differ from those of an undisturbed run")
    return kills, found


def soak(kills: int, postgres: str | None, seed: int = 3) -> tuple[int, int, list[str]]:
    """Trials until *kills* writers were killed: how many were, how many registers, and every fault."""
    chance = random.Random(seed)
    done, registers, found = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        days = [dt.date(2015, 1, 1) + dt.timedelta(days=100 * number) for number in range(FILES)]
        files = []
        for day in days:
            path = Path(folder) / f"{day}.xml"
            path.write_bytes(a_list(day, chance))
            files.append(path)
        with a_place(postgres) as (url, home):
            began = time.perf_counter()
            start(url, home, files).communicate()
            longest = time.perf_counter() - began
            expected = answers(url, home, days)
        while done < kills and not found:
            count, wrong = trial(postgres, files, days, chance, longest, expected)
            done, registers, found = done + count, registers + 1, found + wrong
    return done, registers, found


def main() -> None:
    """Soak, print, write; ends with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--postgres-kills", type=int, default=20)
    given = parser.parse_args()
    rows, wrong = [], []
    places = [("SQLite", given.kills, None)]
    if url := os.environ.get("TIZIM_TEST_POSTGRES_URL"):
        places.append(("PostgreSQL", given.postgres_kills, url))
    for name, kills, postgres in places:
        done, registers, found = soak(kills, postgres)
        wrong += found
        rows.append((f"{name}: writers killed at random moments", "no loss, no half document",
                     f"{done} kills over {registers} registers, {len(found)} faults"))  # fmt: skip
    write("soak.md", "Killed writers", rows)
    for fault in wrong:
        print(fault)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
