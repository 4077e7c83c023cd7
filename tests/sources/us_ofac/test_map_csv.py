import pytest
from tests.sources.us_ofac.makers import EMPTY, a_file, hints, main_reading, said, told, unread, values

from tizim.domain.documents import Record
from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.us_ofac import SDN_CSV


@pytest.mark.parametrize(
    ("printed", "kind"),
    [(EMPTY, "organisation"), ("individual", "person"), ("vessel", "vessel"), ("aircraft", "aircraft")],
)
def test_no_type_is_an_organisation(printed, kind):
    """The publisher leaves the cell of an entity empty."""
    assert values(main_reading(kind=printed), Property.KIND) == [kind]


def test_an_unknown_type_is_unread_and_the_kind_unknown():
    """A new type must be looked at, and the entry stays."""
    reading = main_reading(kind="submarine")

    assert values(reading, Property.KIND) == ["unknown"]
    assert unread(reading) == [("SDN_Type", "submarine")]


def test_a_vessel_has_its_columns_as_features():
    """Thousands are parted by commas in the flat files and not in XML: one way here."""
    reading = main_reading(
        kind="vessel", call_sign="AB123", vess_type="Tug", tonnage="318,000", grt="163660", vess_flag="Malta",
        vess_owner="Grey Sea S.A.",
    )  # fmt: skip

    assert told(reading, Property.FEATURE) == [
        ("AB123", {"field": "call sign"}),
        ("Tug", {"field": "vessel type"}),
        ("318000", {"field": "tonnage"}),
        ("163660", {"field": "gross registered tonnage"}),
        ("Malta", {"field": "flag"}),
        ("Grey Sea S.A.", {"field": "owner"}),
    ]


def test_an_organisation_with_a_comma_is_not_taken_for_a_person():
    """Only a person's name has the family's first."""
    assert told(main_reading(name="GREY SEA, S.A."), Property.NAME) == [("GREY SEA, S.A.", {})]


@pytest.mark.parametrize(
    ("name", "person"),
    [("GREY, Ana", True), ("AL-GREY, Abu 'Ali", True), ("SEA CO., LTD.", False), ("GREY SEA", False)],
)
def test_aliases_of_persons_are_told_by_capitals(name, person):
    """The file of aliases has no type; OFAC writes the family name in capitals, given names in small letters."""
    _, records = SDN_CSV.read(a_file(f'901,11,"aka","{name}",-0- '), "alt.csv", hints())

    (alias,) = said(SDN_CSV.map(records[0]), Property.ALIAS)
    assert alias.facet("form") == ("family name first" if person else "")


def test_an_unknown_kind_of_alias_and_remarks_are_kept():
    """No alias is lost for a new word beside it."""
    _, records = SDN_CSV.read(a_file('901,11,"xka","SEA","in use since May"'), "alt.csv", hints())

    reading = SDN_CSV.map(records[0])
    assert values(reading, Property.ALIAS) == ["SEA"]
    assert told(reading, Property.COMMENT) == [("in use since May", {"of": "SEA"})]
    assert unread(reading) == [("alt_type", "xka")]


def test_every_claim_says_where_it_stands():
    """Places are columns of the row, and rows of the entry."""
    reading = main_reading(kind="individual", remarks="DOB 1960.")

    assert reading.place == "uid 901"
    assert {claim.place for claim in reading.claims} == {"", "ent_num", "SDN_Name", "SDN_Type", "Program", "Remarks"}


def test_a_row_without_a_number_has_no_identity():
    """Such a record cannot come from reading a file."""
    for fields in ((), (("SDN_Name", "GREY SEA"),), (("ent_num", " "),)):
        with pytest.raises(SourceRefused, match="no identity"):
            SDN_CSV.map(Record(place="row 1", fields=fields))
