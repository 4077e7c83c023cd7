"""Workbooks of invented persons, shaped like the list of 2026; the layout of 2024 after notes alone."""

import datetime as dt
import time

import pytest
from tests.sources.au_dfat.workbooks import a_workbook

from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.au_dfat import SOURCE
from tizim.sources.au_dfat.births import births
from tizim.sources.au_dfat.listings import dated
from tizim.sources.au_dfat.names import names
from tizim.sources.protocol import Hints

NAME = "Name of Individual or Entity"
OF_2024 = (
    "Reference", NAME, "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship", "Address",
    "Additional Information", "Listing Information", "Committees", "Control Date",
)  # fmt: skip
OF_2026 = (
    *OF_2024, "Alias Strength", "IMO Number", "Instrument of Designation", "Targeted Financial Sanction",
    "Travel Ban", "Arms Embargo", "Maritime Restriction",
)  # fmt: skip
PERSON = {
    "Reference": "2",
    NAME: "Ardan VELL",
    "Type": "Individual",
    "Name Type": "Primary Name",
    "Committees": "1988 (Taliban)",
    "Control Date": "2026-02-20",
    "Targeted Financial Sanction": "true",
    "Travel Ban": "true",
    "Arms Embargo": "false",
    "Maritime Restriction": "false",
}


def _a_file(*rows: dict[str, str], header: tuple[str, ...] = OF_2026, modified: str = "2031-05-04T05:58:50Z") -> bytes:
    return a_workbook([header, *([row.get(name, "") for name in header] for row in rows)], modified=modified)


def _the_readings(*rows: dict[str, str], header: tuple[str, ...] = OF_2026) -> list[EntryReading]:
    _, records = SOURCE.read(_a_file(*rows, header=header), "list.xlsx")
    return list(SOURCE.readings(records))


