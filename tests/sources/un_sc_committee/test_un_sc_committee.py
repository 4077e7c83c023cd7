import datetime as dt

import pytest
from tests.sources.un_sc.entries import a_document, an_entity, an_individual

from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.catalogue import LISTS
from tizim.sources.un_sc import SOURCE as CONSOLIDATED
from tizim.sources.un_sc_committee import SOURCE

TALIBAN = a_document(
    an_individual("<DATAID>77</DATAID>", reference="TI.Z.901.14.", regime="Taliban"),
    an_entity(reference="TAe.902", regime="Taliban"),
    generated="2014-11-19T00:00:00",
)
ELEVEN = [an_individual(reference=f"QDi.{number}") for number in range(901, 912)]


def test_the_committee_is_the_regime_of_the_entries():
    """The document prints no committee; its line must not be mixed with another's."""
    facts, records = SOURCE.read(TALIBAN, "1988.xml")

    assert facts.source == "un-sc-committee/1988"
    assert facts.date == dt.date(2014, 11, 19)
    assert facts.instant == dt.datetime(2014, 11, 19, tzinfo=dt.UTC)
    assert facts.entries == len(records) == 2
    assert facts.complete
    assert facts.url == "https://www.un.org/sc/committees/1988/"
    assert facts.title == "List of the Security Council Committee 1988, generated 2014-11-19"


def test_every_line_has_the_list_of_its_committee():
    """A missing entry says something of that list only."""
    for part in SOURCE.info.parts:
        assert part.lists == (f"un-{part.id}",)
        assert part.complete
        assert set(part.lists) <= set(LISTS)
    assert [part.id for part in SOURCE.info.parts] == [
        "751", "1267", "1518", "1521", "1533", "1572", "1591", "1718", "1737", "1970", "1988", "2048", "2127", "2140",
    ]  # fmt: skip


def test_key_subject_and_claims_are_those_of_the_consolidated_list():
    """One entry is one subject, whichever of the two documents holds it."""
    _, records = SOURCE.read(TALIBAN, "1988.xml")

    reading = SOURCE.map(records[0])

    assert reading.key == "TI.Z.901.14"
    assert reading.subject == "un-sc:TI.Z.901.14"
    said = {(claim.property, claim.value) for claim in reading.claims}
    assert {(Property.MEMBER, "un-1988"), (Property.DATA_ID, "77")} <= said
    assert list(CONSOLIDATED.readings(records)) == list(SOURCE.readings(records))


def test_entries_of_several_regimes_are_the_consolidated_list():
    """Kept as a committee's it would tell of entries that the committee never had."""
    mixed = a_document(an_individual(), an_entity(reference="TAe.902", regime="Taliban"))

    with pytest.raises(
        SourceRefused, match=r"x\.xml: .*several regimes \(un-1267, un-1988\).* name un-sc as its source"
    ):
        SOURCE.read(mixed, "x.xml")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (an_individual(reference="SSi.901", regime="SouthSudan"), "no committee of which lists are known"),
        (an_individual(reference="X.901", regime="Atlantis"), "entries of none that is known"),
        ("", "no entries"),
    ],
)
def test_a_document_of_no_such_committee_is_refused(entry, reason):
    """Committees founded later never printed a list of their own."""
    with pytest.raises(SourceRefused, match=reason):
        SOURCE.read(a_document(entry), "x.xml")


def test_a_committees_list_is_refused_as_the_consolidated_list():
    """It would tell that all entries of all other regimes were gone."""
    with pytest.raises(SourceRefused, match=r"all 11 entries .*\(un-1267\).* name un-sc-committee as its source"):
        CONSOLIDATED.read(a_document(*ELEVEN), "list.xml")


def test_one_entry_of_another_regime_makes_it_consolidated():
    """The consolidated list always has many."""
    facts, _ = CONSOLIDATED.read(a_document(*ELEVEN, an_entity(reference="TAe.902", regime="Taliban")), "list.xml")

    assert facts.source == "un-sc"
    assert facts.entries == 12


def test_the_same_bytes_give_the_same_readings():
    """A statement's id rests on this."""
    once, again = (SOURCE.read(TALIBAN, name) for name in ("a.xml", "b.xml"))

    assert once == again
    assert list(SOURCE.readings(once[1])) == list(SOURCE.readings(again[1]))
