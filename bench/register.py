"""Measure the register: appending, verifying, reading, on SQLite and PostgreSQL.

    .venv/bin/python bench/register.py [--quick]

Invented lists in the shape of the UN's: 1,000 entries of 25 claims each. Forty of them, of forty sources,
make a register of 1,000,000 statements (with --quick two, of 50,000). PostgreSQL is measured where
TIZIM_TEST_POSTGRES_URL names a server on which databases may be made; tools/postgres.sh starts one, which
does not wait for its disk, so its figures are those of the work and not of the disk. Results go to
bench/results/register.md: medians of several runs, on the machine named in the first line.
"""

import argparse
import contextlib
import datetime as dt
import hashlib
import os
import random
import statistics
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import sqlalchemy as sa
from measuring import median_ms, timed, write

from tizim.domain.dates import AsOf, Basis
from tizim.domain.documents import DocumentFacts, Layer
from tizim.domain.lists import ListId
from tizim.domain.statements import Claim, EntryReading, Property, facets
from tizim.register.archive import Archive
from tizim.register.protocol import DocumentBatch
from tizim.register.sql import SqlRegister
from tizim.register.view import View

ENTRIES = 1_000
CLAIMS = 25
SYLLABLES = [
    "ab",
    "da",
    "ri",
    "mo",
    "zu",
    "ka",
    "len",
    "tis",
    "or",
    "ja",
    "qu",
    "ef",
    "ho",
    "san",
    "vi",
    "bek",
    "ur",
    "na",
    "shi",
]
Row = tuple[str, str, str]


def clock() -> dt.datetime:
    """The present instant."""
    return dt.datetime.now(dt.UTC)


def words(chance: random.Random, count: int) -> str:
    """Invented words."""
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(count))


def an_entry(source: str, number: int, chance: random.Random) -> EntryReading:
    """An invented entry of 25 claims, as a list prints of a person."""
    day = f"20{number % 24:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    plan = [
        (Property.MEMBER, f"list-{source}", {}),
        (Property.REFERENCE, f"QDi.{number}", {}),
        (Property.KIND, "person", {}),
        (Property.NAME, words(chance, 3), {"script": "Latn"}),
        *((Property.ALIAS, words(chance, 2), {"script": "Latn", "quality": "good"}) for _ in range(4)),
        (Property.ORIGINAL_NAME, words(chance, 3), {"script": "Latn"}),
        (Property.DATA_ID, str(6_900_000 + number), {}),
        (Property.LISTED_ON, day, {}),
        (Property.AMENDED_ON, day, {}),
        (Property.BIRTH_YEAR, str(1940 + number % 60), {}),
        (Property.BIRTH_DATE, f"{1940 + number % 60}-05-17", {"type": "approximately"}),
        (Property.BIRTH_PLACE, words(chance, 2), {"city": words(chance, 1), "country": words(chance, 1)}),
        (Property.NATIONALITY, words(chance, 1), {}),
        (Property.GENDER, "male", {}),
        (Property.TITLE, words(chance, 1), {}),
        (Property.POSITION, words(chance, 4), {}),
        *((Property.ADDRESS, words(chance, 6), {"country": words(chance, 1)}) for _ in range(2)),
        *((Property.IDENTIFIER, f"{number}{n}", {"kind": "passport", "note": words(chance, 4)}) for n in range(2)),
        (Property.COMMENT, words(chance, 40), {}),
        (Property.LINK, f"https://list.example/{number}", {}),
    ]
    claims = tuple(
        Claim(property=prop, value=value, facets=facets(**pairs), place=f"INDIVIDUAL/{prop.upper()}")
        for prop, value, pairs in plan
    )
    key = f"QDi.{number:04d}"
    return EntryReading(key=key, subject=f"{source}:{key}", place=f"INDIVIDUAL[{key}]", claims=claims)


def a_list(source: str, seed: int) -> list[EntryReading]:
    """An invented list."""
    chance = random.Random(seed)
    return [an_entry(source, number, chance) for number in range(ENTRIES)]


def a_document(source: str, day: dt.date, entries: list[EntryReading]) -> DocumentBatch:
    """A document of *day*; it is not in the archive, for no bytes were read."""
    facts = DocumentFacts(
        source=source, sha256=hashlib.sha256(f"{source} {day} {id(entries)}".encode()).hexdigest(), size=1, date=day,
        instant=dt.datetime.combine(day, dt.time(1), dt.UTC), url="", media_type="", title="", entries=len(entries),
        complete=True,
    )  # fmt: skip
    return DocumentBatch(
        facts=facts,
        held=False,
        layers=(Layer.CORE, Layer.REST),
        entries=tuple(entries),
        method="read",
        retrieved_at=None,
    )


def changed(entries: list[EntryReading], share: float, seed: int) -> list[EntryReading]:
    """The same list with another comment and alias in some of its entries."""
    chance = random.Random(seed)

    def other(claim: Claim) -> Claim:
        if claim.property in {Property.COMMENT, Property.ORIGINAL_NAME}:
            return msgspec.structs.replace(claim, value=words(chance, 5))
        return claim

    return [
        msgspec.structs.replace(one, claims=tuple(other(c) for c in one.claims)) if chance.random() < share else one
        for one in entries
    ]


