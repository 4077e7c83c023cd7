import datetime as dt
import json

import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import Property
from tizim.errors import BadInput, SourceRefused
from tizim.sources.ftm import source_of
from tizim.sources.protocol import Hints

MARCH = Hints(instant=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), by="as given")
SOURCE = source_of("open-list", "Open list")
P = Property

PERSON = {
    "id": "p-1", "schema": "Person", "caption": "Ivan Zenda", "target": True, "datasets": ["x", "y"],
    "properties": {
        "name": ["Ivan Zenda", "Иван Зенда"], "alias": ["Jan"], "weakAlias": ["IZ"], "previousName": ["Ivan Old"],
        "birthDate": ["1960-03", "1961-02-03T00:00:00"], "birthPlace": ["Strelsau"], "nationality": ["rr"],
        "citizenship": ["zz"], "country": ["rr"], "gender": ["Male"], "position": ["treasurer"],
        "passportNumber": ["99"], "idNumber": ["88"], "topics": ["sanction"], "addressEntity": ["a-1"],
        "sourceUrl": ["https://example.org/p-1"], "notes": ["Prose."], "email": ["a@example.org"],
        "modifiedAt": ["2024-01-01"], "firstName": ["Ivan"],
    },
}  # fmt: skip
ADDRESS = {
    "id": "a-1", "schema": "Address",
    "properties": {"full": ["1 High Street, Zenda"], "city": ["Zenda"], "country": ["rr"], "postOfficeBox": ["7"]},
}  # fmt: skip
SANCTION = {
    "id": "s-1", "schema": "Sanction",
    "properties": {
        "entity": ["p-1"], "authority": ["Ministry of Order"], "program": ["Terror"], "programId": ["RR-T"],
        "listingDate": ["2005-03-15"], "startDate": ["2005-04"], "endDate": ["2030"], "reason": ["Because."],
        "unscId": ["QDi.901"], "status": ["active"], "provisions": ["asset freeze"], "country": ["rr"],
        "sourceUrl": ["https://example.org/s-1"], "authorityId": ["7"],
    },
}  # fmt: skip
PASSPORT = {
    "id": "d-1", "schema": "Passport",
    "properties": {"holder": ["p-1"], "number": ["77"], "country": ["rr"], "startDate": ["2001"], "odd": ["x"]},
}  # fmt: skip
COMPANY = {
    "id": "c-1", "schema": "Company",
    "properties": {
        "name": ["Zenda Shipping"], "registrationNumber": ["55"], "innCode": ["44"], "jurisdiction": ["rr"],
        "sanctions": [{"id": "s-2", "schema": "Sanction", "properties": {"program": ["Trade"]}}],
        "ownershipAsset": [{"schema": "Ownership", "properties": {"owner": [
            {"id": "p-9", "schema": "Person", "properties": {"name": ["Rupert"]}}]}}],
    },
}  # fmt: skip
VESSEL = {
    "id": "v-1", "schema": "Vessel",
    "properties": {"name": ["Gull"], "imoNumber": ["IMO9999999"], "mmsi": ["999"], "flag": ["rr"], "callSign": ["G"]},
}  # fmt: skip
OWNERSHIP = {
    "id": "o-1",
    "schema": "Ownership",
    "properties": {"owner": ["p-1"], "asset": ["c-1"], "role": ["director"]},
}
OCCUPANCY = {
    "id": "oc-1",
    "schema": "Occupancy",
    "properties": {"holder": ["p-1"], "post": ["po-1"], "startDate": ["2001"]},
}
POST = {"id": "po-1", "schema": "Position", "properties": {"name": ["Minister of Order"], "country": ["rr"]}}
ALL = [PERSON, ADDRESS, SANCTION, PASSPORT, COMPANY, VESSEL, OWNERSHIP, OCCUPANCY, POST]


def _lines(*entities: object) -> bytes:
    return "\n".join(json.dumps(entity, ensure_ascii=False) for entity in entities).encode()


def _read(data: bytes):
    _, records = SOURCE.read(data, "list.json", MARCH)
    return {reading.key: reading for reading in SOURCE.readings(records)}


