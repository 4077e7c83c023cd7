import datetime as dt

import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.kg_fiu import SOURCE
from tizim.sources.protocol import Hints

MARCH = Hints(instant=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), by="as given")
P = Property
# Invented, in the form that notes tell of.
PERSON = """<KyrgyzPhysicPerson><Number>1</Number><Surname>Зендин</Surname><Name>Иван</Name><Patronomic>-</Patronomic>
<DataBirth>07.03.1970; 1971-03-07</DataBirth><PlaceBirth>г. Стрельсау</PlaceBirth>
<BasicInclusion>Приговор суда от 01.02.2015</BasicInclusion><CategoryPerson>осужденный</CategoryPerson>
<DateInclusion>5 марта 2015 г.</DateInclusion><Odd>x</Odd></KyrgyzPhysicPerson>"""
LEGAL = """<KyrgyzLegalPerson><Number>1</Number><Name>Фронт Зенды (ранее «Зенда»)</Name>
<BasicInclusion>Решение суда</BasicInclusion><DateInclusion>12/03/2010</DateInclusion></KyrgyzLegalPerson>"""


def _list(*entries, wrap=""):
    inside = "".join(entries)
    inside = f"<{wrap}>{inside}</{wrap}>" if wrap else inside
    return f'<SanctionList xmlns="urn:example:list">{inside}</SanctionList>'.encode()


def _read(data):
    _, records = SOURCE.read(data, "list.xml", MARCH)
    return list(SOURCE.readings(records))


def _said(reading, prop):
    return [
        (claim.value, {name: value for name, value in claim.facets if name != "script"})
        for claim in reading.claims
        if claim.property is prop
    ]


def test_persons_and_organisations_are_read_to_the_last_field():
    """Dates come in three forms, at times two in a field; a dash is no patronymic."""
    person, legal = _read(_list(PERSON, LEGAL))

    assert person.subject == "kg-fiu:зендин-иван-1970-03-07"
    assert _said(person, P.MEMBER) == [("kg-fiu", {})]
    assert _said(person, P.KIND) == [("person", {})]
    assert _said(person, P.NAME) == [("Зендин Иван", {"form": "family name first"})]
    assert _said(person, P.BIRTH_DATE) == [("1970-03-07", {}), ("1971-03-07", {})]
    assert _said(person, P.BIRTH_PLACE) == [("г. Стрельсау", {})]
    assert _said(person, P.LEGAL_BASIS) == [("Приговор суда от 01.02.2015", {})]
    assert _said(person, P.PROGRAMME) == [("осужденный", {})]
    assert _said(person, P.LISTED_ON) == [("2015-03-05", {})]
    assert [(one.field, one.value) for one in person.unread] == [("Odd", "x")]
    assert _said(legal, P.NAME) == [("Фронт Зенды", {})]
    assert _said(legal, P.ALIAS) == [("Зенда", {"kind": "former name"})]
    assert _said(legal, P.LISTED_ON) == [("2010-03-12", {})]
    assert legal.unread == ()


def test_entries_may_stand_in_sections():
    """The notes do not say whether they do."""
    assert [reading.key for reading in _read(_list(PERSON, LEGAL, wrap="Persons"))] == [
        "зендин-иван-1970-03-07", "фронт-зенды",
    ]  # fmt: skip


def test_a_date_that_is_none_is_unread():
    """Nothing is guessed."""
    (person,) = _read(_list(PERSON.replace("5 марта 2015 г.", "давно")))

    assert ("DateInclusion", "давно") in [(one.field, one.value) for one in person.unread]


def test_persons_of_one_name_and_birth_are_told_apart_whatever_their_order():
    """By the rest of what is printed; not by the running number."""
    other = PERSON.replace("г. Стрельсау", "г. Зенда")
    keys = [{reading.key for reading in _read(_list(*order))} for order in ((PERSON, other), (other, PERSON))]

    assert keys[0] == keys[1]
    assert len(keys[0]) == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"<html></html>", "HTML page"),
        (b"<Other/>", "the root element is Other"),
        (_list(), "no entries"),
        (_list(PERSON)[:-20], "not well-formed or cut off"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><SanctionList/>", "document type"),
    ],
)
def test_a_document_that_is_not_whole_is_refused(data, why):
    """Half a list would read as delistings."""
    with pytest.raises(SourceRefused, match=why):
        _read(data)


def test_two_entries_that_cannot_be_told_apart_are_refused():
    """Nobody could say later which of them is missing."""
    with pytest.raises(SourceRefused, match="has the key"):
        _read(_list(PERSON, PERSON))


def test_an_element_that_is_not_known_sets_the_document_aside():
    """It may hold entries that would go missing."""
    with pytest.raises(SourceSuspicious, match="Vessel"):
        _read(_list(PERSON, "<Vessel><Name>x</Name></Vessel>"))


def test_the_document_says_that_its_reading_is_experimental():
    """Nobody has compared it with a real one."""
    facts, _ = SOURCE.read(_list(PERSON), "list.xml", MARCH)

    assert "experimental" in facts.title
    assert SOURCE.info.experimental
    assert not SOURCE.info.proven


def test_a_record_without_a_name_has_no_identity():
    """Nor has an entry of no known kind."""
    with pytest.raises(SourceRefused, match="has no name"):
        SOURCE.map(Record(place="KyrgyzLegalPerson[1]", fields=(("Number", "1"),)))
    with pytest.raises(SourceRefused, match="is no entry"):
        SOURCE.map(Record(place="Vessel[1]", fields=(("Name", "A"),)))
