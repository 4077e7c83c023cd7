import datetime as dt
import hashlib

import pytest
from tests.sources.un_sc.entries import OF_2015, TODAY, a_document, an_entity, an_individual, the_record
from tests.working import work

from tizim.errors import SourceRefused
from tizim.sources.un_sc import SOURCE

WHOLE = a_document(an_individual(), an_entity())


def _refusal(data: bytes) -> str:
    with pytest.raises(SourceRefused) as refused:
        SOURCE.read(data, "list.xml")
    return str(refused.value)


def test_the_facts_of_a_document_are_those_it_prints():
    """The register tells documents apart by their bytes and orders them by their own date."""
    data = TODAY.read_bytes()

    facts, records = SOURCE.read(data, TODAY.name)

    assert facts.source == "un-sc"
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert facts.size == len(data)
    assert facts.date == dt.date(2031, 5, 4)
    assert facts.instant == dt.datetime(2031, 5, 4, 0, 0, 6, 501_000, tzinfo=dt.UTC)
    assert facts.url == SOURCE.info.url
    assert facts.entries == len(records) == 3
    assert facts.complete


@pytest.mark.parametrize(
    ("printed", "date", "instant"),
    [
        ("2017-07-03T20:27:45.483-04:00", dt.date(2017, 7, 3), "2017-07-04T00:27:45.483000+00:00"),
        ("2015-02-26T16:23:35.52-05:00", dt.date(2015, 2, 26), "2015-02-26T21:23:35.520000+00:00"),
        ("2031-05-04T00:00:00", dt.date(2031, 5, 4), "2031-05-04T00:00:00+00:00"),
        ("2031-05-04", dt.date(2031, 5, 4), "2031-05-04T00:00:00+00:00"),
    ],
)
def test_the_day_is_the_one_printed_and_the_moment_is_in_utc(printed, date, instant):
    """A list made in New York in the evening is of that day there, though it was the next day in UTC."""
    facts, _ = SOURCE.read(a_document(an_entity(), generated=printed), "list.xml")

    assert facts.date == date
    assert facts.instant.isoformat() == instant


def test_a_record_holds_every_filled_in_leaf_verbatim_by_its_path():
    """What the mapper makes of a record can always be checked against what was printed."""
    record = the_record(
        an_individual(
            "<FIRST_NAME> ARD\nVAN </FIRST_NAME><THIRD_NAME/><SORT_KEY> </SORT_KEY>"
            "<INDIVIDUAL_ALIAS><ALIAS_NAME/></INDIVIDUAL_ALIAS>"
            "<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>A</ALIAS_NAME></INDIVIDUAL_ALIAS>"
            "<NATIONALITY><VALUE>R</VALUE></NATIONALITY>"
            "<TITLE><VALUE>Dr.</VALUE><VALUE/><VALUE>Haji</VALUE></TITLE>"
        )
    )

    assert record.place == "INDIVIDUAL[REFERENCE_NUMBER=QDi.901]"
    assert record.fields == (
        ("REFERENCE_NUMBER", "QDi.901"),
        ("UN_LIST_TYPE", "Al-Qaida"),
        ("FIRST_NAME", " ARD\nVAN "),
        ("INDIVIDUAL_ALIAS[2]/QUALITY", "Low"),
        ("INDIVIDUAL_ALIAS[2]/ALIAS_NAME", "A"),
        ("NATIONALITY/VALUE", "R"),
        ("TITLE/VALUE[1]", "Dr."),
        ("TITLE/VALUE[3]", "Haji"),
    )


def test_attributes_and_text_between_elements_are_fields_too():
    """The documents of 2015 have an attribute on each entry; loose text has not been seen, and is kept."""
    entry = an_entity('<ENTITY_ADDRESS kind="old">near<CITY>Zenda</CITY>by the sea</ENTITY_ADDRESS>')
    entry = entry.replace("<ENTITY>", '<ENTITY xmlns:x="urn:x" x:schema="s.xsd" empty="">')

    record = the_record(entry)

    assert record.fields[0] == ("@schema", "s.xsd")
    assert record.fields[3:] == (
        ("ENTITY_ADDRESS/@kind", "old"),
        ("ENTITY_ADDRESS/text()", "near"),
        ("ENTITY_ADDRESS/CITY", "Zenda"),
        ("ENTITY_ADDRESS/text()", "by the sea"),
    )


