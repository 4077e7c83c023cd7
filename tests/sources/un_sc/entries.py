"""Makers of documents and records: you state only the elements a test is about."""

from pathlib import Path

from tizim.domain.documents import Record
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.sources.un_sc import SOURCE

DATA = Path(__file__).parents[2] / "data" / "un_sc"
TODAY, OF_2015 = DATA / "list-of-today.xml", DATA / "list-of-2015.xml"


def an_individual(inside: str = "", *, reference: str = "QDi.901", regime: str = "Al-Qaida") -> str:
    """An ``INDIVIDUAL`` with a number, a type and whatever is *inside*."""
    return (
        f"<INDIVIDUAL><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>"
        f"<UN_LIST_TYPE>{regime}</UN_LIST_TYPE>{inside}</INDIVIDUAL>"
    )


def an_entity(inside: str = "", *, reference: str = "QDe.902", regime: str = "Al-Qaida") -> str:
    """An ``ENTITY`` with a number, a type and whatever is *inside*."""
    return an_individual(inside, reference=reference, regime=regime).replace("INDIVIDUAL>", "ENTITY>")


def a_document(*entries: str, generated: str = "2031-05-04T00:00:06.501Z") -> bytes:
    """A whole document of *entries*, each of which is an individual or an entity."""
    individuals = "".join(entry for entry in entries if entry.startswith("<INDIVIDUAL"))
    entities = "".join(entry for entry in entries if entry.startswith("<ENTITY"))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{generated}">'
        f"<INDIVIDUALS>{individuals}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def the_record(entry: str) -> Record:
    """The record of the one entry of a document."""
    _, records = SOURCE.read(a_document(entry), "list.xml")
    return records[0]


def the_reading(entry: str) -> EntryReading:
    """What the one entry of a document says."""
    return SOURCE.map(the_record(entry))


def said(reading: EntryReading, prop: Property) -> list[Claim]:
    """The claims of one property, in order."""
    return [claim for claim in reading.claims if claim.property is prop]


def values(reading: EntryReading, prop: Property) -> list[str]:
    """The values of one property, in order."""
    return [claim.value for claim in said(reading, prop)]
