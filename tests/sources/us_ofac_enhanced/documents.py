"""Small documents in the form of OFAC's enhanced XML, with invented names; you state what the test is about."""

import io
import zipfile

from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading, Property
from tizim.sources.us_ofac_enhanced import SOURCE

NAMESPACE = "https://lists.example/ENHANCED_XML"
CONS = '<sanctionsLists><sanctionsList refId="91512">Consolidated List</sanctionsList></sanctionsLists>'
SDN = '<sanctionsLists><sanctionsList refId="1550">SDN List</sanctionsList></sanctionsLists>'
PROGRAMME = '<sanctionsPrograms><sanctionsProgram refId="91423">YEMEN</sanctionsProgram></sanctionsPrograms>'
REFERENCES = (
    '<referenceValue refId="600"><type>SDN TYPE</type><value>Individual</value></referenceValue>'
    '<referenceValue refId="20122"><type>SCRIPT</type><value>Latin</value></referenceValue>'
)
FEATURES = '<featureType featureTypeId="8"><type>Birthdate</type></featureType>'


def a_document(*entities: str, filters: str = CONS, as_of: str = "2031-05-04T00:00:00", more: str = "") -> bytes:
    """A whole document of *entities*, as limited by *filters*."""
    limited = f"<filters>{filters}</filters>" if filters else ""
    dated = f"<dataAsOf>{as_of}</dataAsOf>" if as_of else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="{NAMESPACE}">'
        f"<publicationInfo>{dated}{limited}</publicationInfo>"
        f"<referenceValues>{REFERENCES}</referenceValues><featureTypes>{FEATURES}</featureTypes>"
        f"<entities>{''.join(entities)}</entities>{more}</sanctionsData>"
    ).encode()


def an_entity(
    key: str = "70001", *, kind: str = "Individual", on: str = "", names: str = "", more: str = "", general: str = ""
) -> str:
    """One entity with a name, on the consolidated list unless *on* says which."""
    lists = on or on_list("Consolidated List", "2031-01-02")
    return (
        f'<entity id="{key}"><generalInfo><identityId>901</identityId>'
        f'<entityType refId="600">{kind}</entityType>{general}</generalInfo>'
        f"<sanctionsLists>{lists}</sanctionsLists>"
        f"<names>{names or a_name('PETROV, Ivan')}</names>{more}</entity>"
    )


def on_list(name: str, day: str) -> str:
    """The entity's place on a list."""
    return f'<sanctionsList refId="1" id="5" datePublished="{day}">{name}</sanctionsList>'


def a_name(
    full: str,
    *others: tuple[str, str],
    primary: bool = True,
    alias: str = "A.K.A.",
    low: str = "false",
    parts: str = "",
) -> str:
    """A name in Latin letters and, as script and text, in others."""
    kind = "" if primary else f"<aliasType>{alias}</aliasType>"
    translations = "".join(
        f'<translation id="7"><isPrimary>{"false" if number else "true"}</isPrimary>'
        f"<script>{script}</script>{_formatted(text)}<nameParts>{'' if number else parts}</nameParts></translation>"
        for number, (script, text) in enumerate([("Latin", full), *others])
    )
    return (
        f'<name id="6"><isPrimary>{"true" if primary else "false"}</isPrimary>{kind}'
        f"<isLowQuality>{low}</isLowQuality><translations>{translations}</translations></name>"
    )


def a_part(kind: str, value: str) -> str:
    """A part of a name."""
    return f'<namePart id="4"><type>{kind}</type><value>{value}</value></namePart>'


def _formatted(full: str) -> str:
    family, comma, given = full.partition(", ")
    first = f"<formattedFirstName>{given}</formattedFirstName>" if comma else ""
    return f"{first}<formattedLastName>{family}</formattedLastName><formattedFullName>{full}</formattedFullName>"


def a_feature(kind: str, value: str, *, days: str = "", primary: str = "true", more: str = "") -> str:
    """A feature; *days* are those of `dated`."""
    return (
        f'<features><feature id="3"><type>{kind}</type><versionId>2</versionId><value>{value}</value>'
        f"{days}<isPrimary>{primary}</isPrimary>{more}</feature></features>"
    )


def dated(
    a: str, b: str, c: str, d: str, *, tag: str = "valueDate", about: str = "false", ranging: str = "false"
) -> str:
    """The four days of a time, and what is said of them."""
    return (
        f'<{tag} id="1"><fromDateBegin>{a}</fromDateBegin><fromDateEnd>{b}</fromDateEnd><toDateBegin>{c}</toDateBegin>'
        f"<toDateEnd>{d}</toDateEnd><isApproximate>{about}</isApproximate><isDateRange>{ranging}</isDateRange></{tag}>"
    )


def a_zip(**members: bytes) -> bytes:
    """A ZIP with *members*, whose names end in ``.XML``."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.XML", data)
    return held.getvalue()


def the_record(entity: str) -> Record:
    """The record of a document of one entity."""
    _, [record] = SOURCE.read(a_document(entity, filters=CONS + PROGRAMME), "list.xml")
    return record


def the_reading(entity: str) -> EntryReading:
    """What is read of a document of one entity."""
    return SOURCE.map(the_record(entity))


def said(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    """Values and facets of the claims of a property."""
    return [(claim.value, dict(claim.facets)) for claim in reading.claims if claim.property is prop]