def test_a_record_is_found_by_its_number_as_printed():
    """A place must lead back to the very words of the document."""
    assert the_record(an_entity(reference=" QDe.902. ")).place == "ENTITY[REFERENCE_NUMBER=QDe.902.]"


def test_sections_may_come_in_any_order_and_one_may_be_empty():
    """Some regimes have had no entities."""
    _, records = SOURCE.read(OF_2015.read_bytes(), OF_2015.name)
    facts, _ = SOURCE.read(a_document(an_individual()), "list.xml")

    assert [record.place.partition("[")[0] for record in records] == ["ENTITY", "INDIVIDUAL", "INDIVIDUAL"]
    assert facts.entries == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"<html><body>Error</body></html>", "this is an HTML page"),
        (WHOLE[:-30], "not well-formed or cut off"),
        (WHOLE.replace(b"?><", b"?><!DOCTYPE x [<!ENTITY a 'b'>]><"), "declares a document type"),
        (b"<sdnList><ENTITIES/></sdnList>", "the root element is sdnList, not CONSOLIDATED_LIST"),
        (WHOLE.replace(b"dateGenerated", b"date"), "CONSOLIDATED_LIST has no dateGenerated"),
        (WHOLE.replace(b"2031-05-04T", b"4 May "), "'4 May 00:00:06.501Z' is not a date and time"),
        (WHOLE.replace(b"2031-05-04T00:00:06.501Z", b"9999-12-31T23:00:00-05:00"), "is not a date and time"),
        (a_document(), "no entries"),
        (WHOLE.replace(b"ENTITIES", b"VESSELS"), "CONSOLIDATED_LIST/VESSELS is not a section"),
        (WHOLE.replace(b"<ENTITIES>", b"<ENTITIES/><ENTITIES>"), "2 sections ENTITIES, expected one"),
        (WHOLE.partition(b"<ENTITIES>")[0] + b"</CONSOLIDATED_LIST>", "0 sections ENTITIES, expected one"),
        (WHOLE.replace(b"ENTITY>", b"VESSEL>"), "ENTITIES/VESSEL[1]: stands where ENTITY is expected"),
        (WHOLE.replace(b"<ENTITY>", b"Total: 2<ENTITY>"), "ENTITIES: text between elements: 'Total: 2'"),
        (WHOLE.replace(b"QDe.902", b" "), "ENTITIES/ENTITY[1]: has no REFERENCE_NUMBER"),
    ],
)  # fmt: skip
def test_what_is_not_the_whole_list_is_refused_with_the_reason(data, reason):
    """Nothing is guessed and no part is taken: a missing entry would read as a delisting."""
    message = _refusal(data)

    assert message.startswith("list.xml: ")
    assert reason in message


@pytest.mark.parametrize("twin", ["QDi.901", "QDI.901", "QDi.901.", " QDi.901 "])
def test_two_entries_under_one_number_are_refused_with_both_places(twin):
    """Whichever was taken, the other would be lost, and which is which could never be told again."""
    message = _refusal(a_document(an_individual(), an_entity(), an_individual(reference=twin)))

    assert "INDIVIDUALS/INDIVIDUAL[2]: has the reference QDi.901, as has" in message
    assert message.endswith("INDIVIDUALS/INDIVIDUAL[1]")


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 200_000,
        a_document(an_individual("<X>" * 200 + "</X>" * 200)),
        a_document(an_individual("<X>" * 7 + "<Y/>" + "</X>" * 7)),
        b"<CONSOLIDATED_LIST>" + b"<INDIVIDUALS/>" * 400_000 + b"</CONSOLIDATED_LIST>",
        a_document(an_individual("<" + "X" * 40_000 + ">" + "<Y>z</Y>" * 2_000)),
    ],
    ids=["deep", "a deep entry", "an entry deeper than any", "many sections", "long names cut off"],
)
def test_a_hostile_document_is_refused_within_a_second(data):
    """A file made to exhaust the reader costs a message."""
    with work() as done:
        _refusal(data)

    assert done.seconds < 1


def test_reading_the_same_bytes_twice_gives_the_same():
    """Statements are named after the document and the claim, so reading must not depend on anything else."""
    data = TODAY.read_bytes()

    assert SOURCE.read(data, "a.xml") == SOURCE.read(data, "b.xml")
