import datetime as dt

import pytest
from tests.sources.table.making import an_xlsx

from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.ae_eocn import SOURCE
from tizim.sources.protocol import Hints

P = Property
HINTS = Hints(instant=dt.datetime(2031, 5, 4, tzinfo=dt.UTC), by="as given")
PERSONS, REMOVED = "الأفراد المدرجين في قائمة الإرهاب المحلية", "المرفوعين من قائمة الإرهاب المحلية"
GROUPS = ["أولاً- المعلومات الرئيسية", "", "", "", "", "", "", "", "", "ثانيًا", "ثالثًا- العنوان"]
HEADER = [
    "#", "التصنيف", "الجنسية", "اسم العائلة (بالحروف العربية)", "اسم العائلة\n (بالحروف اللاتينية)",
    "الاسم الكامل (بالحروف العربية)", "الاسم الكامل (بالحروف اللاتينية)", "تاريخ الميلاد ", "مكان الميلاد", "الاسم",
    "الشارع   ", "المدينة", "الدولة", "النوع ", "رقم الوثيقة     ", "جهة الإصدار    ", "تاريخ الإصدار ",
    "تاريخ الانتهاء", "معلومات أخرى",
]  # fmt: skip
ACT = "مدرج بموجب قرار مجلس الوزراء رقم (7) لسنة 2030"


def a_row(**cells: str) -> list[str]:
    """A row of an invented person; cells by short names."""
    given = {
        "number": "1", "category": "شخص إرهابي", "nationality": "-", "family_ar": "-", "family_lat": "-",
        "arabic": "رودولف زندا ", "latin": "RUDOLF ZENDA", "born": "-", "born_at": "-", "known_as": "-",
        "street": "-", "city": "-", "country": "-", "kind": "-", "document": "-", "issuer": "-", "issued": "-",
        "expires": "-", "information": ACT,
    } | cells  # fmt: skip
    return list(given.values())


def a_sheet(*rows: list[str], title: str = PERSONS, header: list[str] = HEADER) -> list[list[str]]:
    """A sheet with its title, its row of groups and its header."""
    return [[title], GROUPS, header, *rows]


def as_csv(sheet: list[list[str]]) -> bytes:
    """The sheet saved as CSV, with a byte order mark and rows of one width."""
    lines = [",".join(f'"{cell}"' for cell in [*row, *[""] * (len(sheet[2]) - len(row))]) for row in sheet]
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode()


def the_reading(**cells: str) -> EntryReading:
    """What a row of these cells says."""
    _, records = SOURCE.read(as_csv(a_sheet(a_row(**cells))), "list.csv", HINTS)
    return SOURCE.map(records[0])


