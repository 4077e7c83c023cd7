"""From an entry of the feed to claims; what no step takes becomes `Unread`. Experimental."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.ca_gac import names
from tizim.sources.ca_ps.read import LIST_ID, SOURCE_ID, day_of
from tizim.sources.entries import Fields, Making, each_once
from tizim.text import one_line, script_of

_TAG: Final = re.compile(r"<[^<>]{1,200}>")
_LABEL: Final = re.compile(r"^(?:also known as|other names?|aliases|a\.?k\.?a\.?)\s*:?\s*", re.IGNORECASE)


def map_record(record: Record) -> EntryReading:
    """All that the entry says. Raises `SourceRefused` if it has no id."""
    fields = Fields(record)
    key = fields.take("id")
    if not key:
        raise SourceRefused(f"{record.place}: has no id, so the entry has no identity")
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    making.say(Property.MEMBER, LIST_ID, "")
    making.say(Property.REFERENCE, key, "id")
    making.say(Property.KIND, Kind.UNKNOWN.value, "")
    title = fields.take("title")
    if title:
        name, *others = names.entity(title)
        making.say(Property.NAME, name.text, "title", script=script_of(name.text))
        for other in others:
            making.say(Property.ALIAS, other.text, "title", script=script_of(other.text), language=other.language)
    summary = _LABEL.sub("", _TAG.sub(" ", fields.take("summary")))
    for alias in names.aliases(one_line(summary), of_person=False):
        making.say(
            Property.ALIAS, alias.text, "summary", script=script_of(alias.text), language=alias.language,
            form=alias.form,
        )  # fmt: skip
    making.say(Property.COMMENT, one_line(_TAG.sub(" ", fields.take("content"))), "content")
    for tag, prop in (("published", Property.LISTED_ON), ("updated", Property.REVIEWED_ON)):
        printed = fields.take(tag)
        day = day_of(printed)
        making.say(prop, day, tag)
        if not day:
            fields.put_back(tag, printed)
    making.say(Property.LINK, fields.take("link/@href"), "link/@href")
    for path in ("title/@type", "summary/@type", "content/@type", "link/@rel", "link/@type"):
        making.say(Property.HOUSEKEEPING, fields.take(path), path, field=path)
    fields.leave(making)
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)
