"""Kill writers at random moments, and see that nothing acknowledged is lost and nothing half done stays.

    .venv/bin/python bench/killed_writers.py [--kills 40] [--postgres-kills 20] [--crashes 5] [--withholdings 12]

A child process keeps invented UN-like files one by one and says each on standard output once the register
has acknowledged it. It is ended by SIGKILL at a random moment. Then: the chain is whole; every
document that was said is there, whole; no document is there by half; the next run completes; and the
answers are those of a run that was never disturbed. SQLite always, PostgreSQL where
TIZIM_TEST_POSTGRES_URL names a server on which databases may be made.

Then all processes of a PostgreSQL server of our own (tools/postgres.sh) are killed at once while a writer
is at work, and writers that withhold a name are killed: after the next writer no byte of it may be left,
and no document may have lost a byte without an act in the log. Results go to bench/results/killed_writers.md.
"""

import argparse
import contextlib
import datetime as dt
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
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
POSTGRES = Path(__file__).parents[1] / "tools" / "postgres.sh"
WITHHELD = "Withheldname"
CHILD = """
import datetime as dt, sys
from pathlib import Path
from tizim.keep.files import Spool, open_all
from tizim.keep.run import Keeping, keep_one
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister
from tizim.sources.protocol import NO_HINTS
from tizim.sources.un_sc import SOURCE
url, folder, *files = sys.argv[1:]
archive = Archive(Path(folder) / "archive")
register = SqlRegister(url, archive)
register.prepare()
keeping = Keeping(register=register, archive=archive, clock=lambda: dt.datetime.now(dt.UTC))
print("ready", flush=True)
for given in open_all([Path(name) for name in files], Spool()):
    done = keep_one(SOURCE, given, NO_HINTS, keeping)
    print(done.outcome, done.sha256, flush=True)
"""
WITHHOLDING = """
import datetime as dt, sys
from pathlib import Path
from tizim.domain.statements import statement_id
from tizim.errors import NotFound
from tizim.register.archive import Archive
from tizim.register.protocol import Withholding
from tizim.register.sql import SqlRegister
url, folder, withheld = sys.argv[1:]
register = SqlRegister(url, Archive(Path(folder) / "archive"))
with register.view() as view:
    subject, = {row.subject for row in view.names_with(withheld)} or {""}
    claim = next((row for row in view.claims([subject]) if withheld in (row.value or "")), None)
    doc = view.documents()[0]
print("ready", flush=True)
if claim is not None:
    act = Withholding(author="a court", ground="a soak", scope="subject", act="")
    register.withhold(statement_id(claim.claim_key, doc.sha256), act, lambda: dt.datetime.now(dt.UTC))
print("withheld", flush=True)
"""


