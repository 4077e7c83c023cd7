import pytest
from tests.sources.table.making import MARCH, a_plan, a_source, an_ods, an_xlsx, readings, values

from tizim.domain.statements import Property
from tizim.errors import BadInput, SourceRefused
from tizim.sources.table.encodings import text_of

RUSSIAN = "Наименование;Дата решения\nФронт Зенды;15 марта 2005 года\n"
KAZAKH = "Ұйымның атауы;Шешім күні\nҚызыл шамшырақ;2005 ж. 15 наурыз\n"
FRENCH = "Nom;Décision\nSociété des pêcheurs;février 2005\n"
ARABIC = "الاسم;التاريخ\nجماعة زندا;مارس 2005\n"
TURKISH = "Adı;Tarih\nKızıl Işık Örgütü;15 Şubat 2005\n"
CAPITALS = "НАИМЕНОВАНИЕ;ДАТА\nФРОНТ ЗЕНДЫ;2005\n"
UKRAINIAN = "Назва;Дата\nПівнічний вітер;15 лютого 2005\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (RUSSIAN, "utf-8", "utf-8"), (RUSSIAN, "utf-8-sig", "utf-8"), (RUSSIAN, "utf-16", "utf-16-le"),
        (RUSSIAN, "utf-16-le", "utf-16-le"), (FRENCH, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "windows-1251", "windows-1251"), (RUSSIAN, "koi8-r", "koi8-r"), (RUSSIAN, "cp866", "cp866"),
        (CAPITALS, "windows-1251", "windows-1251"), (CAPITALS, "koi8-r", "koi8-r"),
        (UKRAINIAN, "windows-1251", "windows-1251"), (KAZAKH, "kz1048", "kz1048"),
        (FRENCH, "windows-1252", "windows-1252"),
        (TURKISH, "windows-1254", "windows-1254"), (ARABIC, "windows-1256", "windows-1256"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_by_what_the_letters_make(text, encoding, found):
    """Nobody who keeps a list knows what windows-1251 is."""
    read = text_of(text.encode(encoding), "list.csv")

    assert (read.text, read.encoding) == (text, found)


@pytest.mark.parametrize("encoding", ["windows-1251", "windows-1252", "kz1048", "utf-16-le"])
def test_an_encoding_that_was_found_out_is_said(encoding):
    """A wrong one would turn names into others: whoever looks must see what was taken."""
    text = {"windows-1252": FRENCH, "kz1048": KAZAKH}.get(encoding, RUSSIAN)

    assert encoding in text_of(text.encode(encoding), "list.csv").notice.lower()
    assert text_of(text.encode("utf-8"), "list.csv").notice == ""


def test_letters_that_are_words_in_no_encoding_are_refused():
    """Guessing would keep names that nobody has."""
    with pytest.raises(SourceRefused, match="in no encoding in which its letters make words"):
        text_of(b"Name;x\na\xe9Z\xc4b\xb1\xdaQ\xe5R;1\n", "list.csv")


def test_a_named_encoding_is_taken_at_its_word():
    """Its keeper knows; and where it does not fit, the file is refused."""
    assert text_of(RUSSIAN.encode("koi8-r"), "x", "koi8-r").text == RUSSIAN
    with pytest.raises(SourceRefused, match="is not text in utf-8"):
        text_of(RUSSIAN.encode("koi8-r"), "x", "utf-8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_headers(delimiter):
    """Programs in Russian write semicolons, others commas or tabs."""
    table = 'Name,Date\n"Zenda, Front",2005\nB,2006\n'.replace(",", delimiter).replace(f"Zenda{delimiter}", "Zenda;")
    source = a_source("name=Name", "listed=Date", separators=("|",))

    assert [values(entry, Property.LISTED_ON) for entry in readings(source, table)] == [["2005"], ["2006"]]


def test_what_was_found_out_is_said():
    """Delimiter, row of headers, rows passed over and columns that nobody named."""
    table = "Список;;\nНаименование;Дата;Прочее\n1;2;3\nРаздел I;;\nФронт Зенды;2005;x\n"
    source = a_source("name=Наименование", "listed=Дата")
    table = table.replace("Раздел I;;", ";;Раздел I")

    said = source.notices(table.encode("windows-1251"), "list.csv")

    assert said == (
        "read as windows-1251, by its letters: Список, Наименование",
        "columns parted by semicolon",
        "headers found in row 2",
        "row 3 numbers the columns: passed over",
        "row 4 has no name and is taken for a heading or note: 'Раздел I'",
        "not named, so unread: 'Прочее'; name them with --column, or as ignore",
    )


def test_headers_may_differ_in_case_and_signs():
    """``Name`` and ``NAME:`` are one header to whoever types it."""
    assert len(readings(a_source("name=name of entity"), "NAME OF ENTITY:,Date\nA,2005\n")) == 1


def test_a_header_that_the_table_lacks_is_answered_with_the_nearest():
    """A slip costs a minute, not an evening."""
    source = a_source("name=Наименование", "listed=Дата решения")

    with pytest.raises(BadInput) as refused:
        readings(source, "Наименование;Дата  вынесения решения;Суд\nA;2005;B\n")

    assert "no column is called 'Дата решения'; nearest: 'Дата вынесения решения'" in str(refused.value)
    assert "the columns are 'Наименование', 'Дата вынесения решения', 'Суд'" in str(refused.value)


def test_without_a_column_of_names_the_headers_are_listed_with_a_line_to_copy():
    """The first thing that a newcomer sees."""
    with pytest.raises(BadInput) as refused:
        readings(a_source(), "Список\n№;Номер;Наименование\n1;A;B\n", "list.csv")

    assert str(refused.value) == (
        "list.csv: say which column holds the names; row 2 has the columns '№', 'Номер', 'Наименование'; for example: "
        "tizim keep table --list min-list --column 'name=Наименование' --from list.csv"
    )


def test_a_workbook_is_read_like_text():
    """Whoever keeps a spreadsheet need not export it."""
    rows = [["List"], ["Name", "Date"], ["Zenda Front; Zenda", "15.03.2005"]]

    for data, media_type in ((an_xlsx({"List": rows}), "openxml"), (an_ods("List", rows), "opendocument")):
        facts, records = a_source("name=Name", "listed=Date").read(data, "list", MARCH)
        (entry,) = a_source("name=Name", "listed=Date").readings(records)

        assert media_type in facts.media_type
        assert values(entry, Property.LISTED_ON) == ["2005-03-15"]
        assert values(entry, Property.ALIAS) == ["Zenda"]


def test_the_sheet_that_has_the_columns_is_taken_and_said():
    """Covers and notes come first in many workbooks."""
    data = an_xlsx({"Cover": [["About", "this"]], "Data": [["Name", "Date"], ["A", "2005"]]})
    source = a_source("name=Name")

    assert len(readings(source, data)) == 1
    assert source.notices(data, "x")[0] == "read from the sheet 'Data' of 'Cover', 'Data'"


def test_of_several_sheets_with_the_columns_one_must_be_named():
    """Persons and organisations often stand apart: which is the list is not for us to say."""
    data = an_xlsx({"Persons": [["Name", "x"], ["A", ""]], "Groups": [["Name", "x"], ["B", ""]]})

    with pytest.raises(BadInput, match="several sheets have these columns, 'Persons', 'Groups': name one with --sheet"):
        readings(a_source("name=Name"), data)
    with pytest.raises(BadInput, match="has no sheet 'Ships' that holds anything: there are 'Persons', 'Groups'"):
        readings(a_source("name=Name", sheet="Ships"), data)
    assert values(readings(a_source("name=Name", sheet="groups"), data)[0], Property.NAME) == ["B"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b"<!DOCTYPE html><html></html>", "page of HTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook of the old form"),
        (b"Name,Date\nA\0,2005\n", "line 2: holds a character that no text has"),
        (b"PK\x03\x04 cut", "is no XLSX or ODS file, or is cut off"),
        (b"Name,Date\n", "no entries"),
        (b"Name,Date\n,\n", "no entries"),
        (b"Name,Date\nA,2005\nB\n", "row 3: has 1 cells, the headers are 2: cut off"),
        (b"Name,Date\nA,2005\nB,C,2005\nD,2006\n", "row 3: has 3 cells, the headers are 2: a cell with a delimiter"),
        (b'Name,Date\nA,2005\nB,"20', "unexpected end of data"),
        (b"Name,Date,Name\nA,2005,B\n", "has two columns called 'Name'"),
        (b"Name,Date\nA,2005\n,2006\nB,x\n", "row 3: has no name"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_whole_is_refused(data, why):
    """Half a list would read as delistings."""
    with pytest.raises(SourceRefused, match=why):
        readings(a_source("name=Name", "listed=Date"), data)


def test_a_row_without_a_name_but_with_more_is_refused():
    """It may be an entry whose name went missing."""
    with pytest.raises(SourceRefused, match="row 3: has no name in 'Name', but other cells are filled in"):
        readings(a_source("name=Name", "listed=Date", "court=Court"), "Name,Date,Court\nA,2005,x\n,2006,y\n")


def test_columns_of_no_name_and_of_one_name_are_told_apart():
    """An empty header and a repeated one must not lose their cells."""
    (entry,) = readings(a_source("name=Name"), "Name,,Note,Note\nA,x,y,z\n")

    assert [(one.field, one.value) for one in entry.unread] == [
        ("column 2", "x"), ("Note", "y"), ("Note (column 4)", "z"),
    ]  # fmt: skip


def test_the_document_is_named_as_the_list_and_dated_as_given():
    """The register knows the name of a user's list from there."""
    facts, _ = a_source("name=Name", list_name="Ministry list").read(b"Name\nA\n", "list.csv", MARCH)
    nameless, _ = a_source("name=Name").read(b"Name\nA\n", "list.csv", MARCH)

    assert (facts.title, nameless.title) == ("Ministry list", "min-list")
    assert (facts.source, facts.entries, facts.complete) == ("table/min-list", 1, True)
    assert str(facts.date) == "2024-03-01"


def test_a_table_without_a_day_is_refused():
    """A list without a day cannot be placed in time."""
    with pytest.raises(SourceRefused, match="say which day it is of with --dated"):
        a_source("name=Name").read(b"Name\nA\n", "list.csv")


def test_the_row_of_headers_and_the_delimiter_can_be_named():
    """Where looking finds the wrong ones."""
    plan = a_source("name=Name", header_row=3, delimiter=";")

    assert values(readings(plan, "Name;x\nold;1\nName;y\nA;2\n")[0], Property.NAME) == ["A"]
    with pytest.raises(BadInput, match="has no row 9"):
        readings(a_source("name=Name", header_row=9), "Name\nA\n")


def test_a_plan_is_a_value():
    """Two plans that say the same are the same."""
    assert a_plan("name=Name") == a_plan("name=Name")
