"""Makers of flat files and legacy XML of OFAC's shape, with invented names: you state what a test is about."""

import datetime as dt

from tizim.domain.statements import Claim, EntryReading, Property
from tizim.sources.protocol import Hints
from tizim.sources.us_ofac import CONS_XML, SDN_CSV

EMPTY = "-0- "
END = "\x1a"
NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
OLD = "http://tempuri.org/sdnList.xsd"


def hints(**beside: bytes) -> Hints:
    """A day, as a file's name gives it, and files *beside*, with ``__`` for the dot in their names."""
    files = {name.replace("__", "."): data for name, data in beside.items()}
    return Hints(instant=dt.datetime(2031, 5, 4, tzinfo=dt.UTC), by="by its file name", beside=files)


def _cell(text: str) -> str:
    return text if text == EMPTY or text.isdigit() else f'"{text}"'


def main_row(uid: str = "901", name: str = "NORTH STAR TRADING", kind: str = EMPTY, **cells: str) -> str:
    """A row of the main file; *cells* by the specification's names in small letters."""
    columns = (
        "program", "title", "call_sign", "vess_type", "tonnage", "grt", "vess_flag", "vess_owner", "remarks",
    )  # fmt: skip
    rest = [cells.get(column, "SDGT" if column == "program" else EMPTY) for column in columns]
    return ",".join(map(_cell, (uid, name, kind, *rest)))


def a_file(*rows: str, end: str = END) -> bytes:
    """A whole file of *rows*."""
    return ("\r\n".join(rows) + f"\r\n{end}").encode()


def main_reading(uid: str = "901", name: str = "NORTH STAR TRADING", kind: str = EMPTY, **cells: str) -> EntryReading:
    """What one row of the main file of the SDN list says."""
    _, records = SDN_CSV.read(a_file(main_row(uid, name, kind, **cells)), "sdn.csv", hints())
    return SDN_CSV.map(records[0])


def remarks_reading(remarks: str) -> EntryReading:
    """What an entry with these remarks says; the publisher's closing dot is added."""
    return main_reading(remarks=f"{remarks}.")


def an_xml(
    *entries: str, count: int | None = None, date: str = "05/04/2031", namespace: str = NEW, root: str = "sdnList"
) -> bytes:
    """A whole document of *entries* that says how many they are."""
    said = len(entries) if count is None else count
    published = f"<Publish_Date>{date}</Publish_Date><Record_Count>{said}</Record_Count>"
    body = "".join(entries)
    return (
        f'<?xml version="1.0" standalone="yes"?><{root} xmlns="{namespace}"><publshInformation>{published}'
        f"</publshInformation>{body}</{root}>"
    ).encode()


def an_entry(inside: str = "", *, uid: str = "901", kind: str = "Entity", program: str = "NS-PLC") -> str:
    """An ``sdnEntry`` with whatever is *inside*."""
    return (
        f"<sdnEntry><uid>{uid}</uid><sdnType>{kind}</sdnType>"
        f"<programList><program>{program}</program></programList>{inside}</sdnEntry>"
    )


def xml_reading(inside: str = "", *, kind: str = "Entity") -> EntryReading:
    """What the one entry of a document says."""
    _, records = CONS_XML.read(an_xml(an_entry(inside, kind=kind)), "consolidated.xml")
    return CONS_XML.map(records[0])


def said(reading: EntryReading, prop: Property) -> list[Claim]:
    """The claims of one property, in order."""
    return [claim for claim in reading.claims if claim.property is prop]


def told(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    """Value and facets of the claims of one property, in order."""
    return [(claim.value, dict(claim.facets)) for claim in said(reading, prop)]


def values(reading: EntryReading, prop: Property) -> list[str]:
    """The values of one property, in order."""
    return [claim.value for claim in said(reading, prop)]


def unread(reading: EntryReading) -> list[tuple[str, str]]:
    """Field and value of what was not understood."""
    return [(left.field, left.value) for left in reading.unread]
