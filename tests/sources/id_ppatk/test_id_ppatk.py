import datetime as dt

import pytest
from tests.sources.table.making import an_xlsx

from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.id_ppatk import SOURCE
from tizim.sources.id_ppatk.dates import dates
from tizim.sources.protocol import Hints

P = Property
HEADER = ("Nama", "Deskripsi", "Terduga", "Kode Densus", "Tpt Lahir", "Tgl Lahir", "WN", "Alamat")
HINTS = Hints(instant=dt.datetime(2031, 5, 4, tzinfo=dt.UTC), by="as given")


def a_row(**cells: str) -> list[str]:
    """A row of an invented person; cells by short names."""
    given = {
        "name": "RUDOLF RASSENDYLL", "prose": "-", "kind": "Orang", "code": "ILT-901", "place": "-",
        "born": "00/00/0000", "nationality": "", "address": "-",
    } | cells  # fmt: skip
    return list(given.values())


def a_workbook(*rows: list[str], header: tuple[str, ...] = HEADER) -> bytes:
    """A workbook of the list's form."""
    return an_xlsx({"Export": [list(header), *rows]})


def the_reading(**cells: str) -> EntryReading:
    """What a row of these cells says."""
    _, records = SOURCE.read(a_workbook(a_row(**cells)), "list.xlsx", HINTS)
    return SOURCE.map(records[0])


