"""Makers of documents: you state only the elements a test is about. All names and numbers are invented.

They imitate the Commission's file in the form 1.0 (`whole`) and in the form 1.1 (`export`).
"""

from tizim.domain.documents import Record
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.sources.protocol import Source

ON = 'legal_basis="1/2012 (OJ L1)" reg_date="2012-03-24" pdf_link="http://oj.invalid/1" programme="RUR"'
"""the act of the entity, as its parts print it"""
OTHER = 'legal_basis="2/2009 (OJ L2)" reg_date="2009-01-05" pdf_link="http://oj.invalid/2" programme="RUR"'
"""an act of before"""


def entity(
    inside: str = "", *, number: str = "901", kind: str = "P", programme: str = "RUR", remark: str = "",
    act: str = "1/2012 (OJ L1)",
) -> str:  # fmt: skip
    """An ``ENTITY`` of the form 1.0."""
    return (
        f'<ENTITY Id="{number}" Type="{kind}" legal_basis="{act}" reg_date="2012-03-23" '
        f'pdf_link="http://oj.invalid/1" programme="{programme}" remark="{remark}">{inside}</ENTITY>'
    )


def part(tag: str, inside: str, *, number: str = "1", of: str = "901", on: str = ON) -> str:
    """A part of an entity, resting on the act of the entity or on another."""
    return f'<{tag} Id="{number}" Entity_id="{of}" {on}>{inside}</{tag}>'


def whole(*entities: str, day: str = "11/02/2031") -> bytes:
    """A whole document of the form 1.0."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<WHOLE Date="{day}">\n{"".join(entities)}</WHOLE>'.encode()


def sanctioned(
    inside: str = "", *, number: str = "901", attributes: str = 'euReferenceNumber="EU.901.1"', programme: str = "RUR"
) -> str:
    """A ``sanctionEntity`` of the form 1.1, with the regulation it rests on."""
    return (
        f'<sanctionEntity logicalId="{number}" {attributes}><regulation regulationType="regulation" '
        f'organisationType="council" numberTitle="1/2012 (OJ L1)" publicationDate="2012-03-24" '
        f'entryIntoForceDate="2012-03-25" programme="{programme}" logicalId="7">'
        f"<publicationUrl>http://oj.invalid/1</publicationUrl></regulation>{inside}</sanctionEntity>"
    )


def summary(act: str = "1/2012 (OJ L1)", day: str = "2012-03-24") -> str:
    """The act that a part of the form 1.1 rests on."""
    return f'<regulationSummary numberTitle="{act}" publicationDate="{day}" publicationUrl="http://oj.invalid/1"/>'


def export(*entities: str, generated: str = "2031-02-11T10:20:30.123+01:00") -> bytes:
    """A whole document of the form 1.1."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<export xmlns="http://eu.europa.ec/fpi/fsd/export" '
        f'generationDate="{generated}">{"".join(entities)}</export>'
    ).encode()


def readings(source: Source, data: bytes) -> list[EntryReading]:
    """The entries of a document."""
    _, records = source.read(data, "list.xml")
    return list(source.readings(records))


def values(reading: EntryReading, prop: Property) -> list[str]:
    """The values of a property, in order."""
    return [claim.value for claim in reading.claims if claim.property is prop]


def pairs(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    """Values and facets of a property, in order."""
    return [(c.value, dict(c.facets)) for c in reading.claims if c.property is prop]


def claim(reading: EntryReading, prop: Property) -> Claim:
    """The one claim of a property."""
    (found,) = [claim for claim in reading.claims if claim.property is prop]
    return found


def unread(reading: EntryReading) -> list[tuple[str, str]]:
    """What was not understood, by its field."""
    return [(left.field, left.value) for left in reading.unread]


def a_record(**fields: str) -> Record:
    """A record of nothing but *fields*."""
    return Record(place="ENTITY[1]", fields=tuple(fields.items()))
