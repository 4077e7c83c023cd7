"""How quickly a change of the lists is told of a million customers who are watched, and what the first run takes.

    .venv/bin/python bench/watch.py [--customers N] [--dry]

Against the names of the UN and OFAC lists in the folder that TIZIM_REAL_FILES names (some 25,000). The change is of 50
entities: 20 are new, 20 were amended (half of them by another spelling, half by another name), 10 are gone. Customers
are made of the given and family names of persons on no list there, with birth dates and countries; some are made of
listed names, so that there are hits. Afterwards every customer is asked anew, and the hits must be the same.

Clock time says how busy the machine was with other things; seconds of a processor say what the work costs.
"""

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import sqlalchemy as sa
from measuring import machine, write
from names_data import both_lists

from batch import cpu, customers
from tizim.customers import Marks, Store, schema
from tizim.screen.entities import Dataset, Entity
from tizim.screen.snapshot import About, Snapshot
from tizim.watch import Given, Summary, Tools, Way, run, watched
from tizim.watch.answering import Answering, Shown
from tizim.watch.working import Ready, working

WORKERS = 2
NEW, AMENDED, GONE = 20, 20, 10
_SCHEMATA = {"Person", "Vessel", "Organization", "Company", "LegalEntity", "Airplane"}


def an_entity(key: str, kind: str, names: list[str]) -> Entity:
    """Somebody on a list."""
    return Entity(
        id=key, caption=names[0], schema=kind if kind in _SCHEMATA else "LegalEntity", properties={"name": names},
        datasets=["both"], referents=[], target=False, first_seen=None, last_seen=None, last_change=None,
    )  # fmt: skip