def said(reading: EntryReading, prop: Property) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Values and facets of one property, in order."""
    return [(claim.value, claim.facets) for claim in reading.claims if claim.property is prop]


def test_the_facts_of_a_document_are_those_it_has():
    """The list prints no date: it is that given with it, and the title tells how it is known."""
    facts, records = SOURCE.read(a_workbook(a_row(), a_row(code="ELQ-902", kind="Korporasi")), "list.xlsx", HINTS)

    assert facts.source == "id-dttot"
    assert facts.date == dt.date(2031, 5, 4)
    assert facts.entries == len(records) == 2
    assert facts.complete
    assert facts.title == "DTTOT of Indonesia, dated as given, 2031-05-04"
    assert records[0].place == "row 2[ILT-901]"
    assert dict(records[0].fields)["Nama"] == "RUDOLF RASSENDYLL"


def test_the_code_is_the_key_and_tells_the_origin():
    """Its letters are the only word on where a designation comes from."""
    reading = the_reading(code="IDQ-902")

    assert (reading.key, reading.subject) == ("IDQ-902", "id-dttot:IDQ-902")
    assert said(reading, P.MEMBER) == [("id-dttot", ())]
    assert said(reading, P.PROGRAMME) == [("Al-Qaida", facets(code="IDQ"))]
    assert said(reading, P.FEATURE) == [("domestic", facets(field="origin"))]


@pytest.mark.parametrize("printed", ["ilt-901", " ILT- 901", "ILT-901 "])
def test_a_code_in_another_spelling_is_the_same_key(printed):
    """An entry must not come and go with a blank."""
    reading = the_reading(code=printed)

    assert reading.key == "ILT-901"
    assert ("ILT-901", ()) in said(reading, P.REFERENCE)


def test_a_code_of_another_form_is_kept_and_its_letters_are_unread():
    """Nothing is guessed of where the designation comes from."""
    reading = the_reading(code="XYZ-1")

    assert reading.key == "XYZ-1"
    assert [(left.field, left.value) for left in reading.unread] == [("Kode Densus (letters)", "XYZ-1")]


def test_a_code_that_stands_twice_is_owned_by_neither_entry():
    """Two subjects must not become one by a slip of the publisher."""
    _, records = SOURCE.read(a_workbook(a_row(), a_row(name="RUPERT HENTZAU alias RUPERT")), "list.xlsx", HINTS)

    keys = [reading.key for reading in SOURCE.readings(records)]

    assert keys == ["ILT-901/rudolf-rassendyll", "ILT-901/rupert-hentzau"]


def test_one_code_and_one_name_twice_are_refused():
    """Whichever was taken, the other would be lost."""
    _, records = SOURCE.read(a_workbook(a_row(), a_row()), "list.xlsx", HINTS)

    with pytest.raises(SourceRefused, match="has the key ILT-901/rudolf-rassendyll, as has row 2"):
        list(SOURCE.readings(records))


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("A SAPT alias B SAPT ALIAS C SAPT Alias D SAPT;", ["A SAPT", "B SAPT", "C SAPT", "D SAPT"]),
        ("A SAPT allias B SAPT alais C SAPT alian D SAPT", ["A SAPT", "B SAPT", "C SAPT", "D SAPT"]),
        ("Emir Sapt a.k.a. Abu Sapt\n", ["Emir Sapt", "Abu Sapt"]),
        ("SAPT ALIASHVILI", ["SAPT ALIASHVILI"]),
        ("SAPT  BIN\nSAPT alias  alias SAPT -;", ["SAPT BIN SAPT", "SAPT"]),
    ],
)
def test_names_are_parted_by_the_word_alias_however_written(printed, names):
    """The word is mistyped in real rows, and is part of names too."""
    reading = the_reading(name=printed)

    assert [value for value, _ in said(reading, P.NAME) + said(reading, P.ALIAS)] == names


def test_the_same_name_in_another_script_is_the_original():
    """Behind the first name it is its original, as an alias of its own it is an alias."""
    reading = the_reading(name="ZENDA GROUP (ZG) مجموعة زندا alias Группа Зенды", kind="Korporasi", code="ELQ-902")

    assert said(reading, P.NAME) == [("ZENDA GROUP (ZG)", facets(script="Latn"))]
    assert said(reading, P.ORIGINAL_NAME) == [("مجموعة زندا", facets(script="Arab"))]
    assert said(reading, P.ALIAS) == [("Группа Зенды", facets(script="Cyrl"))]


def test_a_family_name_before_a_comma_and_remarks_in_brackets_are_told_apart():
    """A remark is no part of a name, and the order of a name is said."""
    reading = the_reading(name="A SAPT alias SAPT, ABDUL alias AS (inisial)")

    assert said(reading, P.ALIAS) == [
        ("SAPT, ABDUL", facets(script="Latn", form="family name first")),
        ("AS", facets(script="Latn")),
    ]
    assert said(reading, P.COMMENT) == [("inisial", facets(of="AS"))]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("07/02/1969", [("1969-02-07", {})]),
        ("00/03/1969", [("1969-03", {})]),
        ("00/00/1969", [("1969", {})]),
        ("00/00/1970-1973", [("1970/1973", {"printed": "00/00/1970-1973"})]),
        ("1978-06-26", [("1978-06-26", {})]),
        ("5 Oktober 1991;", [("1991-10-05", {"printed": "5 Oktober 1991"})]),
        ("05/10/1976 atau 01/10/1976", [("1976-10-05", {}), ("1976-10-01", {})]),
        ("1 Mei 1983 atau\n2 Agustus 1984", [("1983-05-01", {"printed": "1 Mei 1983"}),
                                             ("1984-08-02", {"printed": "2 Agustus 1984"})]),
        ("a) 1966 b) antara 1958 dan 1964", [("1966", {}), ("1958/1964", {"printed": "antara 1958 dan 1964"})]),
        ("Antara tahun 1957 dan 1960", [("1957/1960", {"printed": "Antara tahun 1957 dan 1960"})]),
        ("Perkiraan 1950", [("1950", {"printed": "Perkiraan 1950", "about": "circa"})]),
        ("antara 1970 dan 1973 (sekitar)",
         [("1970/1973", {"printed": "antara 1970 dan 1973 (sekitar)", "about": "circa"})]),
        ("24/06/1402 (kalender Hijriah)",
         [("1982-04-18/1982-04-20", {"printed": "24/06/1402 (kalender Hijriah)", "calendar": "islamic"})]),
    ],
)  # fmt: skip
def test_birth_dates_are_read_in_all_their_forms(printed, expected):
    """Digits, Indonesian words, several in a cell, spans, about, and the Islamic calendar."""
    reading = the_reading(born=printed)

    assert said(reading, P.BIRTH_DATE) == [(date, facets(**pairs)) for date, pairs in expected]
    assert not reading.unread


@pytest.mark.parametrize("printed", ["31/02/1969", "24/06/1402", "1973 sampai 1970", "antara 1973 dan 1970", "soon"])
def test_a_birth_date_that_is_none_is_unread(printed):
    """A year before 1850 is of another calendar that is not named."""
    reading = the_reading(born=printed)

    assert said(reading, P.BIRTH_DATE) == []
    assert [(left.field, left.value) for left in reading.unread] == [("Tgl Lahir", printed)]


@pytest.mark.parametrize("nothing", ["00/00/0000", "-", "", "na", "N/A", "-na", " - "])
def test_cells_that_say_nothing_make_nothing(nothing):
    """The list has five ways of saying that it does not know."""
    reading = the_reading(born=nothing, place=nothing, nationality=nothing, address=nothing, prose=nothing)

    said_of = {claim.property for claim in reading.claims}
    assert said_of == {P.MEMBER, P.KIND, P.REFERENCE, P.PROGRAMME, P.FEATURE, P.NAME}
    assert not reading.unread


def test_an_organisation_is_not_born():
    """What stands there of one is left to a person."""
    reading = the_reading(kind="Korporasi", code="ELQ-902", born="07/02/1969", place="Zenda", nationality="Ruritania")

    assert {left.field for left in reading.unread} == {"Tgl Lahir", "Tpt Lahir"}
    assert said(reading, P.COUNTRY) == [("Ruritania", ())]
    assert said(reading, P.NATIONALITY) == []


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Wakil menteri. DOB: a) 1 Jan. 1966 b) sekitar 1970", ["1966-01-01", "1970"]),
        ("tanggal lahir lainnya 18 April 1982, 24/06/1402 Kalender Hijriah", ["1982-04-18", "1982-04-18/1982-04-20"]),
        ("dob 1966/1969", ["1966", "1969"]),
        ("Ybs lahir pada tahun 1958", ["1958"]),
        ("Tahun lahir:\na) 1966 \nb) antara tahun 1968 and 1970", ["1966", "1968/1970"]),
        ("DOB: sekitar 1968 dan 1973", []),
        ("tempat tanggal lahir an. Sapt: 14 Maret 1983", []),
        ("resolusi 1822 (2008), ditahan tahun 2013", []),
    ],
)
def test_the_prose_tells_birth_dates_only_behind_a_label(prose, expected):
    """Other years in it are of other things; where "and" may mean a span nothing is taken."""
    reading = the_reading(prose=prose)

    assert [value for value, _ in said(reading, P.BIRTH_DATE)] == expected
    assert said(reading, P.COMMENT) == [(" ".join(prose.split()), ())]


def test_un_numbers_in_the_prose_are_of_others():
    """They name the groups that the entry is tied to; a cross reference would make two subjects one."""
    reading = the_reading(prose="Pemimpin Zenda (QDe.901), terdaftar pada tanggal 29 Desember 2021")

    assert said(reading, P.RELATION) == [("QDe.901", (("phrase", "mentions"), ("with", "un-sc:QDe.901")))]
    assert said(reading, P.CROSS_REFERENCE) == said(reading, P.LISTED_ON) == []


def test_numbers_and_contacts_in_the_prose_are_drawn_out():
    """Where they stand behind their label."""
    reading = the_reading(
        prose="1. NIK 1234567890123456;\n2. nomor paspor Ruritania 1234567, 7654321. \n3. telp: 0123 456 789, "
        "0123-456-780;\n4. email: a@zenda.example;\n5. https://zenda.example/x?y=1;"
    )

    assert said(reading, P.IDENTIFIER) == [
        ("1234567", facets(type="passport", country="Ruritania")),
        ("7654321", facets(type="passport", country="Ruritania")),
        ("1234567890123456", facets(type="NIK")),
    ]
    assert said(reading, P.CONTACT) == [
        ("0123 456 789", facets(kind="phone")),
        ("0123-456-780", facets(kind="phone")),
        ("a@zenda.example", facets(kind="e-mail")),
    ]
    assert said(reading, P.LINK) == [("https://zenda.example/x?y=1", ())]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("- Zenda, Ruritania (Sejak 2016)\n- Strelsau;", [("Zenda, Ruritania", "Sejak 2016"), ("Strelsau", "")]),
        ("a) Zenda (alamat sebelumnya) b) Strelsau", [("Zenda", "alamat sebelumnya"), ("Strelsau", "")]),
        ("1. jalan Zenda no. 5;\n2. jalan Strelsau;;", [("jalan Zenda no. 5", ""), ("jalan Strelsau", "")]),
        ("Kantor cabang 1: \nZenda \nKantor cabang 2:\nStrelsau", [("Zenda", "Kantor cabang 1"),
                                                                   ("Strelsau", "Kantor cabang 2")]),
        ("Zenda atau Strelsau", [("Zenda", ""), ("Strelsau", "")]),
        ("Diyakini di Zenda atau Strelsau", [("Diyakini di Zenda atau Strelsau", "")]),
        ("jalan Zenda nomor\n7, Strelsau", [("jalan Zenda nomor 7, Strelsau", "")]),
        ("Zenda (Old Town)\n\nStrelsau", [("Zenda (Old Town)", ""), ("Strelsau", "")]),
    ],
)  # fmt: skip
def test_the_addresses_of_a_cell_are_parted(printed, expected):
    """By bullets, numbers, letters, blank lines, "or" and the labels of branches; remarks become notes."""
    reading = the_reading(address=printed)

    assert said(reading, P.ADDRESS) == [(value, facets(note=note)) for value, note in expected]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Zenda, Ruritania atau Strelsau, Ruritania", ["Zenda, Ruritania", "Strelsau, Ruritania"]),
        (") Zenda b) Strelsau", ["Zenda", "Strelsau"]),
        ("a. Zenda b. Strelsau", ["Zenda", "Strelsau"]),
        ("Zenda, Ruritania/Strelsau, Ruritania", ["Zenda, Ruritania", "Strelsau, Ruritania"]),
        ("Chak 36/DNB, Zenda", ["Chak 36/DNB, Zenda"]),
    ],
)
def test_the_birth_places_of_a_cell_are_parted(printed, expected):
    """A slash parts places only where both sides are whole."""
    assert [value for value, _ in said(the_reading(place=printed), P.BIRTH_PLACE)] == expected


def test_a_birth_place_may_bring_its_date():
    """One real cell does."""
    reading = the_reading(place="Zenda atau Strelsau 20 Februari 1980")

    assert [value for value, _ in said(reading, P.BIRTH_PLACE)] == ["Zenda", "Strelsau"]
    assert said(reading, P.BIRTH_DATE) == [("1980-02-20", facets(printed="20 Februari 1980"))]


def test_nationalities_are_parted_and_notes_kept():
    """A comma parts them, a semicolon opens a note."""
    reading = the_reading(nationality="Ruritania,Graustark; officially the Duchy")

    assert said(reading, P.NATIONALITY) == [("Ruritania", ()), ("Graustark", facets(note="officially the Duchy"))]


def test_the_newer_names_of_columns_are_read_and_unknown_columns_are_unread():
    """A column that nobody knows breaks nothing and is named."""
    header = ("nama", "deskripsi", "terduga", "kode_densus", "tempat_lahir", "tanggal_lahir", "WN_Asal_Negara",
              "alamat", "Foto")  # fmt: skip
    row = [*a_row(born="07/02/1969", nationality="Ruritania"), "yes"]

    _, records = SOURCE.read(a_workbook(row, header=header), "list.xlsx", HINTS)
    reading = SOURCE.map(records[0])

    assert said(reading, P.BIRTH_DATE) == [("1969-02-07", ())]
    assert said(reading, P.NATIONALITY) == [("Ruritania", ())]
    assert [(left.field, left.value) for left in reading.unread] == [("Foto", "yes")]


def test_an_unknown_kind_is_unread():
    """Nothing is guessed."""
    reading = the_reading(kind="Kapal")

    assert said(reading, P.KIND) == []
    assert [(left.field, left.value) for left in reading.unread] == [("Terduga", "Kapal")]


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"", SourceRefused, r"the file is empty \(0 bytes\)"),
        (b"<html></html>", SourceRefused, "is no XLSX or ODS file"),
        (a_workbook(a_row())[:-40], SourceRefused, "is cut off"),
        (a_workbook(), SourceRefused, "no entries"),
        (a_workbook(a_row(code="")), SourceRefused, "row 2: has no Kode Densus"),
        (a_workbook(a_row()[:7], header=HEADER[:7]), SourceSuspicious, "lacks the column Alamat"),
        (
            an_xlsx({"Export": [list(HEADER), a_row()], "Baru": [["x"]]}),
            SourceSuspicious,
            r"has 2 sheets \(Export, Baru\)",
        ),
    ],
)
def test_what_is_not_the_whole_list_is_refused_or_set_aside(data, error, reason):
    """A missing entry or column would read as something said."""
    with pytest.raises(error, match=reason):
        SOURCE.read(data, "list.xlsx", HINTS)


def test_a_document_without_any_date_is_refused():
    """It could not be placed in time."""
    with pytest.raises(SourceRefused, match="prints no date"):
        SOURCE.read(a_workbook(a_row()), "list.xlsx")


def test_many_dates_and_long_cells_take_no_time():
    """A cell made to exhaust the reader costs what any cell costs."""
    assert dates("1966, " * 20_000 + "x") is None
    assert the_reading(prose="DOB " * 20_000, name="a alias " * 20_000, address="a) " * 20_000).key == "ILT-901"


def test_the_same_bytes_give_the_same_readings():
    """A statement's id rests on this."""
    data = a_workbook(a_row(), a_row(code="ELQ-902", kind="Korporasi", born=""))

    once, again = (SOURCE.read(data, name, HINTS) for name in ("a.xlsx", "b.xlsx"))

    assert once == again
    assert list(SOURCE.readings(once[1])) == list(SOURCE.readings(again[1]))
