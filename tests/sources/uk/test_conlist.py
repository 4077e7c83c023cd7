import datetime as dt
import hashlib

import pytest
from tests.sources.uk.makers import (
    OF_2014,
    OF_2018,
    OF_2022,
    a_record,
    claim,
    conlist,
    read_row,
    read_rows,
    the_facets,
    unread,
    values,
)
from tests.working import work

from tizim.domain.statements import Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.catalogue import source
from tizim.sources.uk import OFSI_CONLIST


def _refusal(data: bytes) -> str:
    with pytest.raises(SourceRefused) as refused:
        OFSI_CONLIST.read(data, "list.csv")
    return str(refused.value)


# -- the document --------------------------------------------------------------------------------


def test_the_facts_of_a_document_are_those_it_prints():
    """Its first line is its day; entries are groups, not rows."""
    data = conlist({}, {"Alias Type": "AKA", "Name 6": "HENTZAU"}, {"Group ID": "90002"})

    facts, records = OFSI_CONLIST.read(data, "list.csv")

    assert facts.source == "uk-ofsi-conlist"
    assert facts.date == dt.date(2014, 4, 2)
    assert facts.instant == dt.datetime(2014, 4, 2, tzinfo=dt.UTC)
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert facts.entries == 2
    assert facts.complete
    assert len(records) == 3
    assert "2014-04-02" in facts.title


def test_the_catalogue_knows_it():
    """It is asked for by its id."""
    assert source("uk-ofsi-conlist") is OFSI_CONLIST


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-8", "utf-8-sig"])
def test_it_is_read_in_the_encodings_it_had(encoding):
    """Letters beyond ASCII came in windows-1252 in 2014."""
    data = conlist({"Name 6": "Zéndá"}, encoding=encoding)

    (reading,) = OFSI_CONLIST.readings(OFSI_CONLIST.read(data, "list.csv")[1])

    assert values(reading, Property.NAME) == ["Zéndá"]


def test_reading_twice_gives_the_same():
    """Nothing but the bytes decides what is read."""
    data = conlist({"Other Information": "UN Ref QI.Z.901.03. Also referred to as Abu Zenda."}, {"Name 6": "HENTZAU"})

    first, second = (list(OFSI_CONLIST.readings(OFSI_CONLIST.read(data, "list.csv")[1])) for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "HTML"),
        (b"Last Updated,02/04/2014\r\n", "no entries"),
        (conlist(), "no entries"),
        (conlist({}).replace(b"Last Updated,02", b"Updated,02"), "does not begin with Last Updated"),
        (conlist({}, day="32/04/2014"), "not a day"),
        (conlist({}, day="00/04/2014"), "not a day"),
        (conlist({"Group ID": ""}), "no number"),
        (conlist({"Group ID": "x"}), "no number"),
        (conlist({}, {})[:-40], "cut off"),
        (conlist({"Other Information": "a, b"}).partition(b", b")[0], "line 3"),
        (conlist({}, columns=(*OF_2014, "Title")), "two columns called Title"),
    ],
)
def test_what_is_not_a_whole_list_is_refused(data, words):
    """No part of a damaged document is taken for the list."""
    message = _refusal(data)

    assert message.startswith("list.csv: ")
    assert words in message


@pytest.mark.parametrize("column", ["Group ID", "Name 6", "Regime", "Listed On", "Alias Type"])
def test_a_missing_column_is_suspicious(column):
    """A changed form would lose what the column said, silently."""
    data = conlist({}, columns=[name for name in OF_2014 if name != column])

    with pytest.raises(SourceSuspicious, match=column):
        OFSI_CONLIST.read(data, "list.csv")


def test_an_unknown_column_is_unread_by_its_name():
    """New columns come without notice and break nothing."""
    reading = read_row((*OF_2014, "Colour"), Colour="red")

    assert unread(reading) == [("Colour", "red")]


def test_hostile_cells_are_read_in_time():
    """A cell made to make patterns go astray."""
    hostile = "(1) " * 3_000 + "Also referred to as " + "A a " * 3_000
    with work() as done:
        read_row(
            Other_Information=hostile, Town_of_Birth=hostile, Passport_Details="A " * 5_000, Position="(1)" * 5_000
        )

    assert done.seconds < 5


# -- identity and names --------------------------------------------------------------------------


def test_rows_of_one_group_are_one_entry():
    """A row is a name; the number of the group joins them."""
    first, second = read_rows(
        {"Name 1": "Rupert"}, {"Group ID": "90002"}, {"Alias Type": "AKA", "Name 6": "HENTZAU", "Name 1": "Rupert"}
    )

    assert (first.key, first.subject, first.place) == ("90001", "uk-ofsi:90001", "row 3")
    assert second.key == "90002"
    assert values(first, Property.NAME) == ["Rupert ZENDA"]
    assert values(first, Property.ALIAS) == ["Rupert HENTZAU"]
    assert claim(first, Property.ALIAS).place == "row 5/Name 6"