def two_lists(folder: Path) -> tuple[Path, Path, list[str]]:
    """The files of two snapshots that differ in 50 entities, and names of persons on the first."""
    subjects: dict[tuple[str, str], list[str]] = {}
    for one in both_lists():
        subjects.setdefault((one.key, one.schema), []).append(one.name)
    chance = random.Random(3)
    chosen = set(chance.sample(sorted(subjects), NEW + AMENDED + GONE))
    order = sorted(chosen, key=lambda _: chance.random())
    new, amended, gone = set(order[:NEW]), order[NEW : NEW + AMENDED], set(order[NEW + AMENDED :])
    respelt = set(amended[: AMENDED // 2])
    before, after = [], []
    for key, names in subjects.items():
        if key not in new:
            before.append(an_entity(*key, names))
        if key in gone:
            continue
        if key in respelt:
            after.append(an_entity(*key, [f"{names[0][:-1]}{'e' if names[0][-1] != 'e' else 'a'}", *names[1:]]))
        elif key in amended:
            after.append(an_entity(*key, [*names, f"{names[0]} {chance.choice(names).split()[-1]}"]))
        else:
            after.append(an_entity(*key, names))
    paths = []
    for version, entities in (("before", before), ("after", after)):
        datasets = (
            Dataset(name="both", title="Both"), Dataset(name="default", title="All", children=("both",)),
        )  # fmt: skip
        made = Snapshot.build(About(version=version, made="2026-11-27", datasets=datasets), entities)
        paths.append(folder / f"{version}.snapshot")
        made.save(paths[-1])
    return paths[0], paths[1], [names[0] for (_, kind), names in subjects.items() if kind == "Person"]


def given(path: Path, listed: list[str], kind: str, *, with_facts: bool) -> Iterator[Given]:
    """The customers of a file; one in five hundred has the name of somebody listed."""
    chance = random.Random(8)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = chance.choice(listed) if chance.random() < 0.002 else row["name"]
            said = {"name": [name]}
            if with_facts:
                said |= {"birthDate": [row["born"]], "country": [row["country"]]}
            yield Given(id=row["customer_id"], schema=kind, properties=said)


def hits(store: Store) -> dict[tuple[str, str], Shown]:
    """What is kept of who is found."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(schema.watch_hit)).all()
    return {(row.customer, row.entity): msgspec.json.decode(row.body, type=Shown) for row in rows}


def anew(store: Store, snapshot: Snapshot, marks: Marks) -> dict[tuple[str, str], Shown]:
    """What asking every customer finds."""
    answering = Answering(snapshot, Way(), None, (), marks, datetime.now(UTC).date())
    answering.warm()
    found = {}
    with working(
        WORKERS, Ready(answering=answering, before=None, differs=None, warm=np.zeros(0, dtype=np.int64))
    ) as workers:
        for some in workers.answers(_pieces(store)):
            found |= {(one.mark, shown.entity): shown for one in some for shown in one.hits}
    return found


def _pieces(store: Store) -> Iterator[list[watched.Watched]]:
    last = 0
    while some := watched.after(store, last, 2_000):
        yield some
        last = some[-1].seq


def memory() -> str:
    """What this process and the largest of those it began held at most. A thread that looked would keep it from any."""
    own, largest = (resource.getrusage(who).ru_maxrss / 1e3 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"{own:,.0f} MB, and {largest:,.0f} MB each process that screens, most of it shared"


class Took(msgspec.Struct, frozen=True):
    """What a run took."""

    done: Summary
    clock: float
    cpu: float

    def told(self) -> str:
        """In a line."""
        return f"{self.clock:.1f} s, {self.cpu:.1f} s of a processor"


def took(path: Path, store: Store, marks: Marks, folder: Path) -> Took:
    """One run."""
    tools = Tools(
        store=store, marks=marks, folder=folder / "watch", now=datetime.now(UTC), workers=WORKERS,
        evidence=lambda _: {}, days=0, tell=lambda *_: None,
    )  # fmt: skip
    before, start = cpu(), time.perf_counter()
    done = run(path, Way(), None, tools)
    return Took(done, time.perf_counter() - start, cpu() - before)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--facts", action="store_true", help="birth dates and countries, too")
    parser.add_argument("--schema", default="Person")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    asked = parser.parse_args()
    count = asked.customers
    marks = Marks("a secret of more than thirty-two characters")
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, after, listed = two_lists(folder)
        table = folder / "customers.csv"
        different = customers(table, count)
        store = Store(f"sqlite:///{folder}/customers.sqlite")
        what = f"{count:,} customers of {different:,} names ({asked.schema}{', birth dates' if asked.facts else ''})"

        def tell(name: str, measured: str, floor: str = "–") -> None:
            rows.append((name, floor, measured))
            print(*rows[-1], sep=" | ", flush=True)

        begun, used = time.perf_counter(), cpu()
        watched.enter(store, marks, given(table, listed, asked.schema, with_facts=asked.facts), datetime.now(UTC))
        tell(f"{what}: entered", f"{time.perf_counter() - begun:.1f} s, {cpu() - used:.1f} s of a processor")
        first = took(before, store, marks, folder)
        tell(f"first run: all screened, {first.done.new:,} hits, names made ready", first.told())
        tell("memory up to here, at most", memory())
        tell("a run where nothing changed", took(before, store, marks, folder).told())
        change = took(after, store, marks, folder)
        done = change.done
        tell(
            f"{done.changed} entities changed: {done.new} hits new, {done.changed_matches} others, {done.gone} gone;"
            f" {done.screened:,} customers asked",
            change.told(), "< 10 s",
        )  # fmt: skip
        tell("memory up to here, at most", memory())
        size = sum(path.stat().st_size for path in (folder / "watch").rglob("*.customers")) / 1e6
        tell("names made ready, files", f"{size:,.0f} MB")
        begun = time.perf_counter()
        if hits(store) != anew(store, Snapshot.open(after), marks):
            raise SystemExit("asking every customer anew finds other hits")
        tell(
            "the same hits as asking every customer anew", f"all; that took {time.perf_counter() - begun:.0f} s", "all"
        )
        store.close()
    if asked.dry:
        print(machine())
    else:
        write("watch.md", "Customers watched, against 25,573 names", rows)


if __name__ == "__main__":
    main()