def _told(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    return [
        (claim.value, {k: v for k, v in claim.facets if k != "script"})
        for claim in reading.claims
        if claim.property is prop
    ]


def _of_information(text: str, prop: Property, kind: str = "Individual") -> list[tuple[str, dict[str, str]]]:
    (reading,) = _the_readings(PERSON | {"Type": kind, "Additional Information": text})
    return _told(reading, prop)


def test_rows_of_one_number_are_one_entry_with_a_name_each():
    """The number groups the rows, letters order the names, and a digit behind the letters changes nothing."""
    rows = [
        PERSON,
        PERSON | {"Reference": "2a", NAME: "Vell, Ard", "Name Type": "Alias", "Alias Strength": "Weak"},
        PERSON | {"Reference": "2ab1", NAME: "Ардан", "Name Type": "Original Script"},
        PERSON | {"Reference": "34c1", NAME: "Bard", "Name Type": "Alias"},
    ]

    first, second = _the_readings(*rows)

    assert (first.key, second.key) == ("2", "34")
    assert _told(first, Property.NAME) == [("Ardan VELL", {})]
    assert _told(first, Property.ALIAS) == [("Vell, Ard", {"quality": "low", "form": "family name first"})]
    assert _told(first, Property.ORIGINAL_NAME) == [("Ардан", {})]
    assert _told(first, Property.IMPOSED_MEASURE) == [("Targeted Financial Sanction", {}), ("Travel Ban", {})]
    assert [value for value, facets in _told(first, Property.HOUSEKEEPING) if facets["field"] == "Reference"] == [
        "2", "2a", "2ab1",
    ]  # fmt: skip


def test_the_layout_of_2024_lacks_seven_columns_and_reads_all_the_same():
    """Types come with trailing blanks and in many spellings there."""
    row = PERSON | {"Type": "individual ", "Name Type": "aka "}

    (reading,) = _the_readings({k: v for k, v in row.items() if k in OF_2024}, header=OF_2024)

    assert _told(reading, Property.KIND) == [("person", {})]
    assert _told(reading, Property.ALIAS) == [("Ardan VELL", {})]
    assert reading.unread == ()


def test_a_sheet_of_255_columns_mostly_empty_is_no_matter():
    """The publisher's sheet is that wide."""
    (reading,) = _the_readings(PERSON, header=(*OF_2026, *[""] * 236))

    assert reading.unread == ()


def test_a_row_without_a_type_is_of_the_kind_of_its_entry():
    """One row of the real list lacks it."""
    (reading,) = _the_readings(PERSON, PERSON | {"Reference": "2a", "Type": "", "Name Type": "Alias"})

    assert _told(reading, Property.KIND) == [("person", {})]


def test_unknown_words_and_columns_are_unread():
    """New things must be seen, and must break nothing."""
    row = PERSON | {"Type": "Robot", "Name Type": "Nickname", "Travel Ban": "perhaps", "Colour": "green"}

    (reading,) = _the_readings(row, header=(*OF_2026, "Colour"))

    assert {(left.field, left.value) for left in reading.unread} == {
        ("Type", "Robot"), ("Name Type", "Nickname"), ("Travel Ban", "perhaps"), ("Colour", "green"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1954-11-03", [("1954-11-03", "")]),
        ("12/03/1966", [("1966-03-12", "")]),
        ("1963", [("1963", "")]),
        ("1945, 1946, 1947, 1950", [("1950", ""), ("1945/1947", "1945, 1946, 1947")]),
        ("1970, 1969, 1971", [("1969/1971", "1970, 1969, 1971")]),
        ("03/1965, 04/1965", [("1965-03/1965-04", "03/1965, 04/1965")]),
        ("Approximately 1968, 1980", [("1968", "Approximately 1968"), ("1980", "")]),
        ("a) Approximately 1955-1958 b) 5 May 1957",
         [("1955/1958", "Approximately 1955-1958"), ("1957-05-05", "5 May 1957")]),
        ("14 Mar 1974 >> 13 Apr 1974", [("1974-03-14/1974-04-13", "14 Mar 1974 >> 13 Apr 1974")]),
        ("Between 1963 and 1968", [("1963/1968", "Between 1963 and 1968")]),
        ("1979, 1980.1981", [("1979/1981", "1979, 1980, 1981")]),
        ("28/04/1979, \n 28/04/1980", [("1979-04-28", ""), ("1980-04-28", "")]),
        ("1961,\n/02/1961", [("1961", ""), ("1961-02", "/02/1961")]),
        ("1/01/1966 28/08/1966", [("1966-01-01", ""), ("1966-08-28", "")]),
        ("1967\xa0\xa0", [("1967", "")]),
    ],
)  # fmt: skip
def test_birth_dates_are_read_in_their_many_forms(cell, expected):
    """Real dates, numbers and prose share one column."""
    found, unread = births(cell)

    assert [(birth.date, birth.printed) for birth in found] == expected
    assert unread == ()


def test_what_is_about_right_says_so():
    """Only what is printed beside the year makes it so."""
    found, _ = births("Approximately 1955-1958, 1980")

    assert [(birth.date, birth.about) for birth in found] == [("1955/1958", True), ("1980", False)]


@pytest.mark.parametrize("cell", ["10/061962", "7/02/1950/11/1950 08/08/1945", "in the spring", "45/13/1960"])
def test_a_garbled_birth_date_is_unread(cell):
    """Nothing is guessed from it."""
    (reading,) = _the_readings(PERSON | {"Date of Birth": cell})

    assert _told(reading, Property.BIRTH_DATE) == []
    assert [left.value for left in reading.unread] == [cell]


LISTED, AMENDED, AGAIN = Property.LISTED_ON, Property.AMENDED_ON, Property.REVIEWED_ON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Listed by the 1267 Committee on 24 Dec. 2001 ( amended on 13 Dec. 2011, 15 Nov. 2021 )",
         [(LISTED, "2001-12-24"), (AMENDED, "2011-12-13"), (AMENDED, "2021-11-15")]),
        ("29 Jul. 2011 ( amended on 24 Nov. 2020 )", [(LISTED, "2011-07-29"), (AMENDED, "2020-11-24")]),
        ("Listed on: 22 Dec. 2017", [(LISTED, "2017-12-22")]),
        ("First listed on 07/03/2013", [(LISTED, "2013-03-07")]),
        ("2013-03-07", [(LISTED, "2013-03-07")]),
        ("Listed on 19 Jun. 2014 (relisted on 16 Jun. 2017 and 10 June 2023)",
         [(LISTED, "2014-06-19"), (AGAIN, "2017-06-16"), (AGAIN, "2023-06-10")]),
        ("Designated under the Act on 2 March 2012. Formerly listed as 2009FRY0093. (Relisted on 12 January 2024)",
         [(LISTED, "2012-03-02"), (AGAIN, "2024-01-12")]),
        ("Instrument of First Listing: Charter List 2001 [F2021L00643, Gazette No. S 500, 21 December 2001]", []),
        ("Listed on 21 December 2001. Declared on 16 November 2014 and subsequently on 26 October 2017.",
         [(LISTED, "2001-12-21"), (AGAIN, "2014-11-16"), (AGAIN, "2017-10-26")]),
        ("Listed on 17 March 2011 pursuant to resolution 1973, as modified on 16 September.", [(LISTED, "2011-03-17")]),
        ("Met with others on 3 March 2011.", []),
        (("Listed on 4 December 2019. (This was a re-listing of a designation that was in effect from 27 November 2013 "
         "to 2 December 2019.) Relisted on 3 December 2022."), [(LISTED, "2019-12-04"), (AGAIN, "2022-12-03")]),
    ],
)  # fmt: skip
def test_days_are_told_by_the_sentences_they_stand_in(text, expected):
    """A day without such a sentence is only prose: those of gazettes are of the instrument."""
    assert [(day.property, day.date) for day in dated(text)] == expected


