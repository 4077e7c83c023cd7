"""The starter: facts of real documents that ship with the package, so that a register answers at once.

``starter.jsonl.xz`` holds, for each document, its facts (SHA-256, official address, date) and what
changed since the one before; its statements are marked *document not held here* until the very file
is kept. It is built by ``tools/build_starter.py``.
"""

import io
import lzma
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import msgspec

from tizim.domain.documents import DocumentFacts, Layer
from tizim.domain.statements import CORE, Claim, EntryReading, Property
from tizim.errors import Broken
from tizim.register.protocol import Clock, DocumentBatch, Register

FORMAT = 1
Progress = Callable[[str, int, int], None]


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    format: int
    documents: tuple[DocumentFacts, ...]
    methods: tuple[str, ...]
    lines: tuple[int, ...]
    """how many entry lines each document has"""
    gone: tuple[tuple[str, ...], ...]
    """keys that the document before of the same source has and this one has not"""


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    subject: str
    place: str
    claims: tuple[tuple[str, str, dict[str, str], str], ...]


def load(register: Register, clock: Clock, progress: Progress | None = None) -> int:
    """Put the starter's documents into *register*; returns how many it did not know yet."""
    with _open() as text:
        head = msgspec.json.decode(next(text), type=_Head)
        if head.format != FORMAT:
            raise Broken(f"the starter has format {head.format}, this tizim reads {FORMAT}")
        with register.view() as view:
            known = {(doc.source, doc.sha256) for doc in view.documents()}
        missing = [facts for facts in head.documents if (facts.source, facts.sha256) not in known]
        if not missing:
            return 0
        for count, batch in enumerate(_batches(head, text)):
            if progress is not None:
                progress(f"{batch.facts.source} {batch.facts.date}", count, len(head.documents))
            if (batch.facts.source, batch.facts.sha256) not in known:
                register.append(batch, clock)
    if progress is not None:
        progress("", len(head.documents), len(head.documents))
    return len(missing)


@contextmanager
def _open() -> Iterator[Iterator[str]]:
    """The lines of the packaged starter."""
    with (
        resources.files("tizim.keep").joinpath("starter.jsonl.xz").open("rb") as raw,
        lzma.open(raw) as packed,
        io.TextIOWrapper(packed, encoding="utf-8") as text,
    ):
        yield iter(text)


def documents() -> tuple[DocumentFacts, ...]:
    """The facts of the documents that the starter rests on."""
    with _open() as text:
        return msgspec.json.decode(next(text), type=_Head).documents


def _batches(head: _Head, text: Iterator[str]) -> Iterator[DocumentBatch]:
    current: dict[str, dict[str, EntryReading]] = {}
    decoder = msgspec.json.Decoder(_Line)
    for facts, method, lines, gone in zip(head.documents, head.methods, head.lines, head.gone, strict=True):
        entries = current.setdefault(facts.source, {}) if facts.complete else {}
        for key in gone:
            entries.pop(key, None)
        for _ in range(lines):
            line = decoder.decode(next(text))
            entries[line.key] = EntryReading(
                key=line.key, subject=line.subject, place=line.place,
                claims=tuple(
                    Claim(property=Property(prop), value=value, facets=tuple(sorted(facets.items())), place=place)
                    for prop, value, facets, place in line.claims
                ),
            )  # fmt: skip
        yield DocumentBatch(
            facts=facts, held=False, layers=(Layer.CORE,), entries=tuple(entries.values()), method=method,
            retrieved_at=None,
        )  # fmt: skip


def write(path: Path, documents: Iterable[tuple[DocumentFacts, str, list[EntryReading]]]) -> None:
    """Write a starter: each document's core claims, as differences from the one before of its source."""
    before: dict[str, dict[str, EntryReading]] = {}
    facts_of, methods, lines, gone, text = [], [], [], [], []
    encode = msgspec.json.Encoder(order="deterministic").encode
    for facts, method, readings in documents:
        now = {reading.key: _core(reading) for reading in readings}
        old = before.get(facts.source, {}) if facts.complete else {}
        changed = [one for key, one in now.items() if key not in old or _said(old[key]) != _said(one)]
        facts_of.append(facts)
        methods.append(method)
        lines.append(len(changed))
        gone.append(tuple(sorted(key for key in old if key not in now)))
        text += [
            encode(
                _Line(
                    key=one.key, subject=one.subject, place=one.place,
                    claims=tuple((c.property.value, c.value, dict(c.facets), c.place) for c in one.claims),
                )
            )
            for one in changed
        ]  # fmt: skip
        if facts.complete:
            before[facts.source] = now
    head = _Head(format=FORMAT, documents=tuple(facts_of), methods=tuple(methods), lines=tuple(lines), gone=tuple(gone))
    data = b"\n".join([encode(head), *text]) + b"\n"
    path.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))


def _core(reading: EntryReading) -> EntryReading:
    claims = tuple(claim for claim in reading.claims if claim.property in CORE)
    return msgspec.structs.replace(reading, claims=claims, unread=())


def _said(reading: EntryReading) -> frozenset[object]:
    return frozenset(claim.identity for claim in reading.claims)
