from pathlib import Path

import pytest
from tests.sources.table.making import a_plan, readings, said, values

from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.domain.statements import Property
from tizim.errors import BadInput
from tizim.sources.table import Column, Plan, checked, columns_of, mapping, of_toml, source_of
from tizim.sources.table.meanings import DATES, MEANINGS, help_text, markdown
from tizim.sources.table.plan import bundled

FILE = """
list = "min-list"
name = "Ministry list"
kind = "organisation"
date_order = "mdy"
delimiter = "semicolon"
header_row = 2
separators = [";", "words"]

[columns]
name = "Наименование"
listed = ["Дата", "Күні"]

[optional]
comment = "Примечание"
ignore = ["№", "Файл"]
"""


def test_a_mapping_file_says_all_that_a_plan_holds():
    """A list is kept for years: what its columns mean is written down once."""
    plan = of_toml(FILE.encode(), "min.toml")

    assert plan == Plan(
        list_id=ListId("min-list"),
        list_name="Ministry list",
        kind=Kind.ORGANISATION,
        date_order="mdy",
        delimiter=";",
        header_row=2,
        separators=(";", "words"),
        columns=(
            Column(meaning="name", headers=("Наименование",)),
            Column(meaning="listed", headers=("Дата", "Күні")),
            Column(meaning="comment", headers=("Примечание",), optional=True),
            Column(meaning="ignore", headers=("№", "Файл"), optional=True),
        ),
    )


def test_of_several_headers_every_one_that_is_there_is_taken_and_one_must_be():
    """One mapping file serves the Russian and the Kazakh page, and the page in both languages."""
    source = source_of(of_toml(b'list = "a"\n[columns]\nname = ["N1", "N2"]\n[optional]\ncomment = "C"\n', "x"))

    assert values(readings(source, "N2,X\nA,\n")[0], Property.NAME) == ["A"]
    assert values(readings(source, "N2,N1\nB,A\n")[0], Property.NAME) == ["A"]
    with pytest.raises(BadInput, match="no column is called 'N1' or 'N2'; nearest: 'N3'"):
        readings(source, "N3,C\nA,\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("list = [", "is no TOML in UTF-8"),
        ('lists = "x"', "'lists' is no key of a mapping file: did you mean list"),
        ("list = 3", "list wants text in quotes, not 3"),
        ('columns = "name"', "columns is a table"),
        ("[columns]\nname = 3", "columns.name wants text in quotes"),
        ("[columns]\nname = []", "columns.name: names no header"),
        ('kind = "club"', "kind is one of person, organisation, vessel, aircraft, unknown, not 'club'"),
        ("header_row = true", "header_row is the number of a row"),
        ("header_row = -1", "header_row is the number of a row"),
        ("separators = [3]", "separators is a list of marks"),
    ],
)
def test_a_mapping_file_with_a_slip_is_answered_with_what_to_write(text, why):
    """It is written by hand."""
    with pytest.raises(BadInput, match=why):
        of_toml(text.encode(), "min.toml")


