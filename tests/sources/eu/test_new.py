import datetime as dt

import pytest
from tests.sources.eu.makers import a_record, export, pairs, readings, sanctioned, summary, unread, values

from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.catalogue import source
from tizim.sources.eu import FSF

KIND = '<subjectType code="person" classificationCode="P"/>'
NAME = f'<nameAlias wholeName="Rupert Zenda" strong="true" logicalId="11">{summary()}</nameAlias>'
BEFORE = {"basis": "2/2009 (OJ L2)", "basis_date": "2009-01-05"}
OTHER = summary("2/2009 (OJ L2)", "2009-01-05")


def _reading(inside="", **options):
    (found,) = readings(FSF, export(sanctioned(inside, **options)))
    return found


def test_the_facts_of_a_document_say_that_it_is_experimental():
    """No file of it was held when it was written."""
    facts, records = FSF.read(export(sanctioned(NAME)), "list.xml")

    assert source("eu-fsf") is FSF
    assert FSF.info.experimental
    assert not FSF.info.proven
    assert "experimental" in facts.title
    assert facts.date == dt.date(2031, 2, 11)
    assert facts.instant == dt.datetime(2031, 2, 11, 9, 20, 30, 123_000, tzinfo=dt.UTC)
    assert facts.entries == len(records) == 1


def test_its_number_is_that_of_the_form_before():
    """So an entity's history goes on over both."""
    reading = _reading(NAME + KIND)

    assert (reading.key, reading.subject) == ("901", "eu-fsf:901")
    assert values(reading, Property.REFERENCE) == ["EU.901.1"]
    assert values(reading, Property.DATA_ID) == ["901"]
    assert values(reading, Property.KIND) == ["person"]
    assert unread(reading) == []


def test_numbers_of_the_un_join_the_entry():
    """A number that is none of the UN's forms stays unread."""
    told = _reading(attributes='unitedNationId="TAi.901" designationDate="2002-07-25" designationDetails="by the UN"')
    other = _reading(attributes='unitedNationId="none"')

    assert pairs(told, Property.CROSS_REFERENCE) == [("TAi.901", {"list": "un-1988", "source": "un-sc"})]
    assert pairs(told, Property.FEATURE) == [("2002-07-25", {"field": "date of UN designation"})]
    assert values(told, Property.REFERENCE) == ["901"]
    assert unread(other) == [("@unitedNationId", "none")]


@pytest.mark.parametrize(
    ("programme", "act", "lists"),
    [
        ("TAQA", "881/2002 (OJ L139)", ["eu-fsf", "eu-881"]),
        ("TAQA", "2016/1686 (OJ L255)", ["eu-fsf", "eu-1686"]),
        ("AFG", "753/2011", ["eu-fsf", "eu-753"]),
        ("TERR", "2580/2001", ["eu-fsf", "eu-931"]),
    ],
)
def test_programme_and_acts_say_on_which_lists_it_stands(programme, act, lists):
    """An act of any part tells the Union's own listings of Al-Qaida."""
    reading = _reading(NAME.replace("1/2012 (OJ L1)", act), programme=programme)

    assert values(reading, Property.MEMBER) == lists
    assert values(reading, Property.PROGRAMME) == [programme]


def test_the_regulation_is_a_legal_basis():
    """With its days, its kind and who made it."""
    assert pairs(_reading(), Property.LEGAL_BASIS) == [
        (
            "1/2012 (OJ L1)",
            {"number": "1/2012", "date": "2012-03-24", "effective": "2012-03-25", "programme": "RUR",
             "kind": "regulation", "by": "council", "link": "http://oj.invalid/1"},
        )
    ]  # fmt: skip


def test_the_first_name_is_the_name_and_weak_ones_are_low():
    """A part that rests on another act says so."""
    reading = _reading(
        NAME + '<nameAlias firstName="Black" lastName="Michael" wholeName="" gender="M" title="Duke" function="Regent" '
        f'nameLanguage="EN" strong="false" regulationLanguage="en" logicalId="12">{OTHER}'
        "<remark>disputed</remark></nameAlias>"
    )

    assert pairs(reading, Property.NAME) == [("Rupert Zenda", {})]
    assert pairs(reading, Property.ALIAS) == [
        ("Black Michael", {"given": "Black", "family": "Michael", "language": "en", "quality": "low"} | BEFORE)
    ]
    assert values(reading, Property.GENDER) == ["male"]
    assert pairs(reading, Property.TITLE) == [("Duke", BEFORE)]
    assert pairs(reading, Property.POSITION) == [("Regent", BEFORE)]
    assert pairs(reading, Property.COMMENT) == [("disputed", {"of": "nameAlias"})]
    assert unread(reading) == []