def a_list(day: dt.date, chance: random.Random) -> bytes:
    """An invented UN-like file of *day*: entries come, go and change a little."""
    people = []
    for number in range(1, ENTRIES + 1):
        if chance.random() < 0.03 and number != 7:
            continue
        aliases = "".join(
            "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>"
            f"<ALIAS_NAME>Alias {i} of {number}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
            for i in range(8 + (chance.random() < 0.05))
        )
        people.append(
            f"<INDIVIDUAL><DATAID>{number}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>Invented</FIRST_NAME>"
            f"<SECOND_NAME>{WITHHELD if number == 7 else f'Person {number}'}</SECOND_NAME>"
            f"<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.{number:03d}</REFERENCE_NUMBER>"
            f"<LISTED_ON>2010-01-{number % 28 + 1:02d}</LISTED_ON>"
            f"<COMMENTS1>Remark {chance.randrange(3)} on {number}.</COMMENTS1>{aliases}</INDIVIDUAL>"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{day}T01:00:00Z">'
        f"<INDIVIDUALS>{''.join(people)}</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def start(url: str, folder: Path, files: list[Path]) -> subprocess.Popen[str]:
    """A child that keeps *files*."""
    return _child(CHILD, url, str(folder), *map(str, files))


def undisturbed(url: str, folder: Path, files: list[Path]) -> float:
    """Seconds of a run that nobody disturbs. Raises `RuntimeError` if it fails: then no kill proves anything."""
    began = time.perf_counter()
    child = start(url, folder, files)
    child.communicate()
    if child.returncode != 0:
        raise RuntimeError(f"an undisturbed run ended with {child.returncode}")
    return time.perf_counter() - began


def _child(program: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def interrupted(child: subprocess.Popen[str], seconds: float, end: Callable[[], None]) -> tuple[bool, list[str]]:
    """Let *child* work for so long, then *end* it: whether it was still alive, and the lines that it said."""
    assert child.stdout is not None  # noqa: S101 - it is a pipe
    with child.stdout:
        first = child.stdout.readline() if seconds > 0 else ""
        time.sleep(abs(seconds))
        alive = child.poll() is None
        end()
        said = first + child.stdout.read()
    child.wait()
    return alive, said.splitlines()


def a_while(chance: random.Random, longest: float) -> float:
    """Seconds to let a child work: mostly counted from its first word, sometimes (below zero) from its birth."""
    return -chance.uniform(0.05, 1) if chance.random() < 0.15 else chance.uniform(0.001, longest)


def faults(url: str, folder: Path, said: list[str]) -> list[str]:
    """What is wrong with the register after a kill."""
    with contextlib.closing(SqlRegister(url, Archive(folder / "archive"))) as register:
        if not register.exists():
            return [f"{len(said)} documents were acknowledged and there is no register"] if said else []
        found = list(register.verify().faults)
        with register.view() as view:
            whole = {doc.sha256 for doc in view.documents() if doc.held}
    found += [f"acknowledged document {sha[:12]} is lost" for sha in said if sha not in whole]
    with connected(sa.create_engine(url)) as connection:
        rows = connection.execute(
            sa.select(t.document.c.sha256, sa.func.count(t.coverage.c.layer))
            .outerjoin(t.coverage, t.coverage.c.document_id == t.document.c.id)
            .group_by(t.document.c.sha256)
        )
        found += [f"document {sha[:12]} is there by half" for sha, layers in rows if layers != 2]
    return found


def answers(url: str, folder: Path, days: list[dt.date]) -> list[object]:
    """The members on each day, without what depends on the moment of recording."""
    found: list[object] = []
    with contextlib.closing(SqlRegister(url, Archive(folder / "archive"))) as register:
        for day in days:
            with register.view() as view:
                at = AsOf(valid_at=day, known_at=dt.datetime.now(dt.UTC), basis=Basis.RECORDED)
                found.append(wire.members(members(view, ListId("un-1267"), at))["members"])
    return found


@contextlib.contextmanager
def connected(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection of an engine that nobody uses afterwards."""
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextlib.contextmanager
def a_place(postgres: str | None) -> Iterator[tuple[str, Path]]:
    """An address of an empty register, and its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if postgres is None:
            yield f"sqlite:///{folder / 'register.sqlite'}", folder
            return
        database = f"soak_{uuid.uuid4().hex[:12]}"
        with connected(sa.create_engine(postgres, isolation_level="AUTOCOMMIT")) as admin:
            admin.exec_driver_sql(f"CREATE DATABASE {database} TEMPLATE template0")
        try:
            yield sa.make_url(postgres).set(database=database).render_as_string(hide_password=False), folder
        finally:
            with connected(sa.create_engine(postgres, isolation_level="AUTOCOMMIT")) as admin:
                admin.exec_driver_sql(f"DROP DATABASE {database} WITH (FORCE)")


def trial(postgres: str | None, files: list[Path], days: list[dt.date], chance: random.Random, longest: float,
          expected: list[object]) -> tuple[int, list[str]]:  # fmt: skip
    """One register killed again and again until it is complete; kills that hit a living child, and faults."""
    kills, found = 0, []
    with a_place(postgres) as (url, folder):
        said: list[str] = []
        for _ in range(60):
            child = start(url, folder, files)
            alive, lines = interrupted(child, a_while(chance, longest), child.kill)
            said += [line.split()[1] for line in lines if line.startswith(("kept", "unchanged"))]
            kills += alive
            found += faults(url, folder, said)
            if not alive or found or kills >= 6:
                break
        found += completed(url, folder, files, days, said, expected)
    return kills, found


def completed(url: str, folder: Path, files: list[Path], days: list[dt.date], said: list[str],
              expected: list[object]) -> list[str]:  # fmt: skip
    """What is wrong after a last run that nobody disturbs."""
    found = []
    last = start(url, folder, files)
    last.communicate()
    if last.returncode != 0:
        found.append("the next run did not complete")
    found += faults(url, folder, said)
    if not found and answers(url, folder, days) != expected:
        found.append("the answers differ from those of an undisturbed run")
    return found


def some_files(folder: Path, chance: random.Random) -> tuple[list[Path], list[dt.date]]:
    """Files of a list, and their days."""
    days = [dt.date(2015, 1, 1) + dt.timedelta(days=100 * number) for number in range(FILES)]
    files = [folder / f"{day}.xml" for day in days]
    for path, day in zip(files, days, strict=True):
        path.write_bytes(a_list(day, chance))
    return files, days


def crashes(count: int, seed: int = 4) -> tuple[int, list[str]]:
    """Kill a whole PostgreSQL server, *count* times, each time with another register."""
    chance, done, found = random.Random(seed), 0, []
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)  # the server's user must reach its folder
        server = str(Path(home) / "server")
        run = subprocess.run([str(POSTGRES), "start", server], stdout=subprocess.PIPE, text=True, check=True)
        files, days = some_files(Path(name), chance)
        try:
            with a_place(run.stdout.strip()) as (url, folder):
                longest = undisturbed(url, folder, files) / 2
                expected = answers(url, folder, days)
            while done < count and not found:
                with a_place(run.stdout.strip()) as (url, folder):
                    said: list[str] = []
                    for _ in range(2):
                        alive, lines = interrupted(
                            start(url, folder, files), chance.uniform(0.001, longest),
                            lambda: subprocess.run([str(POSTGRES), "crash", server], check=True) and None,
                        )  # fmt: skip
                        done += alive
                        said += [line.split()[1] for line in lines if line.startswith(("kept", "unchanged"))]
                        found += faults(url, folder, said)
                    found += completed(url, folder, files, days, said, expected)
        finally:
            subprocess.run([str(POSTGRES), "stop", server], check=True)
    return done, found


def withholdings(count: int, seed: int = 5) -> tuple[int, list[str]]:
    """Kill writers that withhold a name, *count* times; SQLite, where every byte can be looked at."""
    chance, done, found = random.Random(seed), 0, []
    with tempfile.TemporaryDirectory() as name:
        files, _ = some_files(Path(name), chance)
        with a_place(None) as (url, folder):
            undisturbed(url, folder, files[:4])
            kept = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        while done < count and not found:
            with tempfile.TemporaryDirectory() as other:
                folder = Path(other)
                for place, data in kept.items():
                    (folder / place).parent.mkdir(parents=True, exist_ok=True)
                    (folder / place).write_bytes(data)
                url = f"sqlite:///{folder / 'register.sqlite'}"
                child = _child(WITHHOLDING, url, str(folder), WITHHELD)
                alive, _ = interrupted(child, chance.uniform(0.001, 0.4), child.kill)
                done += alive
                # A word of the interrupted withholding may be in the log or not; the next one completes it.
                again = _child(WITHHOLDING, url, str(folder), WITHHELD)
                again.communicate()
                start(url, folder, files[4:5]).communicate()
                if again.returncode != 0:
                    found.append("the next withholding did not complete")
                found += faults(url, folder, [])
                found += [f"{path.name} still has the name" for path in folder.rglob("*") if _tells(path)]
    return done, found


def _tells(path: Path) -> bool:
    if not path.is_file():
        return False
    data = path.read_bytes()
    return any(WITHHELD.encode() in one or WITHHELD.lower().encode() in one
               for one in ([data, gzip.decompress(data)] if path.suffix == ".gz" else [data]))  # fmt: skip


def soak(kills: int, postgres: str | None, seed: int = 3) -> tuple[int, int, list[str]]:
    """Trials until *kills* writers were killed: how many were, how many registers, and every fault."""
    chance = random.Random(seed)
    done, registers, found = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        files, days = some_files(Path(folder), chance)
        with a_place(postgres) as (url, home):
            longest = undisturbed(url, home, files)
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
    parser.add_argument("--crashes", type=int, default=5)
    parser.add_argument("--withholdings", type=int, default=12)
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
    done, found = withholdings(given.withholdings)
    wrong += found
    rows.append(("SQLite: withholdings killed at random moments", "no byte left, no byte lost without an act",
                 f"{done} kills, {len(found)} faults"))  # fmt: skip
    if url:
        done, found = crashes(given.crashes)
        wrong += found
        rows.append(("PostgreSQL: whole servers killed", "no loss, no half document",
                     f"{done} kills, {len(found)} faults"))  # fmt: skip
    write("killed_writers.md", "Killed writers", rows)
    for fault in wrong:
        print(fault)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