def _said(reading, prop):
    return [
        (claim.value, {name: value for name, value in claim.facets if name != "script"})
        for claim in reading.claims
        if claim.property is prop
    ]


def _values(reading, prop):
    return [value for value, _ in _said(reading, prop)]


def test_a_person_is_read_with_all_that_belongs_to_it():
    """Sanctions, papers, addresses and ties stand in lines of their own; together they are one entry."""
    reading = _read(_lines(*ALL))["p-1"]

    assert reading.subject == "open-list:p-1"
    assert _values(reading, P.MEMBER) == ["open-list"]
    assert _values(reading, P.KIND) == ["person"]
    assert _values(reading, P.REFERENCE) == ["p-1", "7"]
    assert _values(reading, P.NAME) == ["Ivan Zenda"]
    assert _said(reading, P.ALIAS) == [
        ("Иван Зенда", {}), ("Jan", {}), ("IZ", {"quality": "low"}), ("Ivan Old", {"kind": "former name"}),
    ]  # fmt: skip
    assert _values(reading, P.BIRTH_DATE) == ["1960-03", "1961-02-03"]
    assert _values(reading, P.BIRTH_YEAR) == ["1960", "1961"]
    assert _values(reading, P.NATIONALITY) == ["rr", "zz"]
    assert _values(reading, P.GENDER) == ["male"]
    assert _said(reading, P.IDENTIFIER) == [
        ("99", {"type": "passport"}), ("88", {"type": "identity number"}),
        ("77", {"type": "passport", "country": "rr", "issued": "2001"}),
    ]  # fmt: skip
    assert _said(reading, P.ADDRESS) == [("1 High Street, Zenda", {"city": "Zenda", "country": "rr"})]
    assert _values(reading, P.AUTHORITY) == ["Ministry of Order"]
    assert _said(reading, P.PROGRAMME) == [("Terror", {}), ("RR-T", {"form": "code"})]
    assert (_values(reading, P.LISTED_ON), _values(reading, P.EFFECTIVE_ON)) == (["2005-03-15"], ["2005-04"])
    assert _values(reading, P.EXPIRES_ON) == ["2030"]
    assert _values(reading, P.COMMENT) == ["Prose.", "Because."]
    assert _said(reading, P.CROSS_REFERENCE) == [("QDi.901", {"list": "un-1267", "source": "un-sc"})]
    assert (_values(reading, P.STATUS), _values(reading, P.IMPOSED_MEASURE)) == (["active"], ["asset freeze"])
    assert _values(reading, P.LINK) == ["https://example.org/p-1", "https://example.org/s-1"]
    assert _said(reading, P.RELATION) == [("c-1", {"phrase": "director", "with": "open-list:c-1"})]
    assert _said(reading, P.POSITION) == [("treasurer", {}), ("Minister of Order", {"since": "2001"})]
    assert ("sanction", {"field": "topic"}) in _said(reading, P.FEATURE)
    assert [(one.field, one.value) for one in reading.unread] == [
        ("Address/postOfficeBox", "7"), ("Passport/odd", "x"), ("Position/country", "rr"),
    ]  # fmt: skip


def test_a_company_with_nested_entities_and_a_vessel_are_read():
    """Both forms are published: nested, and each entity a line."""
    read = _read(_lines(*ALL))
    company, vessel = read["c-1"], read["v-1"]

    assert set(read) == {"p-1", "c-1", "v-1"}
    assert _values(company, P.KIND) == ["organisation"]
    assert _values(company, P.PROGRAMME) == ["Trade"]
    assert _said(company, P.IDENTIFIER) == [("55", {"type": "registration number"}), ("44", {"type": "INN"})]
    assert _values(vessel, P.KIND) == ["vessel"]
    assert _said(vessel, P.IDENTIFIER) == [("IMO9999999", {"type": "IMO number"}), ("999", {"type": "MMSI"})]
    assert _said(vessel, P.FEATURE) == [("rr", {"field": "flag"}), ("G", {"field": "call sign"})]