def test_a_row_alone_is_mapped_as_its_group_would_be():
    """A record can be shown by itself."""
    (record,) = OFSI_CONLIST.read(conlist({"Name 1": "Rupert"}), "list.csv")[1]

    assert OFSI_CONLIST.map(record) == next(OFSI_CONLIST.readings([record]))


def test_a_record_without_a_group_is_refused():
    """It could not be told apart from others."""
    with pytest.raises(SourceRefused, match="identity"):
        OFSI_CONLIST.map(a_record(Regime="Ruritania"))


def test_names_are_read_given_names_first():
    """Name 6 is the family name, whatever the order of the columns."""
    reading = read_row(Name_6="ZENDA", Name_1="Rupert", Name_2="von", Name_3="und zu")

    assert values(reading, Property.NAME) == ["Rupert von und zu ZENDA"]


@pytest.mark.parametrize(
    ("printed", "prop", "kind"),
    [
        ("Prime Alias", Property.NAME, ""),
        ("Primary name", Property.NAME, ""),
        ("Primary name variation", Property.ALIAS, "primary name variation"),
        ("AKA", Property.ALIAS, ""),
        ("FKA", Property.ALIAS, "former name"),
    ],
)
def test_kinds_of_names_are_told(printed, prop, kind):
    """A former name is an alias that says so."""
    reading = read_row(Alias_Type=printed)

    assert claim(reading, prop).facet("kind") == kind
    assert unread(reading) == []


def test_an_unknown_kind_of_name_is_unread_and_the_name_an_alias():
    """It is no main name as long as nobody knows what it is."""
    reading = read_row(Alias_Type="Nickname")

    assert values(reading, Property.ALIAS) == ["ZENDA"]
    assert unread(reading) == [("Alias Type", "Nickname")]


def test_several_prime_aliases_of_one_name_are_one_name():
    """A prime alias is repeated for each date of birth."""
    (reading,) = read_rows({"DOB": "17/08/1957"}, {"DOB": "00/00/1958"}, {"DOB": "00/03/1959"})

    assert values(reading, Property.NAME) == ["ZENDA"]
    assert values(reading, Property.BIRTH_DATE) == ["1957-08-17", "1958", "1959-03"]
    assert values(reading, Property.BIRTH_YEAR) == ["1957", "1958", "1959"]


def test_newer_files_rate_aliases_and_print_names_in_their_own_script():
    """Columns of the layout of 2018, by notes on it."""
    first, second = read_rows(
        {"Alias Type": "AKA", "Alias Quality": "Low", "Name Non-Latin Script": "زندا"},
        {"Alias Type": "AKA", "Alias Quality": "Good", "Group ID": "90002"},
        columns=OF_2018,
    )

    assert claim(first, Property.ALIAS).facet("quality") == "low"
    assert claim(second, Property.ALIAS).facet("quality") == "good"
    assert values(first, Property.ORIGINAL_NAME) == ["زندا"]
    assert the_facets(first, Property.ORIGINAL_NAME) == {"script": "Arab"}


def test_script_and_language_of_a_name_are_told_where_they_are_known():
    """Words for languages become tags; one that is not known stays unread."""
    reading = read_row(
        OF_2022, Name_Non_Latin_Script="Зенда", Non_Latin_Script_Type="Cyrillic", Non_Latin_Script_Language="Russian"
    )
    other = read_row(OF_2022, Name_Non_Latin_Script="Зенда", Non_Latin_Script_Language="Ruritanian")

    assert the_facets(reading, Property.ORIGINAL_NAME) == {"script": "Cyrl", "language": "ru"}
    assert unread(reading) == []
    assert unread(other) == [("Non-Latin Script Language", "Ruritanian")]


# -- the rest of a row ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "kind"), [("Individual", "person"), ("Entity", "organisation"), ("Ship", "vessel")]
)
def test_kinds_are_told(printed, kind):
    """Ships are listed since 2018."""
    assert values(read_row(Group_Type=printed), Property.KIND) == [kind]


def test_an_unknown_kind_is_unread():
    """Nothing is guessed of it."""
    reading = read_row(Group_Type="Balloon")

    assert values(reading, Property.KIND) == []
    assert unread(reading) == [("Group Type", "Balloon")]


def test_a_day_that_is_none_is_unread():
    """The list of 2014 prints a 29 February of a year that had none."""
    reading = read_row(DOB="29/02/1969", Listed_On="31/02/2011")

    assert values(reading, Property.BIRTH_DATE) == []
    assert unread(reading) == [("DOB", "29/02/1969"), ("Listed On", "31/02/2011")]