def test_a_mapping_file_that_is_not_there_is_said():
    """A path with a slip, or a name of none of those that come with tizim."""
    with pytest.raises(BadInput, match=r"nope\.toml cannot be read: No such file"):
        mapping("nope.toml")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"list_id": ListId("")}, "say which list the table is"),
        ({"list_id": ListId("Мой список")}, "cannot be the id of a list"),
        ({"list_id": ListId("a/b")}, "cannot be the id of a list"),
        ({"list_id": ListId("a" * 61)}, "cannot be the id of a list"),
        ({"columns": columns_of(["nam=X"])}, "a column cannot mean 'nam': did you mean name"),
        ({"columns": columns_of(["name=X", "ignore=X"])}, "'X' cannot be read and ignored"),
        ({"date_order": "ymd"}, "the order of dates is dmy or mdy"),
        ({"calendar": "julian"}, "the calendar is gregorian, solar hijri, islamic"),
        ({"encoding": "cp9999"}, "is no encoding"),
        ({"delimiter": "::"}, "the delimiter is one character"),
        ({"separators": ("words", "commas")}, "'commas' cannot part names"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(changed, why):
    """Before any file is opened."""
    said_so = {"list_id": ListId("min-list"), **changed}

    with pytest.raises(BadInput, match=why):
        checked(Plan(**said_so))


@pytest.mark.parametrize("pair", ["name", "name=", "=X", "name= "])
def test_a_pair_that_is_none_is_refused(pair):
    """With how it is written."""
    with pytest.raises(BadInput, match=r"write --column name=HEADER|cannot mean ''"):
        checked(Plan(list_id=ListId("a"), columns=columns_of([pair])))


def test_a_header_may_hold_an_equals_sign_and_a_meaning_a_hyphen():
    """Only the first sign parts the pair."""
    assert columns_of(["Act-Number=No = 5"]) == (Column(meaning="act_number", headers=("No = 5",)),)


def test_every_meaning_is_told_in_a_sentence():
    """The help of the command and the page of the docs are made of the same words."""
    for meaning in MEANINGS.values():
        assert meaning.help.endswith("."), meaning
        assert meaning.name in help_text()
        assert f"| `{meaning.name}` | {meaning.help} |" in markdown()
    assert set(MEANINGS) >= DATES


def test_the_source_of_a_plan_tells_whose_list_it_is():
    """One line of documents, of which each is the whole list."""
    info = source_of(a_plan("name=N", list_name="Ministry list", issuer="Ministry of Order")).info

    assert (info.id, info.lists, info.publisher) == ("table", ("min-list",), "Ministry of Order")
    assert [info.line_id(part.id) for part in info.lines] == ["table/min-list"]
    assert info.lines[0].complete
    assert info.lines[0].lists == ("min-list",)


# -- Kazakhstan's list of banned organisations: tables of our own making, in the form of government pages

RUSSIAN = """Список запрещенных организаций;;;;
№ п/п;Наименование организации;Суд, вынесший решение;Дата решения;Примечание
1;«Фронт Зенды» (он же «Зенденский фронт»);Верховный Суд Республики Казахстан;15 марта 2005 года;
2;«Маяк», ранее «Красный маяк»;суд № 2 г. Астаны;12.10.2006 г.;террористическая
3;Вольные гребцы;Верховный Суд Республики Казахстан;март 2005 года;
"""
KAZAKH = """Р/с №;Ұйымның атауы;Соттың атауы;Шешім күні;Тізімнен шығарылған күні
1;«Зенда майданы»;Қазақстан Республикасының Жоғарғы Соты;2005 ж. 15 наурыз;
2;«Шамшырақ»;Астана қаласының соты;2006 жылғы 12 қазан;2023 ж. желтоқсан
"""


def test_kazakhstans_list_is_read_from_a_table_in_russian():
    """The court and the day are the act; the running number is none of the entry's."""
    first, second, third = readings(source_of(mapping("kz-list")), RUSSIAN)

    assert first.subject == "kz-list:фронт-зенды"
    assert said(first, Property.MEMBER) == [("kz-list", {})]
    assert values(first, Property.KIND) == ["organisation"]
    assert values(first, Property.ALIAS) == ["Зенденский фронт"]
    assert said(first, Property.LEGAL_BASIS) == [
        (
            "Верховный Суд Республики Казахстан, 15 марта 2005 года",
            {"date": "2005-03-15", "form": "from several columns", "printed": "15 марта 2005 года"},
        )
    ]
    assert values(first, Property.LISTED_ON) == ["2005-03-15"]
    assert values(third, Property.LISTED_ON) == ["2005-03"]
    assert said(second, Property.ALIAS) == [("Красный маяк", {"kind": "former name"})]
    assert values(second, Property.AUTHORITY) == ["суд № 2 г. Астаны"]
    assert dict(said(third, Property.LEGAL_BASIS)[0][1])["date"] == "2005-03"
    assert [entry.unread for entry in (first, second, third)] == [(), (), ()]


def test_kazakhstans_list_is_read_from_a_table_in_kazakh():
    """The other language of the same pages; in the encoding of Kazakh and in UTF-8."""
    source = source_of(mapping("kz-list"))

    for data in (KAZAKH.encode("kz1048"), KAZAKH.encode("utf-8")):
        first, second = readings(source, data)

        assert values(first, Property.NAME) == ["Зенда майданы"]
        assert dict(said(first, Property.LEGAL_BASIS)[0][1])["date"] == "2005-03-15"
        assert values(second, Property.DELISTED_ON) == ["2023-12"]
        assert values(second, Property.MEMBER) == []
        assert (first.unread, second.unread) == ((), ())


def test_every_mapping_file_that_comes_with_tizim_is_a_plan():
    """They are named in the docs."""
    assert bundled() == ("kz-list",)
    assert all(checked(mapping(name)).list_id == name for name in bundled())


def test_the_page_of_the_docs_has_the_table_of_meanings():
    """Help and docs are made of one table; a page that drifts from it is wrong."""
    page = Path(__file__).parents[3] / "docs" / "how-to" / "keep-your-own-list.md"

    assert markdown() in page.read_text(encoding="utf-8")