def test_a_nested_tie_names_the_other_end():
    """The entity at hand may be either end of it."""
    company = _read(_lines(COMPANY))["c-1"]

    assert _said(company, P.RELATION) == [("p-9", {"name": "Rupert", "phrase": "owner", "with": "open-list:p-9"})]


def test_an_array_reads_as_lines_do():
    """The same entities in another wrapping."""
    lines, array = SOURCE.read(_lines(*ALL), "x", MARCH)[1], SOURCE.read(json.dumps(ALL).encode(), "x", MARCH)[1]

    assert [record.fields for record in lines] == [record.fields for record in array]


def test_properties_and_schemata_that_are_not_known_are_unread_by_name():
    """The model grows; what it adds must not go missing."""
    read = _read(_lines(
        {"id": "x", "schema": "Person", "properties": {"name": ["A"], "horoscope": ["lion"], "birthDate": ["soon"]}},
        {"id": "y", "schema": "Planet", "properties": {"name": ["B"]}},
    ))  # fmt: skip

    assert [(one.field, one.value) for one in read["x"].unread] == [("horoscope", "lion"), ("birthDate", "soon")]
    assert [(one.field, one.value) for one in read["y"].unread] == [("schema", "Planet")]
    assert _values(read["y"], P.MEMBER) == []


def test_an_entity_that_is_no_target_is_no_member():
    """Relatives and owners stand in the file without being listed."""
    reading = _read(_lines({"id": "x", "schema": "Person", "target": False, "properties": {"name": ["A"]}}))["x"]

    assert _values(reading, P.MEMBER) == []
    assert _values(reading, P.NAME) == ["A"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"<html></html>", "page of HTML"),
        (b"[]", "no entities"),
        (_lines(PERSON)[:-20], "line 1: is no JSON, or cut off"),
        (json.dumps(ALL).encode()[:-5], "is no JSON, or cut off"),
        (b'{"results": []}', "line 1: is no entity"),
        (b'"x"', "line 1: is no entity"),
        (_lines(PERSON, PERSON), "line 2: has the id p-1, as has line 1"),
        (_lines(SANCTION), "Sanction s-1 belongs to p-1, which is not in the file"),
        (b"[" * 100_000, "is no JSON, or cut off"),
        (b'{"id":"x","schema":"Person","properties":{"name":[{"a":1}]}}', "is no entity: it needs a schema"),
        (b"\xff\xfe\x00", "is no JSON"),
        (b'{"id":"x","schema":"Person","properties":{"name":["\\u0000"]}}', "no text has"),
        (b'{"id":"x","schema":"Person","properties":{"name":["\\ud800"]}}', "is no JSON"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused(data, why):
    """Half a list would read as delistings."""
    with pytest.raises(SourceRefused, match=why):
        SOURCE.read(data, "list.json", MARCH)


def test_entities_nested_without_end_are_refused():
    """No entity nests deeper than a few levels."""
    entity: dict[str, object] = {"id": "x", "schema": "Person", "properties": {"name": ["A"]}}
    for _ in range(12):
        entity = {"id": "x", "schema": "Person", "properties": {"asset": [entity]}}

    with pytest.raises(SourceRefused, match="deeper than any have"):
        SOURCE.read(_lines(entity), "list.json", MARCH)


def test_the_document_is_named_as_the_list_and_dated_as_given():
    """The model prints no date of the file."""
    facts, _ = SOURCE.read(_lines(*ALL), "list.json", MARCH)

    assert (facts.source, facts.title, facts.entries, str(facts.date)) == (
        "ftm/open-list",
        "Open list",
        3,
        "2024-03-01",
    )
    with pytest.raises(SourceRefused, match="--dated"):
        SOURCE.read(_lines(*ALL), "list.json")


def test_the_same_bytes_read_twice_say_the_same():
    """Statements are named by what they say."""
    assert _read(_lines(*ALL)) == _read(_lines(*ALL))


def test_a_list_needs_an_id_and_a_record_too():
    """Neither can be told from others without."""
    with pytest.raises(BadInput, match="--list ID"):
        source_of("")
    with pytest.raises(SourceRefused, match="no id"):
        SOURCE.map(Record(place="line 1", fields=(("name", "A"),)))