@pytest.mark.parametrize(
    ("attributes", "date", "facets"),
    [
        ('birthdate="1963-05-03" dayOfMonth="3" monthOfYear="5" year="1963" calendarType="GREGORIAN" circa="false"',
         "1963-05-03", {}),
        ('year="1963" circa="true"', "1963", {"about": "circa"}),
        ('year="1963" monthOfYear="5"', "1963-05", {}),
        ('yearRangeFrom="1958" yearRangeTo="1963"', "1958/1963", {}),
        ('year="1380" calendarType="ISLAMIC"', "1960-06-26/1961-06-14", {"calendar": "islamic", "printed": "1380"}),
    ],
)  # fmt: skip
def test_birth_dates_are_read(attributes, date, facets):
    """Days, months, years, spans, and years of the Islamic calendar."""
    reading = _reading(
        NAME + f'<birthdate {attributes} city="Zenda" countryIso2Code="RU" countryDescription="RURITANIA"/>'
    )

    assert pairs(reading, Property.BIRTH_DATE) == [(date, facets)]
    assert pairs(reading, Property.BIRTH_PLACE) == [("Zenda, RURITANIA", {"city": "Zenda", "country": "RURITANIA"})]
    assert unread(reading) == []


def test_a_birth_date_that_is_none_is_unread():
    """Calendars that are not known, and parts that make no day."""
    reading = _reading(NAME + '<birthdate year="1963" monthOfYear="13"/><birthdate year="1" calendarType="LUNAR"/>')

    assert sorted(unread(reading)) == [
        ("birthdate/@calendarType", "LUNAR"), ("birthdate/@monthOfYear", "13"), ("birthdate/@year", "1"),
        ("birthdate/@year", "1963"),
    ]  # fmt: skip


def test_documents_say_in_what_state_they_are():
    """Flags that are true are told."""
    reading = _reading(
        NAME + '<identification number="X 0001" latinNumber="X0001" identificationTypeCode="passport" '
        'identificationTypeDescription="National passport" knownFalse="false" knownExpired="true" reportedLost="true" '
        f'issuedBy="Zenda" validTo="2014-02-21" countryIso2Code="00" countryDescription="UNKNOWN">'
        f"{OTHER}</identification>"
    )

    assert pairs(reading, Property.IDENTIFIER) == [
        (
            "X 0001",
            {"type": "National passport", "latin": "X0001", "status": "known to be expired; reported lost",
             "issued_by": "Zenda", "valid_to": "2014-02-21"} | BEFORE,
        )
    ]  # fmt: skip
    assert unread(reading) == []


def test_addresses_citizenships_and_remarks_are_told():
    """A state by its name, else by its code; *unknown* says nothing."""
    reading = _reading(
        NAME + '<address street="Castle Road" poBox="7" zipCode="Z1" city="Zenda" asAtListingTime="true" '
        'countryIso2Code="RU"><contactInfo key="PHONE" value="000-1"/></address>'
        '<citizenship countryIso2Code="00" countryDescription="UNKNOWN"/><citizenship countryDescription="RURITANIA"/>'
        "<remark>(UNSC RESOLUTION 1483)</remark>"
    )

    assert pairs(reading, Property.ADDRESS) == [
        ("Castle Road, PO Box 7, Z1, Zenda, RU", {"street": "Castle Road, PO Box 7", "postal_code": "Z1",
                                                  "city": "Zenda", "country": "RU", "note": "as at listing time"})
    ]  # fmt: skip
    assert pairs(reading, Property.CONTACT) == [("000-1", {"kind": "phone"})]
    assert values(reading, Property.NATIONALITY) == ["RURITANIA"]
    assert values(reading, Property.COMMENT) == ["(UNSC RESOLUTION 1483)"]
    assert unread(reading) == []


def test_what_is_not_known_is_unread():
    """Elements, attributes and kinds that are new."""
    reading = _reading(NAME + '<subjectType code="balloon"/><ship flag="RU"/>', attributes='colour="red"')

    assert sorted(unread(reading)) == [("@colour", "red"), ("ship/@flag", "RU"), ("subjectType/@code", "balloon")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html/>", "HTML"),
        (b"<WHOLE/>", "another document"),
        (export(), "no entries"),
        (export(sanctioned(), generated="soon"), "not a date"),
        (export(sanctioned(), generated=""), "not a date"),
        (export(sanctioned(), sanctioned()), "as has"),
        (export(sanctioned(number="")), "identity"),
        (export(sanctioned(), "<other/>"), "is expected"),
        (export(sanctioned())[:-20], "cut off"),
    ],
)
def test_what_is_not_a_whole_list_is_refused(data, words):
    """No part of a damaged document is taken for the list."""
    with pytest.raises(SourceRefused, match=words):
        FSF.read(data, "list.xml")


def test_a_record_without_a_number_is_refused():
    """It could not be told apart from others."""
    with pytest.raises(SourceRefused, match="identity"):
        FSF.map(a_record(remark="x"))


def test_reading_twice_gives_the_same():
    """Nothing but the bytes decides what is read."""
    data = export(sanctioned(NAME), sanctioned(number="902"))

    assert readings(FSF, data) == readings(FSF, data)