@contextlib.contextmanager
def a_register(postgres: str | None) -> Iterator[SqlRegister]:
    """An empty register."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url, admin, database = f"sqlite:///{folder / 'register.sqlite'}", None, f"bench_{uuid.uuid4().hex[:12]}"
        if postgres is not None:
            admin = sa.create_engine(postgres, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
            with admin.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {database} TEMPLATE template0")
            url = sa.make_url(postgres).set(database=database).render_as_string(hide_password=False)
        try:
            with contextlib.closing(SqlRegister(url, Archive(folder / "archive"))) as register:
                register.prepare()
                yield register
        finally:
            if admin is not None:
                with admin.connect() as connection:
                    connection.exec_driver_sql(f"DROP DATABASE {database} WITH (FORCE)")


def per_second(statements: int, seconds: list[float]) -> str:
    """Statements a second, by the median."""
    return f"{statements / statistics.median(seconds):,.0f}/s"


def one_file(postgres: str | None, runs: int) -> list[Row]:
    """The first file of a list, and the next ones that change nothing or little."""
    first, same, little, before = [], [], [], []
    for run in range(runs):
        entries = a_list("un", run)
        with a_register(postgres) as register:
            day = dt.date(2020, 1, 1)
            for samples, days, made in (
                (first, 0, entries), (same, 10, list(entries)), (little, 20, changed(entries, 0.03, run)),
                (before, 15, changed(entries, 0.03, run + 100)),
            ):  # fmt: skip
                batch = a_document("un", day + dt.timedelta(days=days), made)
                samples.append(timed(lambda batch=batch, register=register: register.append(batch, clock)))
    return [
        ("one file of 25,000 statements, the first", "", f"{per_second(25_000, first)}, {median_ms(first)}"),
        ("the next file, nothing changed", "", median_ms(same)),
        ("the next file, 3 % of entries changed", "", median_ms(little)),
        ("a file between two others, 3 % changed", "", median_ms(before)),
    ]


def fill(register: SqlRegister, lists: int) -> list[float]:
    """Append many first files; seconds for each."""
    samples = []
    for number in range(lists):
        batch = a_document(f"s{number}", dt.date(2020, 1, 1), a_list(f"s{number}", number))
        samples.append(timed(lambda batch=batch: register.append(batch, clock)))
    return samples


def repeated(function: Callable[[], object], count: int) -> list[float]:
    """Seconds of each of *count* calls."""
    function()
    return [timed(function) for _ in range(count)]


def reading(register: SqlRegister, lists: int) -> list[Row]:
    """Questions on one subject and on one list."""
    chance = random.Random(1)
    now = AsOf(valid_at=dt.date(2020, 6, 1), known_at=clock(), basis=Basis.RECORDED)

    def subject(view: View) -> None:
        keys = [f"s{chance.randrange(lists)}:QDi.{chance.randrange(ENTRIES):04d}"]
        assert len(view.claims(keys)) == CLAIMS  # noqa: S101 - a figure of nothing would be worth nothing
        assert view.headlines_of(keys)  # noqa: S101
        view.facts(Property.ACT, now, subjects=keys)

    def on_list(view: View) -> None:
        number = chance.randrange(lists)
        moment = view.line(f"s{number}", now).docs[0].moment
        assert len(view.headlines([ListId(f"list-s{number}")], [moment], None)) == ENTRIES  # noqa: S101

    with register.view() as view:
        one = repeated(lambda: subject(view), 300)
        members = repeated(lambda: on_list(view), 50)

    def opened() -> None:
        with register.view() as view:
            subject(view)

    return [
        ("one subject: headlines, claims, facts", "< 1 ms", median_ms(one)),
        ("the same with opening the register", "", median_ms(repeated(opened, 100))),
        ("headlines of a list of 1,000 entries", "< 4 ms", median_ms(members)),
    ]


def large(name: str, postgres: str | None, lists: int, floor: str) -> list[Row]:
    """A large register: filling it, proving it, asking it, making its projections anew."""
    statements = lists * ENTRIES * CLAIMS
    with a_register(postgres) as register:
        filling = fill(register, lists)
        rows = [
            (f"{name}: append {statements:,} statements, {lists} files", floor,
             f"{statements / sum(filling):,.0f}/s, slowest file {per_second(25_000, [max(filling)])}"),
        ]  # fmt: skip
        verifying = repeated(lambda: _whole(register), 3)
        rows.append((f"{name}: verify {statements:,} statements", "≤ 2 s per million", median_ms(verifying)))
        rows += [(f"{name}: {what}", limit, found) for what, limit, found in reading(register, lists)]
        rebuilding = timed(register.rebuild)
        rows.append((f"{name}: rebuild all projections", "", f"{rebuilding:.1f} s"))
    return rows


def _whole(register: SqlRegister) -> None:
    assert register.verify().faults == ()  # noqa: S101 - a chain that is not whole is quick to verify


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small register and few runs; nothing to quote")
    given = parser.parse_args()
    runs, lists = (1, 2) if given.quick else (5, 40)
    places: list[tuple[str, str | None, str]] = [("SQLite", None, "≥ 50,000/s")]
    if url := os.environ.get("TIZIM_TEST_POSTGRES_URL"):
        places.append(("PostgreSQL", url, "≥ 40,000/s"))
    rows: list[Row] = []
    for name, postgres, floor in places:
        rows += [(f"{name}: {what}", limit, found) for what, limit, found in one_file(postgres, runs)]
        rows += large(name, postgres, lists, floor)
    write("register.md", "The register", rows)


if __name__ == "__main__":
    main()
