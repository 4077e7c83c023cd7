"""From the JSON of the agency's interface to records: one per person or organisation, every value verbatim."""

import re
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources.dating import placed
from tizim.sources.kz_fma.map import JSON
from tizim.sources.protocol import Hints

CATEGORIES: Final = ("1", "2")
TYPES: Final = ("person", "organisation")
STATUSES: Final = ("acting", "included", "excluded")

_MAX_BYTES: Final = 64 * 1024 * 1024
_HOLDERS: Final = ("data", "items", "results", "content", "list", "rows")
_TOTALS: Final = ("total", "count", "totalCount", "total_count", "totalElements")
_CATEGORY: Final = re.compile(r"(?:category|cat)[_ .-]?([12])(?!\d)", re.IGNORECASE)
_TYPE: Final = re.compile(r"person|org(?:ani[sz]ation)?", re.IGNORECASE)
_STATUS: Final = re.compile(r"acting|included|excluded", re.IGNORECASE)


def part_id(category: str, kind: str, status: str) -> str:
    """The line of documents that asks for one category, kind and status."""
    return f"{category}-{kind}-{status}"


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of an answer. Raises `SourceRefused` for anything that is no whole answer."""
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    if len(data) > _MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than the {_MAX_BYTES:,} this source may have")
    if b"\\u0000" in data:
        raise SourceRefused(f"{name}: holds a character that no text has (NUL)")
    try:
        answer = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceRefused(f"{name}: is no JSON, or cut off: {error}") from None
    rows, total = _rows(answer, name)
    category = _said(rows, name, "category", _CATEGORY)
    kind = _said(rows, name, "type", _TYPE)
    status = _said(rows, name, "status", _STATUS)
    if not (category and kind and status):
        raise SourceRefused(
            f"{name}: does not say its category, kind or status: say them in the file's name, such as"
            " category_1.person.acting.json"
        )
    kind = "person" if kind == "person" else "organisation"
    records = [
        Record(place=f"{kind}[{number}], category {category}, {status}", fields=_fields(row, f"{name}: {number}"))
        for number, row in enumerate(rows, start=1)
    ]
    date, instant, known = placed(hints, name)
    facts = DocumentFacts.of(
        data,
        source=f"{JSON}/{part_id(category, kind, status)}",
        date=date,
        instant=instant,
        url="",
        media_type="application/json",
        title=f"Kazakhstan's financial monitoring list, category {category}, {kind}s, {status} (experimental), {known}",
        entries=len(records),
        complete=status == "acting" and (total is None or total == len(records)),
    )
    return facts, records


def _rows(answer: object, name: str) -> tuple[list[dict[str, object]], int | None]:
    """The entries of an answer, and how many it says that there are in all."""
    rows: object = answer
    total: object = None
    if isinstance(answer, dict):
        rows = next((answer[key] for key in _HOLDERS if isinstance(answer.get(key), list)), None)
        total = next((answer[key] for key in _TOTALS if key in answer), None)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceRefused(f"{name}: is no answer of this interface: it holds no list of entries")
    if not rows:
        raise SourceRefused(f"{name}: no entries; an empty answer is a failed one, not a delisting of all")
    number = total if isinstance(total, int) and not isinstance(total, bool) else None
    if number is not None and number < len(rows):
        raise SourceRefused(f"{name}: holds {len(rows)} entries, but says that there are {number}")
    return rows, number


def _said(rows: list[dict[str, object]], name: str, field: str, pattern: re.Pattern[str]) -> str:
    """What all entries, or else the file's name, say of one property of the answer."""
    found = {_found(pattern, str(row[field])) for row in rows if row.get(field)} - {""}
    if len(found) > 1:
        raise SourceRefused(f"{name}: holds entries that differ in {field} ({', '.join(sorted(found))}): ask for one")
    return found.pop() if found else _found(pattern, name)


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if match is None:
        return ""
    return (match[1] if pattern.groups else match[0]).casefold()


def _fields(row: dict[str, object], place: str) -> tuple[tuple[str, str], ...]:
    """The filled-in values of an entry; a list or an object within it as its JSON."""
    fields = []
    for field, value in row.items():
        if value in (None, "", [], {}):
            continue
        fields.append((field, value if isinstance(value, str) else msgspec.json.encode(value).decode()))
    if not fields:
        raise SourceRefused(f"{place}: an entry without any value")
    return tuple(fields)
