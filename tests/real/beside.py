"""Raw text beside the claim that is expected of it: a check that each table of real records shares.

The tables are read from the records themselves. Numbers of papers are masked there, digit by digit.
"""

import re
from collections.abc import Iterable, Mapping

from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading, Property
from tizim.text import one_line

Row = tuple[str, str, str, str, str, dict[str, str]]
"""key, field, raw text in it, property, value, facets (those that matter)"""


def masked(text: str) -> str:
    """The text with a 9 for every digit."""
    return re.sub(r"\d", "9", text)


def missing(row: Row, records: Mapping[str, list[Record]], readings: Mapping[str, EntryReading]) -> str:
    """What of *row* is not so: empty where its raw text is in the entry's records and its claim in the reading."""
    key, field, raw, prop, value, pairs = row
    mask = masked if prop == Property.IDENTIFIER else one_line
    cells = [one_line(text) for record in records.get(key, ()) for name, text in record.fields if name == field]
    if not any(mask(raw) in mask(cell) for cell in cells):
        return f"{key}: {field} holds no {raw!r} but {cells!r}"
    told = [claim for claim in readings[key].claims if claim.property == prop]
    for claim in told:
        facets = {name: mask(text) for name, text in claim.facets}
        if mask(claim.value) == mask(value) and all(facets.get(name) == mask(text) for name, text in pairs.items()):
            return ""
    return f"{key}: no {prop} {value!r} {pairs!r} among {[(mask(c.value), c.facets) for c in told]!r}"


def by_key(records: Iterable[Record], key_of: Mapping[str, str]) -> dict[str, list[Record]]:
    """The records of each entry, whose key *key_of* tells by the record's place."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(key_of[record.place], []).append(record)
    return found
