"""Reading at one million statements: members of a list, and the history of a subject.

    .venv/bin/python bench/answers.py [--quick]

Makes a register of invented entries: a list of 1,000 in the company of many more, kept in twenty
copies over ten years in which entries come, go and are amended. Then asks for random pairs of a valid
day and a moment of knowing, on both bases, in one warm process.
"""

import datetime as dt
import hashlib
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring import median_ms, timed, write

from tizim.answer.history import history
from tizim.answer.members import members
from tizim.domain.dates import AsOf, Basis
from tizim.domain.documents import DocumentFacts, Layer
from tizim.domain.lists import ListId
from tizim.domain.statements import Claim, EntryReading, Property, facets
from tizim.register.archive import Archive
from tizim.register.protocol import DocumentBatch
from tizim.register.sql import SqlRegister

QUICK = "--quick" in sys.argv
ENTRIES, COPIES, ASKED = (4_000, 6, 60) if QUICK else (32_000, 20, 300)
THE_LIST, THE_REST = ListId("un-1267"), ListId("un-1518")
FIRST = dt.date(2015, 1, 15)


def entry(number: int, version: int) -> EntryReading:
    """An invented entry with some thirty statements; a *version* changes two of them."""
    key = f"XXi.{number:05d}"
    list_id = THE_LIST if number < 1_000 else THE_REST
    listed = dt.date(2000, 1, 1) + dt.timedelta(days=number * 37 % 5_000)
    claims = [
        Claim(property=Property.MEMBER, value=list_id),
        Claim(property=Property.REFERENCE, value=key),
        Claim(property=Property.KIND, value="person"),
        Claim(property=Property.NAME, value=f"INVENTED PERSON {number}", facets=facets(script="Latn")),
        Claim(property=Property.LISTED_ON, value=listed.isoformat()),
        Claim(property=Property.BIRTH_YEAR, value=str(1940 + number % 60)),
        Claim(property=Property.AMENDED_ON, value=(listed + dt.timedelta(days=100 + version)).isoformat()),
        Claim(property=Property.COMMENT, value=f"An invented remark, version {version}, on entry {number}."),
    ]
    claims += [
        Claim(
            property=Property.ALIAS,
            value=f"ALIAS {i} OF {number}",
            facets=facets(quality="good", script="Latn"),
        )
        for i in range(12)
    ]
    claims += [Claim(property=Property.ADDRESS, value=f"Street {i}, Town {number % 97}") for i in range(5)]
    claims += [Claim(property=Property.POSITION, value=f"Position {i} of {number}") for i in range(5)]
    return EntryReading(key=key, subject=f"un-sc:{key}", place=key, claims=tuple(claims))


def copies() -> Iterator[DocumentBatch]:
    """Copies in order: each year some entries leave, some come back, two in a hundred are amended."""
    chance = random.Random(7)
    version = [0] * ENTRIES
    away: set[int] = set()
    for number in range(COPIES):
        day = FIRST + dt.timedelta(days=number * 3_650 // COPIES)
        for one in chance.sample(range(ENTRIES), ENTRIES // 50):
            version[one] += 1
        away ^= set(chance.sample(range(ENTRIES), ENTRIES // 100))
        entries = [entry(one, version[one]) for one in range(ENTRIES) if one not in away]
        digest = hashlib.sha256(f"{number}".encode()).hexdigest()
        facts = DocumentFacts(
            source="un-sc", sha256=digest, size=1, date=day,
            instant=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), url="https://list.example/",
            media_type="application/xml", title="invented", entries=len(entries), complete=True,
        )  # fmt: skip
        yield DocumentBatch(
            facts=facts, held=False, layers=(Layer.CORE, Layer.REST), entries=entries, method="read", retrieved_at=None
        )


def main() -> None:
    """Build, ask, write."""
    chance = random.Random(11)
    clock = [dt.datetime(2026, 1, 1, tzinfo=dt.UTC)]

    def tick() -> dt.datetime:
        clock[0] += dt.timedelta(hours=1)
        return clock[0]

    with tempfile.TemporaryDirectory() as folder:
        register = SqlRegister(f"sqlite:///{folder}/register.sqlite", Archive(Path(folder) / "archive"))
        register.prepare()
        statements, seconds = 0, 0.0
        for batch in copies():
            made = []
            seconds += timed(lambda batch=batch, made=made: made.append(register.append(batch, tick)))
            statements += made[0].statements

        def at() -> AsOf:
            day = FIRST + dt.timedelta(days=chance.randrange(-400, 4_200))
            known = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=chance.randrange(1, COPIES + 2))
            if chance.random() < 0.5:
                return AsOf(valid_at=day, known_at=known, basis=Basis.RECORDED)
            published = FIRST + dt.timedelta(days=chance.randrange(0, 4_200))
            instant = dt.datetime.combine(published, dt.time.max, tzinfo=dt.UTC)
            return AsOf(valid_at=day, known_at=instant, basis=Basis.PUBLISHED)

        def show() -> None:
            with register.view() as view:
                members(view, THE_LIST, at())

        def tell() -> None:
            with register.view() as view:
                history(view, chance.choice(subjects), at())

        with register.view() as view:
            subjects = view.all_subjects()
        show()
        tell()
        shown = [timed(show) for _ in range(ASKED)]
        told = [timed(tell) for _ in range(ASKED)]
        write("answers.md", f"Reading at {statements:,} statements, {COPIES} copies (SQLite)", [
            ("members of a list of 1,000, random valid day and moment of knowing", "10 ms", median_ms(shown)),
            ("history of one subject", "1 ms", median_ms(told)),
            ("keeping the copies, comparing each with the one before", "–", f"{seconds:.0f} s"),
        ])  # fmt: skip


if __name__ == "__main__":
    main()
