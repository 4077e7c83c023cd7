import datetime as dt

import pytest
from tests.sources.uk.makers import a_record, designations, readings, the_facets, unread, values

from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.catalogue import source
from tizim.sources.uk import SANCTIONS_LIST

TOP = "<UniqueID>RUR0001</UniqueID><OFSIGroupID>90001</OFSIGroupID>"
WHOLE = (
    TOP + "<LastUpdated>18/02/2021</LastUpdated><DateDesignated>31/12/2020</DateDesignated>"
    "<UNReferenceNumber>TAi.901</UNReferenceNumber><RegimeName>Ruritania</RegimeName>"
    "<IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UN and UK</DesignationSource>"
    "<SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed><OtherInformation>Male.</OtherInformation>"
    "<UKStatementofReasons>Plotted in Zenda.</UKStatementofReasons>"
    "<Names><Name><Name1>Rupert</Name1><Name6>Zenda</Name6><NameType>Primary Name</NameType></Name>"
    "<Name><Name6>Hentzau</Name6><NameType>Alias</NameType><AliasStrength>Low quality</AliasStrength></Name></Names>"
    "<NonLatinNames><NonLatinName><NameNonLatinScript>Зенда</NameNonLatinScript>"
    "<NonLatinScriptLanguage>Russian</NonLatinScriptLanguage></NonLatinName></NonLatinNames>"
    "<Addresses><Address><AddressLine1>1 Castle Road</AddressLine1><AddressCountry>Ruritania</AddressCountry></Address>"
    "<Address><AddressLine1>2 Moat</AddressLine1></Address></Addresses>"
    "<IndividualDetails><Individual><DOBs><DOB>dd/mm/1970</DOB><DOB>03/05/1971</DOB></DOBs>"
    "<Nationalities><Nationality>Ruritanian</Nationality></Nationalities>"
    "<BirthDetails><Location><TownOfBirth>Zenda</TownOfBirth><CountryOfBirth>Ruritania</CountryOfBirth></Location>"
    "</BirthDetails><PassportDetails><Passport><PassportNumber>X000123</PassportNumber>"
    "<PassportAdditionalInformation>expired</PassportAdditionalInformation></Passport></PassportDetails>"
    "<Genders><Gender>Male</Gender></Genders></Individual></IndividualDetails>"
)


def _reading(inside):
    (found,) = readings(SANCTIONS_LIST, designations(inside))
    return found


def test_the_facts_of_a_document_say_that_it_is_experimental():
    """No file of it was held when it was written."""
    facts, _ = SANCTIONS_LIST.read(designations(WHOLE), "list.xml")

    assert source("uk-sanctions-list") is SANCTIONS_LIST
    assert SANCTIONS_LIST.info.experimental
    assert not SANCTIONS_LIST.info.proven
    assert "experimental" in facts.title
    assert facts.date == dt.date(2031, 2, 3)


def test_a_document_that_prints_no_day_is_placed_by_its_newest_amendment():
    """It must have been out by then."""
    facts, _ = SANCTIONS_LIST.read(designations(WHOLE, generated=""), "list.xml")

    assert facts.date == dt.date(2021, 2, 18)
    assert "undated" in facts.title


def test_an_entry_is_told():
    """What stands together in one element belongs together."""
    reading = _reading(WHOLE)

    assert (reading.key, reading.subject) == ("RUR0001", "uk-ofsi:90001")
    assert unread(reading) == []
    expected = {
        Property.MEMBER: ["uk-sanctions"],
        Property.REFERENCE: ["RUR0001", "90001"],
        Property.KIND: ["person"],
        Property.NAME: ["Rupert Zenda"],
        Property.ALIAS: ["Hentzau"],
        Property.ORIGINAL_NAME: ["Зенда"],
        Property.LISTED_ON: ["2020-12-31"],
        Property.AMENDED_ON: ["2021-02-18"],
        Property.PROGRAMME: ["Ruritania"],
        Property.AUTHORITY: ["UN", "UK"],
        Property.IMPOSED_MEASURE: ["Asset freeze", "Travel Ban"],
        Property.CROSS_REFERENCE: ["TAi.901"],
        Property.BIRTH_DATE: ["1970", "1971-05-03"],
        Property.BIRTH_PLACE: ["Zenda, Ruritania"],
        Property.NATIONALITY: ["Ruritanian"],
        Property.ADDRESS: ["1 Castle Road, Ruritania", "2 Moat"],
        Property.IDENTIFIER: ["X000123"],
        Property.GENDER: ["male"],
        Property.COMMENT: ["Male.", "Plotted in Zenda."],
    }
    assert {prop: values(reading, prop) for prop in expected} == expected
    assert the_facets(reading, Property.ALIAS) == {"quality": "low"}
    assert the_facets(reading, Property.ORIGINAL_NAME) == {"script": "Cyrl", "language": "ru"}
    assert the_facets(reading, Property.IDENTIFIER) == {"type": "passport", "note": "expired"}


def test_a_ship_has_its_numbers_and_features():
    """Without a group the subject is the entry's own id."""
    reading = _reading(
        "<UniqueID>RUR0002</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip><ShipDetails><Ship><IMONumbers>"
        "<IMONumber>9000001</IMONumber></IMONumbers><CurrentBelievedFlagOfShip>Ruritania</CurrentBelievedFlagOfShip>"
        "</Ship></ShipDetails>"
    )

    assert reading.subject == "uk-sanctions-list:RUR0002"
    assert values(reading, Property.KIND) == ["vessel"]
    assert the_facets(reading, Property.IDENTIFIER) == {"type": "IMO number"}
    assert the_facets(reading, Property.FEATURE) == {"field": "flag"}


def test_what_is_not_known_is_unread():
    """Elements, kinds, days and numbers that are new."""
    reading = _reading(
        TOP + "<Colour>red</Colour><IndividualEntityShip>Balloon</IndividualEntityShip><LastUpdated>soon</LastUpdated>"
        "<UNReferenceNumber>none</UNReferenceNumber>"
    )

    assert sorted(unread(reading)) == [
        ("Colour", "red"), ("IndividualEntityShip", "Balloon"), ("LastUpdated", "soon"), ("UNReferenceNumber", "none"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html></html>", "HTML"),
        (b"<Other/>", "another document"),
        (designations(), "no entries"),
        (designations(TOP, TOP), "as has"),
        (designations("<Names/>"), "identity"),
        (designations(TOP, generated="<DateGenerated>soon</DateGenerated>"), "no day"),
        (designations(TOP, generated="<Colour/>"), "no part"),
        (designations(TOP)[:-20], "cut off"),
    ],
)
def test_what_is_not_a_whole_list_is_refused(data, words):
    """No part of a damaged document is taken for the list."""
    with pytest.raises(SourceRefused, match=words):
        SANCTIONS_LIST.read(data, "list.xml")


def test_a_record_without_an_id_is_refused():
    """It could not be told apart from others."""
    with pytest.raises(SourceRefused, match="identity"):
        SANCTIONS_LIST.map(a_record(RegimeName="Ruritania"))


def test_reading_twice_gives_the_same():
    """Nothing but the bytes decides what is read."""
    data = designations(WHOLE)

    assert readings(SANCTIONS_LIST, data) == readings(SANCTIONS_LIST, data)