def test_the_prose_of_a_listing_stays_beside_its_days():
    """Whoever doubts a day can read the sentence, and numbers of the list before this one are kept."""
    text = "Designated on 2 March 2012. Formerly listed on the RBA Consolidated List as 2011SYR0039."
    (reading,) = _the_readings(PERSON | {"Listing Information": text})

    assert (text, {"field": "Listing Information"}) in _told(reading, Property.COMMENT)
    assert _told(reading, Property.OLD_REFERENCE) == [("2011SYR0039", {"list": "Reserve Bank of Australia"})]


def test_an_instrument_is_a_legal_basis_and_a_sentence_about_listing_is_none():
    """The column holds both."""
    act = "Instrument of first designation and declaration: Sanctions Instrument 2022 [F2022L00123]"
    with_act, without = _the_readings(
        PERSON | {"Instrument of Designation": act},
        PERSON | {"Reference": "3", "Instrument of Designation": "Listed on: 2 Jun. 2017 (amended on 26 Jul. 2022)"},
    )

    assert _told(with_act, Property.LEGAL_BASIS) == [
        ("Sanctions Instrument 2022 [F2022L00123]",
         {"kind": "first designation and declaration", "number": "F2022L00123"}),
    ]  # fmt: skip
    assert _told(without, Property.LEGAL_BASIS) == []
    assert [value for value, _ in _told(without, Property.LISTED_ON)] == ["2017-06-02"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Vell (previously listed as)", [("Vell", "", True, ())]),
        ("Vell (Previously listed as. In Arabic: فل )", [("Vell", "", True, ()), ("فل", "ar", True, ())]),
        ("Vell فل", [("Vell", "", False, ()), ("فل", "", False, ())]),
        ("ኤርሚ (Tigrinya)", [("ኤርሚ", "ti", False, ())]),
        ("Tango (Call sign)", [("Tango", "", False, ("Call sign",))]),
        ("Vell Front (VF)", [("Vell Front (VF)", "", False, ())]),
        ("“Vell”;", [("Vell", "", False, ())]),
    ],
)
def test_names_leave_bare_of_remarks(cell, expected):
    """A remark in a name would be searched as one."""
    assert [(said.text, said.language, said.former, said.remarks) for said in names(cell)] == expected


def test_only_the_number_at_the_head_of_the_prose_is_the_entrys_own():
    """Others within it are numbers of others."""
    text = "QDe.137. Associated with Al-Qaida (QDe.004)."
    other = "Al-Qaida (QDe.004) facilitator."

    assert _of_information(text, Property.CROSS_REFERENCE) == [("QDe.137", {"list": "un-1267", "source": "un-sc"})]
    assert _of_information(other, Property.CROSS_REFERENCE) == []


