"""Makers: you state only what a test is about."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec
import sqlalchemy as sa

from tizim.domain.documents import DocumentFacts, Layer
from tizim.domain.statements import Claim, EntryReading, Property, facets
from tizim.register.archive import Archive
from tizim.register.protocol import DocumentBatch
from tizim.register.sql import SqlRegister

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


class Ticking:
    """A clock that moves a second each time it is asked."""

    def __init__(self, start: dt.datetime = NOON) -> None:
        self.now = start

    def __call__(self) -> dt.datetime:
        """The next instant."""
        self.now += dt.timedelta(seconds=1)
        return self.now


def a_register(folder: Path, url: str | None = None) -> SqlRegister:
    """An empty register: in a file of *folder*, or at *url*."""
    address = url or f"sqlite:///{folder / 'register.sqlite'}"
    register = SqlRegister(address, Archive(folder / "archive"), wait_seconds=2)
    register.prepare()
    return register


@contextmanager
def connections_counted() -> Iterator[list[object]]:
    """Yields what is still open of the database connections that were opened meanwhile, as a list that is kept."""
    still_open: list[object] = []
    pool = sa.pool.Pool

    def opened(connection: object, _record: object) -> None:
        still_open.append(connection)

    def closed(connection: object, _record: object) -> None:
        if any(one is connection for one in still_open):
            still_open.remove(connection)

    sa.event.listen(pool, "connect", opened)
    sa.event.listen(pool, "close", closed)
    try:
        yield still_open
    finally:
        sa.event.remove(pool, "connect", opened)
        sa.event.remove(pool, "close", closed)


def a_claim(prop: Property, value: str, **pairs: str) -> Claim:
    """A claim with facets from keywords."""
    return Claim(property=prop, value=value, facets=facets(**pairs), place=prop.value)


def an_entry(key: str, claims: Sequence[Claim] = (), *, on: str = "un-1267", name: str | None = None) -> EntryReading:
    """An official entry of the list *on* with a name, and whatever *claims* add."""
    basic = (a_claim(Property.MEMBER, on), a_claim(Property.NAME, name or f"NAME OF {key}"))
    return EntryReading(key=key, subject=f"un-sc:{key}", place=f"entry {key}", claims=(*basic, *claims))


def a_document(
    day: str,
    entries: Sequence[EntryReading],
    *,
    source: str = "un-sc",
    held: bool = True,
    complete: bool = True,
    layers: Sequence[Layer] = (Layer.CORE, Layer.REST),
    sha256: str = "",
    retrieved_at: dt.datetime | None = None,
) -> DocumentBatch:
    """A document of *day* with *entries*; its digest follows from the two unless given."""
    digest = hashlib.sha256(repr((day, [(e.key, e.claims) for e in entries])).encode()).hexdigest()
    date = dt.date.fromisoformat(day)
    facts = DocumentFacts(
        source=source, sha256=sha256 or digest, size=1, date=date,
        instant=dt.datetime(date.year, date.month, date.day, 1, tzinfo=dt.UTC), url="https://list.example/",
        media_type="application/xml", title="a list", entries=len(entries), complete=complete,
    )  # fmt: skip
    return DocumentBatch(
        facts=facts, held=held, layers=tuple(layers), entries=tuple(entries), method="read", retrieved_at=retrieved_at
    )


def some_documents(plan: Mapping[str, Sequence[str]]) -> list[DocumentBatch]:
    """Documents by day from the keys they hold; ``KEY=NAME`` gives an entry another name."""
    return [a_document(day, [_entry(item) for item in items]) for day, items in plan.items()]


def _entry(item: str) -> EntryReading:
    key, _, name = item.partition("=")
    return an_entry(key, name=name or None)


def archived(register: SqlRegister, batch: DocumentBatch) -> DocumentBatch:
    """*batch* as read from bytes that lie in the archive of *register*."""
    data = printed(batch)
    facts = msgspec.structs.replace(batch.facts, sha256=register.archive.put(data), size=len(data))
    return msgspec.structs.replace(batch, facts=facts)


def printed(batch: DocumentBatch) -> bytes:
    """An XML document that says what *batch* says; each word of a name stands in an element of its own."""
    lines = [f'<list date="{batch.facts.date}" source="{batch.facts.source}">']
    for entry in batch.entries:
        lines.append(f'  <entry key="{escape(entry.key)}">')
        for claim in entry.claims:
            words = "".join(f"<word>{escape(word)}</word>" for word in claim.value.split())
            told = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in claim.facets)
            lines.append(f"    <{claim.property}>{words}{told}</{claim.property}>")
        lines.append("  </entry>")
    return "\n".join([*lines, "</list>", ""]).encode()


def the_core_of(batch: DocumentBatch) -> DocumentBatch:
    """*batch* as the starter has it: without bytes, and only the core of its entries."""
    entries = tuple(
        msgspec.structs.replace(entry, claims=tuple(claim for claim in entry.claims if claim.layer is Layer.CORE))
        for entry in batch.entries
    )
    return msgspec.structs.replace(batch, held=False, layers=(Layer.CORE,), entries=entries)
