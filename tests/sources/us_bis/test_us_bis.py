"""Files of invented persons, shaped like the Denied Persons List of 2022 with its slips of typing."""

import datetime as dt

import pytest

from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.protocol import Hints
from tizim.sources.us_bis import SOURCE
from tizim.sources.us_bis.notices import citations

HEADER = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
ROW = {
    "Name": "ARDEN VELL",
    "Street_Address": "1 MILL LANE",
    "City": "ELSEWHERE",
    "State": "TX",
    "Country": "US",
    "Postal_Code": "00001",
    "Effective_Date": "06/19/2003",
    "Expiration_Date": "06/29/2056",
    "Standard_Order": "Y",
    "Last_Update": "2007-01-31",
    "Action": "50 YEAR DENIAL",
    "FR_Citation": "68 F.R. 38290 6/27/03",
}
GIVEN = Hints(instant=dt.datetime(2031, 5, 4, tzinfo=dt.UTC), by="as given")


def _a_file(*rows: dict[str, str], header: tuple[str, ...] = HEADER) -> bytes:
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    return "".join("\t".join(f'"{cell}"' for cell in line) + "\n" for line in lines).encode()


def _a_row(**changed: str) -> dict[str, str]:
    return ROW | changed


def _the_readings(*rows: dict[str, str], header: tuple[str, ...] = HEADER) -> list[EntryReading]:
    _, records = SOURCE.read(_a_file(*rows, header=header), "dpl.txt", GIVEN)
    return list(SOURCE.readings(records))


def _told(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    return [(claim.value, dict(claim.facets)) for claim in reading.claims if claim.property is prop]


def test_an_order_says_when_it_takes_effect_and_when_it_ends():
    """One of the few lists with an end: it must be there as printed, month first."""
    (reading,) = _the_readings(_a_row())

    assert reading.key == "arden-vell.2003-06-19"
    assert _told(reading, Property.EFFECTIVE_ON) == [("2003-06-19", {})]
    assert _told(reading, Property.EXPIRES_ON) == [("2056-06-29", {})]
    assert _told(reading, Property.AMENDED_ON) == [("2007-01-31", {})]
    assert _told(reading, Property.LISTED_ON) == []
    assert _told(reading, Property.STATUS) == [("50 YEAR DENIAL", {})]
    assert reading.unread == ()


def test_rows_of_one_order_are_one_entry_with_an_address_each():
    """The list repeats the whole row for each address of a person."""
    (reading,) = _the_readings(_a_row(), _a_row(Name="ARDEN  Vell", Street_Address="2 HILL ROAD", Country=""))

    assert [value for value, _ in _told(reading, Property.ADDRESS)] == [
        "1 MILL LANE, ELSEWHERE, TX, 00001, US",
        "2 HILL ROAD, ELSEWHERE, TX, 00001",
    ]


def test_two_orders_against_one_name_are_two_entries():
    """Each has its own end, and one may end while the other goes on."""
    first, second = _the_readings(_a_row(), _a_row(Effective_Date="03/04/2002"))

    assert {first.key, second.key} == {"arden-vell.2003-06-19", "arden-vell.2002-03-04"}


@pytest.mark.parametrize(
    ("printed", "name", "alias", "kind"),
    [
        ("ARDEN VELL A/K/A FRANK VELL", "ARDEN VELL", "FRANK VELL", {}),
        ("PEARL (A.K.A. ANN CHU) VELL", "PEARL VELL", "ANN CHU", {}),
        ("VELL AIR D/B/A V7 AIR", "VELL AIR", "V7 AIR", {"kind": "doing business as"}),
    ],
)
def test_other_names_in_the_cell_are_names_of_their_own(printed, name, alias, kind):
    """A name that is searched must not hold another."""
    (reading,) = _the_readings(_a_row(Name=printed))

    assert _told(reading, Property.NAME) == [(name, {})]
    assert _told(reading, Property.ALIAS) == [(alias, kind)]


@pytest.mark.parametrize("slip", ["3017-08-22", "0222-05-18", "soon"])
def test_an_impossible_day_is_unread(slip):
    """Nobody can say what was meant; the entry stays."""
    (reading,) = _the_readings(_a_row(Last_Update=slip))

    assert [(left.field, left.value) for left in reading.unread] == [("Last_Update", slip)]


def test_an_unknown_column_is_unread_by_its_name():
    """A new column must be seen, and must break nothing."""
    (reading,) = _the_readings(_a_row(Colour="GREEN"), header=(*HEADER, "Colour"))

    assert [(left.field, left.value) for left in reading.unread] == [("Colour", "GREEN")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02",
         [("67 F.R. 56530", "2002-09-04"), ("67 F.R. 10890", "2002-03-11")]),
        ("46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81",
         [("46 F.R. 46154", "1981-09-17"), ("46 F.R. 19290", "1981-03-30")]),
        ("81.F.R. 22576 4/18/2016", [("81 F.R. 22576", "2016-04-18")]),
        ("80 F.R.44930 7/28/15; 83F.R. 65340", [("80 F.R. 44930", "2015-07-28"), ("83 F.R. 65340", "")]),
        ("82 F.R. 16788, 16789 4/6/2017", [("82 F.R. 16788, 16789", "2017-04-06")]),
        ("63 FR 64322 (11/19/98), 65 FR 14444", [("63 F.R. 64322", "1998-11-19"), ("65 F.R. 14444", "")]),
        ("87 F.R. 52740 8/29/2002", [("87 F.R. 52740", "")]),
        ("NEW F.R. NOTICE TO BE PUBLISHED SOON", [("NEW F.R. NOTICE TO BE PUBLISHED SOON", "")]),
        ("Vol. 74, No. 11, 01/16/09", [("Vol. 74 F.R. No. 11", "2009-01-16")]),
        ("", []),
    ],
)  # fmt: skip
def test_citations_are_read_in_their_many_spellings(text, expected):
    """The volume is a year, which tells the century of a year of two digits and a slip in one of four."""
    assert [(cited.value, cited.date) for cited in citations(text)] == expected