def test_a_remark_that_the_birth_date_is_about_right_is_told_where_there_is_one_date():
    """Of several it does not say which."""
    remark = {"Other Information": "DOB is approximate."}
    (one,) = read_rows({"DOB": "00/00/1957"} | remark)
    (two,) = read_rows({"DOB": "00/00/1957"} | remark, {"DOB": "00/00/1958"} | remark)

    assert the_facets(one, Property.BIRTH_DATE) == {"about": "circa"}
    assert all(not found.facets for found in two.claims if found.property is Property.BIRTH_DATE)


def test_birth_places_titles_positions_and_nationalities_are_taken_apart():
    """One claim for each thing that a cell lists."""
    reading = read_row(
        Town_of_Birth="(1) Zenda (2) -", Country_of_Birth="(1) Ruritania (2) Graustark", Title="Count/Colonel",
        Position="(1) Governor of Zenda (2) Minister", Nationality="(1) Ruritanian (2) Graustarkian",
    )  # fmt: skip

    assert values(reading, Property.BIRTH_PLACE) == ["Zenda, Ruritania", "Graustark"]
    assert values(reading, Property.TITLE) == ["Count", "Colonel"]
    assert values(reading, Property.POSITION) == ["Governor of Zenda", "Minister"]
    assert values(reading, Property.NATIONALITY) == ["Ruritanian", "Graustarkian"]


def test_documents_of_the_old_layout_are_told_by_column():
    """Number, state and remarks stand in one cell, several documents numbered."""
    reading = read_row(
        Passport_Details="(1) X000123 (Tunisian). Issued 1 May 1999 (2) X000124", NI_Number="no 00012345"
    )

    found = [claim for claim in reading.claims if claim.property is Property.IDENTIFIER]

    assert [(c.value, dict(c.facets)) for c in found] == [
        ("X000123", {"type": "passport", "country": "Tunisian", "note": "Issued 1 May 1999"}),
        ("X000124", {"type": "passport"}),
        ("00012345", {"type": "national identification"}),
    ]


def test_documents_of_the_new_layout_are_joined_by_their_numbers():
    """Numbers in one column, what is said of them in another."""
    reading = read_row(
        OF_2022, Passport_Number="(1) X000123 (2) X000124", Passport_Details="(1) Ruritania, expired (2) Graustark",
        National_Identification_Number="00012345", National_Identification_Details="Identity card",
    )  # fmt: skip

    found = [claim for claim in reading.claims if claim.property is Property.IDENTIFIER]

    assert [(c.value, dict(c.facets)) for c in found] == [
        ("X000123", {"type": "passport", "note": "Ruritania, expired"}),
        ("X000124", {"type": "passport", "note": "Graustark"}),
        ("00012345", {"type": "national identification", "note": "Identity card"}),
    ]


def test_an_address_reads_from_the_street_to_the_country():
    """What is said of the address in brackets is a note."""
    reading = read_row(
        Address_1="1 Castle Road", Address_2="Old Town", Address_6="Zenda", Post_Zip_Code="Z1",
        Country="Ruritania (previous address)",
    )  # fmt: skip

    assert values(reading, Property.ADDRESS) == ["1 Castle Road, Old Town, Zenda, Z1, Ruritania"]
    assert the_facets(reading, Property.ADDRESS) == {
        "street": "1 Castle Road, Old Town", "city": "Zenda", "postal_code": "Z1", "country": "Ruritania",
        "note": "previous address",
    }  # fmt: skip


def test_listing_and_amendment_are_told():
    """Day first, month second."""
    reading = read_row()

    assert values(reading, Property.MEMBER) == ["uk-sanctions"]
    assert values(reading, Property.PROGRAMME) == ["Ruritania"]
    assert values(reading, Property.LISTED_ON) == ["2011-05-03"]
    assert values(reading, Property.AMENDED_ON) == ["2013-06-07"]


def test_a_group_under_two_regimes_says_which_date_is_whose():
    """Its rows repeat for each regime."""
    (reading,) = read_rows({}, {"Regime": "Graustark", "Listed On": "04/05/2012"})

    found = [(c.value, c.facet("programme")) for c in reading.claims if c.property is Property.LISTED_ON]

    assert found == [("2011-05-03", "Ruritania"), ("2012-05-04", "Graustark")]


def test_the_designation_on_the_uk_sanctions_list_is_told_apart():
    """OFSI listed many before that list began."""
    reading = read_row(OF_2022, UK_Sanctions_List_Date_Designated="31/12/2020")

    found = [(c.value, c.facet("on")) for c in reading.claims if c.property is Property.LISTED_ON]

    assert found == [("2011-05-03", ""), ("2020-12-31", "UK Sanctions List")]