def said(reading: EntryReading, prop: Property) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Values and facets of one property, in order."""
    return [(claim.value, claim.facets) for claim in reading.claims if claim.property is prop]


def test_a_sheet_saved_as_csv_is_a_line_of_its_own_and_not_complete():
    """It says nothing of those on the sheets that are not in it; its header takes two lines."""
    facts, records = SOURCE.read(as_csv(a_sheet(a_row())), "list.csv", HINTS)

    assert facts.source == "ae-local/sheet"
    assert not facts.complete
    assert facts.date == dt.date(2031, 5, 4)
    assert facts.title == "Local terrorist list of the UAE (one sheet), dated as given, 2031-05-04"
    assert records[0].place == "row 5[1]"
    assert SOURCE.info.part_of(facts.source) is not None


def test_a_csv_without_a_date_is_at_the_earliest_of_its_newest_decision():
    """It tells an old sight for older than it is, never for newer."""
    facts, _ = SOURCE.read(as_csv(a_sheet(a_row())), "list.csv")

    assert facts.date == dt.date(2030, 1, 1)
    assert "undated" in facts.title


def test_a_workbook_has_all_sheets_and_those_taken_off_are_no_members():
    """Removal is stated here, so it must not be lost, nor read as a listing."""
    vessels = ["#", "اسم السفينة (بالحروف اللاتينية)", "العلم", "رقم المنظمة البحرية الدولية", "معلومات أخرى"]
    data = an_xlsx({
        "الأفراد": a_sheet(a_row()),
        "الكيانات": a_sheet(a_row(latin="ZENDA TRADING", category="كيان إرهابي", nationality="قطر"),
                            title="الكيانات المدرجة في قائمة الإرهاب المحلية"),
        "السفن": a_sheet(["1", "SEA OF ZENDA", "بنما", "9999999", ACT], title="السفن المدرجة", header=vessels),
        "الشطب": a_sheet([*a_row(latin="RUPERT HENTZAU"), "03-06-2030"], title=REMOVED,
                         header=[*HEADER, "تاريخ الشطب"]),
    })  # fmt: skip

    facts, records = SOURCE.read(data, "list.xlsx", HINTS)
    persons, organisation, vessel, removed = SOURCE.readings(records)

    assert facts.source == "ae-local"
    assert facts.complete
    assert facts.entries == 4
    assert said(persons, P.KIND) == [("person", ())]
    assert said(organisation, P.KIND) == [("organisation", ())]
    assert said(organisation, P.COUNTRY) == [("قطر", ())]
    assert said(vessel, P.KIND) == [("vessel", ())]
    assert said(vessel, P.NAME) == [("SEA OF ZENDA", facets(script="Latn"))]
    assert said(vessel, P.IDENTIFIER) == [("9999999", facets(type="IMO number"))]
    assert said(vessel, P.FEATURE) == [("بنما", facets(field="flag"))]
    assert [said(entry, P.MEMBER) for entry in (persons, organisation, vessel)] == [[("ae-cab", ())]] * 3
    assert said(removed, P.MEMBER) == []
    assert said(removed, P.STATUS) == [("removed", ())]
    assert said(removed, P.DELISTED_ON) == [("2030-06-03", ())]
    assert removed.key == "rupert-hentzau"
    assert not any(entry.unread for entry in (persons, organisation, vessel, removed))


def test_a_last_decision_that_takes_off_is_a_removal_on_any_sheet():
    """Whoever reads the row would not take the person for listed."""
    reading = the_reading(information=f"{ACT}، وتم شطبه بموجب قرار مجلس الوزراء رقم (9) لسنة 2031")

    assert said(reading, P.STATUS) == [("removed", ())]
    assert said(reading, P.MEMBER) == []
    assert said(reading, P.LEGAL_BASIS)[1] == (
        "قرار مجلس الوزراء رقم (9) لسنة 2031",
        facets(kind="Cabinet decision", number="9", date="2031", of="removal"),
    )


def test_the_decision_is_the_legal_basis_with_number_and_year():
    """Arabic digits are the same numbers; other prose is kept as a remark."""
    plain = the_reading()
    other = the_reading(information="قرار مجلس الوزراء رقم ٧ لسنة ٢٠٣٠ (معدل)")

    expected = facets(kind="Cabinet decision", number="7", date="2030")
    assert said(plain, P.LEGAL_BASIS) == [("قرار مجلس الوزراء رقم (7) لسنة 2030", expected)]
    assert said(plain, P.COMMENT) == []
    assert said(other, P.LEGAL_BASIS) == [("قرار مجلس الوزراء رقم 7 لسنة 2030", expected)]
    assert said(other, P.COMMENT) == [("قرار مجلس الوزراء رقم ٧ لسنة ٢٠٣٠ (معدل)", ())]


@pytest.mark.parametrize("number", ["1", "99"])
def test_the_key_is_name_and_birth_date_and_never_the_running_number(number):
    """The number shifts whenever a row is added above."""
    reading = the_reading(number=number, latin="Rudolf  'ZENDA' ", born="17/02/1967")

    assert reading.key == "rudolf-zenda/1967-02-17"
    assert reading.subject == "ae-local:rudolf-zenda/1967-02-17"
    assert said(reading, P.HOUSEKEEPING) == [(number, facets(field="running number"))]


def test_without_a_latin_name_the_arabic_is_key_and_name():
    """Some entries may have no other."""
    reading = the_reading(latin="-")

    assert reading.key == "رودولف-زندا"
    assert said(reading, P.NAME) == said(reading, P.ORIGINAL_NAME) == [("رودولف زندا", facets(script="Arab"))]


def test_several_names_in_a_cell_are_parted():
    """By signs or "or"; a name in brackets at the end is another one."""
    reading = the_reading(
        latin="Rudolf Zenda - Rudolf of Zenda + R AL-ZENDA", arabic="رودولف زندا أو رودولف، رودي (أبو زندا)",
        known_as="رودولف زندا (أبو خليل)", family_ar="زندا", family_lat="ZENDA",
    )  # fmt: skip

    assert said(reading, P.NAME) == [("Rudolf Zenda", facets(script="Latn"))]
    assert said(reading, P.ORIGINAL_NAME) == [("رودولف زندا", facets(script="Arab"))]
    assert [value for value, _ in said(reading, P.ALIAS)] == [
        "Rudolf of Zenda", "R AL-ZENDA", "رودولف", "رودي", "أبو زندا", "أبو خليل",
    ]  # fmt: skip
    assert said(reading, P.FEATURE) == [
        ("زندا", facets(field="family name", script="Arab")),
        ("ZENDA", facets(field="family name", script="Latn")),
    ]


@pytest.mark.parametrize(
    ("printed", "date"), [("13-07-1989", "1989-07-13"), (" 17/02/1967 ", "1967-02-17"), ("1975", "1975")]
)
def test_birth_dates_are_days_or_years(printed, date):
    """The day stands first."""
    assert said(the_reading(born=printed), P.BIRTH_DATE) == [(date, ())]


def test_a_birth_date_that_is_none_is_unread():
    """Nothing is guessed."""
    reading = the_reading(born="31-02-1975")

    assert said(reading, P.BIRTH_DATE) == []
    assert [(left.field, left.value) for left in reading.unread] == [("تاريخ الميلاد", "31-02-1975")]


def test_a_document_has_its_issuer_and_dates_and_two_numbers_their_countries():
    """Two passports stand in one cell, each with the adjective of its country."""
    one = the_reading(kind="جواز سفر", document="A1", issuer="قطر", issued="29-05-2012", expires="28-05-2022")
    two = the_reading(kind="جواز السفر", document=" تركي رقم: U2\n إماراتي رقم: N3", issuer="تركيا و الإمارات")

    assert said(one, P.IDENTIFIER) == [
        ("A1", facets(type="جواز سفر", issuer="قطر", issued="2012-05-29", expires="2022-05-28"))
    ]
    assert said(two, P.IDENTIFIER) == [
        ("U2", facets(type="جواز السفر", issuer="تركيا و الإمارات", country="تركي")),
        ("N3", facets(type="جواز السفر", issuer="تركيا و الإمارات", country="إماراتي")),
    ]


def test_a_document_without_a_number_is_no_identifier():
    """Two passports of which no number is told would look like one."""
    reading = the_reading(kind="جواز سفر", issuer="ليبيا", issued="11-09-2019")

    assert said(reading, P.IDENTIFIER) == []
    assert said(reading, P.FEATURE) == [
        ("جواز سفر", facets(field="document without number", issuer="ليبيا", issued="2019-09-11"))
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("قطر ", [("قطر", "")]),
        ("السعودية / الكويت", [("السعودية", ""), ("الكويت", "")]),
        ("سانت كيتس - نافيس ", [("سانت كيتس - نافيس", "")]),
        ("الحالية: السويد السابقة: ليبيريا", [("السويد", "current"), ("ليبيريا", "former")]),
    ],
)
def test_nationalities_are_parted(printed, expected):
    """Two by a stroke; the present and the former by their words."""
    reading = the_reading(nationality=printed)

    assert said(reading, P.NATIONALITY) == [(value, facets(note=note)) for value, note in expected]


def test_an_address_is_made_of_its_three_cells():
    """Those that say nothing are left out."""
    reading = the_reading(city="إسطنبول", country="تركيا")

    assert said(reading, P.ADDRESS) == [("إسطنبول, تركيا", facets(city="إسطنبول", country="تركيا"))]


def test_unknown_columns_and_classes_are_unread_by_their_names():
    """They break nothing."""
    sheet = a_sheet([*a_row(category="نجم"), "x"], header=[*HEADER, "صورة"])

    _, records = SOURCE.read(as_csv(sheet), "list.csv", HINTS)
    reading = SOURCE.map(records[0])

    assert [(left.field, left.value) for left in reading.unread] == [("التصنيف", "نجم"), ("صورة", "x")]
    assert said(reading, P.KIND) == [("person", ())]


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"", SourceRefused, "the file is empty"),
        (b"<!doctype html><html></html>", SourceRefused, "a page of HTML"),
        (as_csv(a_sheet()), SourceRefused, "no entries"),
        (as_csv(a_sheet(a_row(number=""))), SourceRefused, "row 5: has cells but no number"),
        (as_csv(a_sheet(a_row())) + b'\r\n"2","x"', SourceRefused, "row 6: has 2 cells, the header 19: cut off"),
        (as_csv(a_sheet(a_row())) + b'\r\n"2', SourceRefused, "line 6"),
        (as_csv(a_sheet(a_row(), header=["رقم", *HEADER[1:]])), SourceSuspicious, "begins with #"),
        (as_csv(a_sheet(a_row()[:5], header=HEADER[:5])), SourceSuspicious, "no column of full names"),
        (as_csv(a_sheet(a_row(), title="قائمة")), SourceSuspicious, "neither its name nor its title says"),
        (an_xlsx({"الأفراد": a_sheet(a_row())})[:-40], SourceRefused, "cut off"),
    ],
)
def test_what_is_not_the_whole_list_is_refused_or_set_aside(data, error, reason):
    """A sheet of unknown meaning could list those who were taken off."""
    with pytest.raises(error, match=reason):
        SOURCE.read(data, "list.csv", HINTS)


def test_one_name_with_one_birth_date_twice_is_refused():
    """The two could not be told apart in any later document."""
    _, records = SOURCE.read(as_csv(a_sheet(a_row(), a_row(number="2", latin="Rudolf Zenda"))), "list.csv", HINTS)

    with pytest.raises(SourceRefused, match=r"row 6\[2\]: has the key rudolf-zenda, as has row 5\[1\]"):
        list(SOURCE.readings(records))


def test_a_row_without_a_name_is_refused():
    """It has no identity."""
    _, records = SOURCE.read(as_csv(a_sheet(a_row(latin="-", arabic="-"))), "list.csv", HINTS)

    with pytest.raises(SourceRefused, match="has no name"):
        SOURCE.map(records[0])


def test_the_same_bytes_give_the_same_readings():
    """A statement's id rests on this."""
    data = as_csv(a_sheet(a_row(born="1975"), a_row(number="2", latin="RUPERT HENTZAU")))

    once, again = (SOURCE.read(data, name, HINTS) for name in ("a.csv", "b.csv"))

    assert once == again
    assert list(SOURCE.readings(once[1])) == list(SOURCE.readings(again[1]))
