"""From a row of the search service's export to claims. A row is an entry."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.uk.names import parted
from tizim.sources.uk.read_ods import DESIGNATED, GROUP_ID, UNIQUE_ID, designated
from tizim.text import one_line

LIST: Final = "uk-sanctions"
GROUP_OF_OFSI: Final = "OFSI group"
"""facet ``of`` of the entry's number in the other list, where it is the key"""
KINDS: Final = {"individual": Kind.PERSON, "entity": Kind.ORGANISATION, "ship": Kind.VESSEL}
_BETWEEN_MEASURES: Final = re.compile(r"\s*[,|]\s*")
_BETWEEN_AUTHORITIES: Final = re.compile(r"\s*[|,&]\s*|\s+and\s+")


def subject_of(unique_id: str, group_id: str) -> str:
    """The subject that the publisher means: its OFSI group, which may stand under several unique ids."""
    return f"uk-ofsi:{group_id}" if group_id else f"uk-sanctions-list:{unique_id}"


def map_record(record: Record) -> EntryReading:
    """All that the row says; `SourceRefused` if it has no unique id."""
    fields = Fields(record)
    key, group = fields.take(UNIQUE_ID), fields.take(GROUP_ID)
    if not key:
        raise SourceRefused(f"{record.place}: no {UNIQUE_ID}, so the entry has no identity")
    entry = Making(key, subject_of(key, group), record.place)
    entry.say(Property.MEMBER, LIST, "")
    entry.say(Property.REFERENCE, key, UNIQUE_ID)
    entry.say(Property.REFERENCE, group, GROUP_ID, of=GROUP_OF_OFSI)
    printed = fields.take("Type")
    kind = KINDS.get(printed.casefold())
    entry.say(Property.KIND, kind.value if kind else "", "Type")
    if kind is None:
        fields.put_back("Type", printed)
    _names(entry, fields.take("Name"), kind)
    entry.say(Property.PROGRAMME, fields.take("Regime Name"), "Regime Name")
    for authority in _BETWEEN_AUTHORITIES.split(fields.take("Designation source")):
        entry.say(Property.AUTHORITY, authority, "Designation source")
    printed = fields.take(DESIGNATED)
    day = designated(printed)
    if day:
        entry.say(Property.LISTED_ON, day, DESIGNATED)
    else:
        fields.put_back(DESIGNATED, printed)
    for measure in measures(fields.take("Sanctions Imposed")):
        entry.say(Property.IMPOSED_MEASURE, measure, "Sanctions Imposed")
    fields.leave(entry)
    return entry.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)


def measures(printed: str) -> list[str]:
    """Each measure; a dash, or nothing, between two commas is none."""
    return [measure for part in _BETWEEN_MEASURES.split(printed) if (measure := one_line(part)) not in {"", "-"}]


def _names(entry: Making, printed: str, kind: Kind | None) -> None:
    """A person's family name stands first, without a comma. Further names in the cell are aliases."""
    main, also, former = parted(printed)
    entry.say(Property.NAME, main, "Name", form="family name first" if kind is Kind.PERSON else "")
    for name in also:
        entry.say(Property.ALIAS, name, "Name")
    for name in former:
        entry.say(Property.ALIAS, name, "Name", kind="former name")