def test_numbers_within_the_prose_are_of_others_and_tie_the_entry_to_them():
    """Whom an organisation is tied to is told by the number that its prose prints; an old one by that of today."""
    text = "QDe.137. Associated with Al-Qaida (QDe.004). Father is Ard (QI.B.217.06). QDe.137 again."

    assert _of_information(text, Property.RELATION, "Entity") == [
        ("QDe.004", {"phrase": "associated with", "name": "Al-Qaida", "with": "un-sc:QDe.004"}),
        ("QI.B.217.06", {"phrase": "mentions", "name": "Ard", "with": "un-sc:QDi.217"}),
    ]


@pytest.mark.parametrize(
    ("text", "prop", "expected"),
    [
        ("TAi.022 Title: a) Mullah b) Hadji. Designation: Minister of Mills, under Vell. Died.", Property.TITLE,
         ["Mullah", "Hadji"]),
        ("TAi.022 Title: a) Mullah b) Hadji. Designation: Minister of Mills, under Vell. Died.", Property.POSITION,
         ["Minister of Mills, under Vell"]),
        ("Title: Dr. Passport no: 123456", Property.TITLE, ["Dr"]),
        ("Last known position - Owner of Vell Group; Passport no. 123456", Property.POSITION,
         ["Owner of Vell Group"]),
        ("Gender: male. Tall.", Property.GENDER, ["male"]),
        ("Father’s name is Ard Vell, mother’s name is Bard.", Property.FEATURE, ["Ard Vell", "Bard"]),
        ("Website: http://www.vell.example; a@vell.example", Property.CONTACT,
         ["http://www.vell.example", "a@vell.example"]),
        ("Tel: +1 234 567 89", Property.CONTACT, ["+1 234 567 89"]),
        ("Previous names include ASHER, MULAN", Property.ALIAS, ["ASHER", "MULAN"]),
        ("Review pursuant to Security Council resolution 1822 (2008) was concluded on 21 Jul. 2010.",
         Property.REVIEWED_ON, ["2010-07-21"]),
        ("Review pursuant to Security Council 1822(2008) was concluded on 21 Jul. 2010.", Property.REVIEWED_ON,
         ["2010-07-21"]),
    ],
)  # fmt: skip
def test_what_stands_behind_a_label_is_drawn_out_of_the_prose(text, prop, expected):
    """The prose itself stays whole beside it."""
    assert [value for value, _ in _of_information(text, prop)] == expected
    assert _of_information(text, Property.COMMENT)[-1] == (text, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passport no: a) 123456, issued in Ardland b) X 765432. Died.",
         [("123456", "passport", "Ardland"), ("X 765432", "passport", "")]),
        ("British passport number 123456789, issued on 7 Jan. 2014 (expires on 7 Jan. 2024). Fled.",
         [("123456789", "passport", "")]),
        ("Passport no.: 1234567 issued in Vellburg National identification no.: identity card no 7654321",
         [("1234567", "passport", "Vellburg"), ("7654321", "identity card", "")]),
        ("State registration number: 1234567890", [("1234567890", "state registration number", "")]),
        ("Company Identification No. 1234567890", [("1234567890", "company identification number", "")]),
        ("SWIFT/BIC: VELLARXX. Bank.", [("VELLARXX", "SWIFT/BIC", "")]),
        ("IMO number: 1234567.", [("1234567", "IMO number", "")]),
        ("Passport no.: 199110092; 472220503; 654220197.",
         [("472220503", "passport", ""), ("654220197", "passport", ""), ("199110092", "passport", "")]),
        ("Passport number: 654220247 and PD381210081 (expired 2015)",
         [("PD381210081", "passport", ""), ("654220247", "passport", "")]),
        ("Passport number: a) C-267185 (issued in Vellburg in Jul. 1996) i) H-123259",
         [("C-267185", "passport", "Vellburg"), ("H-123259", "passport", "")]),
        ("Passport no 123456; died in 2001 and was buried.", [("123456", "passport", "")]),
        ("Egyptian passport issued in 1993", []),
        ("Has no passport.", []),
        ("National identification no: na", []),
    ],
)  # fmt: skip
def test_numbers_of_papers_are_drawn_out_with_their_type(text, expected):
    """Only behind a label that says what they are."""
    told = _of_information(text, Property.IDENTIFIER)

    assert [(value, facets["type"], facets.get("issued_in", "")) for value, facets in told] == expected