def test_a_day_given_is_the_documents_unless_its_rows_are_newer():
    """A file saved under a wrong day must not be placed before its own rows."""
    data = _a_file(_a_row(Last_Update="2022-08-29"))

    given, _ = SOURCE.read(data, "dpl.txt", GIVEN)
    older, _ = SOURCE.read(
        data, "dpl.txt", Hints(instant=dt.datetime(2021, 7, 7, tzinfo=dt.UTC), by="by its file name")
    )
    none, _ = SOURCE.read(data, "dpl.txt")

    assert (given.date, given.title[-16:]) == (dt.date(2031, 5, 4), "(dated as given)")
    assert older.date == none.date == dt.date(2022, 8, 29)
    assert "cannot be its day" in older.title


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (_a_file(), "no entries"),
        (_a_file(_a_row(Name=" ")), "row 2: has no Name"),
        (_a_file(_a_row(Effective_Date="soon")), "row 2: has no Name or no Effective_Date"),
        (_a_file(_a_row())[:-20], "cut off|unexpected end"),
        (_a_file(_a_row()).rsplit(b"\t", 1)[0] + b"\n", "row 2: has 11 cells"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_whole(data, reason):
    """A half file would look like delistings."""
    with pytest.raises(SourceRefused, match=reason):
        SOURCE.read(data, "dpl.txt", GIVEN)


def test_a_missing_column_is_a_changed_form():
    """Reading on would lose what it said."""
    with pytest.raises(SourceSuspicious, match="lacks the column FR_Citation"):
        SOURCE.read(_a_file(_a_row(), header=HEADER[:-1]), "dpl.txt", GIVEN)


def test_the_same_bytes_twice_give_the_same_readings():
    """A statement's id rests on this."""
    assert _the_readings(_a_row(), _a_row(Name="B")) == _the_readings(_a_row(), _a_row(Name="B"))