def test_what_an_organisation_was_designated_for_is_no_position():
    """*Designation* means an office of a person only."""
    text = "IRe.007. Designation: supports the mills of Vell."

    assert _of_information(text, Property.POSITION, "Entity") == []


def test_a_review_without_a_day_is_unread():
    """The year is not guessed."""
    text = "Review pursuant to Security Council resolution 2368 (2017) was concluded on 4 Dec."
    (reading,) = _the_readings(PERSON | {"Additional Information": text})

    assert [left.field for left in reading.unread] == ["Additional Information (review)"]


def test_places_and_states_are_parted():
    """Lists with letters, semicolons and commas."""
    row = PERSON | {
        "Place of Birth": "POB: a) Vell, Ardland b) Bard, Ardland",
        "Citizenship": "Ardland\n, Bardland",
        "Address": "1 Mill Lane, Vell;\n\n2 Hill Road, Bard",
    }
    (reading,) = _the_readings(row)

    assert [value for value, _ in _told(reading, Property.BIRTH_PLACE)] == ["Vell, Ardland", "Bard, Ardland"]
    assert [value for value, _ in _told(reading, Property.NATIONALITY)] == ["Ardland", "Bardland"]
    assert [value for value, _ in _told(reading, Property.ADDRESS)] == ["1 Mill Lane, Vell", "2 Hill Road, Bard"]


def test_a_workbook_is_of_the_day_it_was_last_changed():
    """Where it does not say so, of the day given, else of the newest day on which a row was touched."""
    given = Hints(instant=dt.datetime(2031, 6, 1, tzinfo=dt.UTC), by="as given")

    changed, _ = SOURCE.read(_a_file(PERSON), "list.xlsx", given)
    told, _ = SOURCE.read(_a_file(PERSON, modified=""), "list.xlsx", given)
    untold, _ = SOURCE.read(_a_file(PERSON, modified=""), "list.xlsx")

    assert changed.instant == dt.datetime(2031, 5, 4, 5, 58, 50, tzinfo=dt.UTC)
    assert told.date == dt.date(2031, 6, 1)
    assert untold.date == dt.date(2026, 2, 20)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Reference,Name", "no XLSX"),
        (_a_file(PERSON)[:-40], "cut off|no XLSX"),
        (_a_file(), "no entries"),
        (_a_file(PERSON, PERSON), "row 3: has the reference 2, as has row 2"),
        (_a_file(PERSON | {"Reference": "see above"}), "row 2: Reference 'see above' is no number"),
        (_a_file(PERSON | {"Reference": ""}), "row 2"),
    ],
)
def test_a_workbook_that_is_not_whole_is_refused_whole(data, reason):
    """Half a list would look like delistings."""
    with pytest.raises(SourceRefused, match=reason):
        SOURCE.read(data, "list.xlsx")


@pytest.mark.parametrize(
    ("header", "reason"), [(OF_2026[1:], "column Reference"), (OF_2024[:-1], "lacks the column Control Date")]
)
def test_a_missing_column_is_a_changed_form(header, reason):
    """Reading on would lose what it said."""
    with pytest.raises(SourceSuspicious, match=reason):
        SOURCE.read(_a_file(PERSON, header=header), "list.xlsx")


def test_the_same_bytes_twice_give_the_same_readings():
    """A statement's id rests on this."""
    assert _the_readings(PERSON) == _the_readings(PERSON)


@pytest.mark.parametrize("text", ["Title: a) ", "a.", "www.", "passport no: ", "Father’s name is ", "Vell "])
@pytest.mark.parametrize("column", [NAME, "Additional Information", "Listing Information"])
def test_a_cell_of_nothing_but_labels_is_read_in_a_moment(column, text):
    """Looking from each of twenty thousand labels to the end of the cell would take minutes."""
    started = time.process_time()

    _the_readings(PERSON | {column: text * 20_000 if column != NAME else text * 6_000})

    assert time.process_time() - started < 10
