import time

import pytest
from tests.sources.table.making import MARCH, a_source, reading, readings, said, unread, values

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import Property
from tizim.errors import SourceRefused

P = Property
EVERYTHING = (
    "name=Name", "alias=Alias", "weak_alias=Weak", "original_name=Own script", "former_name=Before", "reference=Ref",
    "kind=Kind", "listed=Listed", "amended=Amended", "reviewed=Reviewed", "effective=In force", "expires=Expires",
    "act=Act", "act_number=Act no", "act_date=Act date", "authority=Ministry", "programme=Programme",
    "measure=Measures", "status=Status", "birth_date=Born", "birth_place=Born in", "nationality=Nationality",
    "country=Country", "address=Address", "gender=Sex", "title=Title", "position=Position", "identifier=Number",
    "identifier_type=Number type", "identifier_country=Number of", "un_number=UN", "phone=Phone", "email=Mail",
    "website=Site", "relation=Tied to", "related_name=Led by", "comment=Notes", "link=Page", "feature=Occupation",
    "housekeeping=Row", "ignore=Internal",
)  # fmt: skip
ROW = {
    "Name": "Ivan Zenda", "Alias": "Vanya; Jan", "Weak": "IZ", "Own script": "Иван Зенда", "Before": "Ivan Old",
    "Ref": "P-7", "Kind": "физическое лицо", "Listed": "15 марта 2005 года", "Amended": "2006-01-02; 03.02.2007",
    "Reviewed": "2010", "In force": "01.04.2005", "Expires": "2030-03", "Act": "Order on terror", "Act no": "17-p",
    "Act date": "15 марта 2005 года", "Ministry": "Ministry of Order", "Programme": "Terror",
    "Measures": "asset freeze; travel ban", "Status": "in force", "Born": "около 1960 г.; 1961-1963",
    "Born in": "Strelsau, Ruritania", "Nationality": "Ruritania; Zembla", "Country": "Zembla",
    "Address": "1 High Street, Zenda", "Sex": "м", "Title": "Dr", "Position": "head; treasurer", "Number": "99; 88",
    "Number type": "passport; tax number", "Number of": "Ruritania", "UN": "QDi.901; QI.A.12.01.", "Phone": "+99 9",
    "Mail": "a@example.org", "Site": "example.org", "Tied to": "P-8", "Led by": "Rupert", "Notes": "Prose; with marks.",
    "Page": "https://example.org/7", "Occupation": "rower", "Row": "12", "Internal": "nothing", "Other": "left",
}  # fmt: skip


def _table(*rows: dict[str, str]) -> str:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    lines = [headers, *[[row.get(header, "") for header in headers] for row in rows]]
    return "\n".join("\t".join(cells) for cells in lines) + "\n"


def test_a_row_is_read_to_the_last_cell():
    """Every meaning that a column can have, once."""
    entry = reading(a_source(*EVERYTHING), _table(ROW))

    assert (entry.key, entry.subject, entry.place) == ("P-7", "min-list:P-7", "row 2")
    assert said(entry, P.MEMBER) == [("min-list", {})]
    assert said(entry, P.NAME) == [("Ivan Zenda", {})]
    assert said(entry, P.ALIAS) == [
        ("Vanya", {}), ("Jan", {}), ("IZ", {"quality": "low"}), ("Ivan Old", {"kind": "former name"}),
    ]  # fmt: skip
    assert said(entry, P.ORIGINAL_NAME) == [("Иван Зенда", {})]
    assert values(entry, P.REFERENCE) == ["P-7"]
    assert values(entry, P.KIND) == ["person"]
    assert said(entry, P.LISTED_ON) == [("2005-03-15", {"printed": "15 марта 2005 года"})]
    assert said(entry, P.AMENDED_ON) == [("2006-01-02", {}), ("2007-02-03", {})]
    assert values(entry, P.REVIEWED_ON) == ["2010"]
    assert values(entry, P.EFFECTIVE_ON) == ["2005-04-01"]
    assert values(entry, P.EXPIRES_ON) == ["2030-03"]
    assert said(entry, P.LEGAL_BASIS) == [
        ("Order on terror", {"number": "17-p", "date": "2005-03-15", "printed": "15 марта 2005 года"})
    ]
    assert values(entry, P.AUTHORITY) == ["Ministry of Order"]
    assert values(entry, P.PROGRAMME) == ["Terror"]
    assert values(entry, P.IMPOSED_MEASURE) == ["asset freeze", "travel ban"]
    assert values(entry, P.STATUS) == ["in force"]
    assert said(entry, P.BIRTH_DATE) == [("1960", {"about": "circa", "printed": "около 1960 г."}), ("1961/1963", {})]
    assert values(entry, P.BIRTH_YEAR) == ["1960", "1961/1963"]
    assert values(entry, P.BIRTH_PLACE) == ["Strelsau, Ruritania"]
    assert values(entry, P.NATIONALITY) == ["Ruritania", "Zembla"]
    assert values(entry, P.COUNTRY) == ["Zembla"]
    assert values(entry, P.ADDRESS) == ["1 High Street, Zenda"]
    assert values(entry, P.GENDER) == ["male"]
    assert (values(entry, P.TITLE), values(entry, P.POSITION)) == (["Dr"], ["head", "treasurer"])
    assert said(entry, P.IDENTIFIER) == [
        ("99", {"type": "passport", "country": "Ruritania"}), ("88", {"type": "tax number", "country": "Ruritania"}),
    ]  # fmt: skip
    assert said(entry, P.CROSS_REFERENCE) == [
        ("QDi.901", {"list": "un-1267", "source": "un-sc"}), ("QI.A.12.01", {"list": "un-1267", "source": "un-sc"}),
    ]  # fmt: skip
    assert said(entry, P.CONTACT) == [
        ("+99 9", {"kind": "phone"}), ("a@example.org", {"kind": "e-mail"}), ("example.org", {"kind": "website"}),
    ]  # fmt: skip
    assert said(entry, P.RELATION) == [("P-8", {"phrase": "Tied to", "with": "min-list:P-8"})]
    assert said(entry, P.RELATED_NAME) == [("Rupert", {"phrase": "Led by"})]
    assert values(entry, P.COMMENT) == ["Prose; with marks."]
    assert values(entry, P.LINK) == ["https://example.org/7"]
    assert said(entry, P.FEATURE) == [("rower", {"field": "Occupation"})]
    assert said(entry, P.HOUSEKEEPING) == [("12", {"field": "Row"})]
    assert unread(entry) == [("Other", "left")]


def test_what_is_not_understood_is_unread_by_the_name_of_its_column():
    """Nothing is dropped and nothing guessed; where the reason is known, it is said."""
    entry = reading(
        a_source("name=N", "kind=Kind", "listed=Listed", "birth_date=B", "gender=S", "un_number=UN", "act_date=Act"),
        _table({"N": "A", "Kind": "club", "Listed": "03/04/2005", "B": "in youth", "S": "x", "UN": "17", "Act": "?"}),
    )  # fmt: skip

    assert sorted(unread(entry)) == [
        ("Act", "?"), ("B", "in youth"), ("Kind", "club"), ("Listed (day or month first?)", "03/04/2005"),
        ("S", "x"), ("UN", "17"),
    ]  # fmt: skip
    assert values(entry, P.KIND) == ["unknown"]


def test_a_span_of_days_is_no_day_of_listing():
    """A month of another calendar lies in two of ours."""
    entry = reading(
        a_source("name=N", "listed=L", "birth_date=B"), _table({"N": "A", "L": "حوت ۱۳۸۳", "B": "حوت ۱۳۸۳"})
    )

    assert unread(entry) == [("L (a span of days)", "حوت ۱۳۸۳")]
    assert said(entry, P.BIRTH_DATE) == [("2005-02-19/2005-03-20", {"calendar": "solar hijri", "printed": "حوت ۱۳۸۳"})]


def test_the_column_proves_the_order_of_day_and_month_for_all_its_cells():
    """One cell that can be read one way only says how the others are meant; and that is said."""
    table = _table({"N": "A", "D": "03/04/2005"}, {"N": "B", "D": "13/04/2005"})
    source = a_source("name=N", "listed=D")

    assert [values(entry, P.LISTED_ON) for entry in readings(source, table)] == [["2005-04-03"], ["2005-04-13"]]
    assert "column 'D': the day comes first, as '13/04/2005' shows; 1 date read by that" in source.notices(
        table.encode(), "x"
    )


def test_a_column_that_proves_no_order_is_unread_with_a_hint():
    """3 April or 4 March is a month's difference in a listing."""
    table = _table({"N": "A", "D": "03/04/2005"}, {"N": "B", "D": "05/06/2005"})
    source = a_source("name=N", "listed=D")

    assert [unread(entry) for entry in readings(source, table)] == [
        [("D (day or month first?)", "03/04/2005")], [("D (day or month first?)", "05/06/2005")],
    ]  # fmt: skip
    (notice,) = [one for one in source.notices(table.encode(), "x") if one.startswith("column 'D'")]
    assert "2 dates such as '03/04/2005' could have the day or the month first" in notice
    assert "say --date-order dmy or mdy" in notice
    by_plan = a_source("name=N", "listed=D", date_order="mdy")
    assert [values(entry, P.LISTED_ON) for entry in readings(by_plan, table)] == [["2005-03-04"], ["2005-05-06"]]


def test_a_column_that_contradicts_itself_is_said():
    """Two habits in one column: nothing can be concluded."""
    table = _table(
        *({"N": name, "D": day} for name, day in (("A", "13/04/2005"), ("B", "04/13/2005"), ("C", "03/04/2005")))
    )
    source = a_source("name=N", "listed=D")

    assert [bool(unread(entry)) for entry in readings(source, table)] == [False, False, True]
    assert any("has the day first and '04/13/2005' the month" in one for one in source.notices(table.encode(), "x"))


# -- identity


def test_without_numbers_the_name_is_the_key_whatever_the_order_and_the_spelling():
    """Rows move; case and quotation marks change: the entry is the same."""
    first = readings(a_source("name=N"), _table({"N": "«Тайный Фронт Зенды»"}, {"N": "Маяк (ранее «М»)"}))
    second = readings(a_source("name=N"), _table({"N": "Маяк"}, {"N": "ТАЙНЫЙ  ФРОНТ ЗЕНДЫ"}))

    assert {entry.key for entry in first} == {entry.key for entry in second} == {"тайный-фронт-зенды", "маяк"}


def test_namesakes_are_told_apart_by_their_births():
    """Only where two have one name; so that a corrected birth date does not make a new entry of others."""
    rows = [{"N": "Ivan Zenda", "B": "1960"}, {"N": "Ivan Zenda", "B": "1971-02-03"}, {"N": "Rupert", "B": "1970"}]
    source = a_source("name=N", "birth_date=B")

    assert [entry.key for entry in readings(source, _table(*rows))] == [
        "ivan-zenda-1960",
        "ivan-zenda-1971-02-03",
        "rupert",
    ]


@pytest.mark.parametrize(
    ("columns", "rows", "why"),
    [
        (("name=N",), [{"N": "A"}, {"N": "B"}, {"N": "a"}], "row 4: has the key a, as has row 2"),
        (("name=N", "reference=R"), [{"N": "A", "R": "1"}, {"N": "B", "R": "1"}], "row 3: has the key 1, as has row 2"),
        (("name=N", "reference=R"), [{"N": "A", "R": "1"}, {"N": "B"}], "row 3: has no number in 'R'"),
    ],
)
def test_entries_that_cannot_be_told_apart_are_refused_with_both_rows(columns, rows, why):
    """In the next version nobody could say which of them is missing."""
    with pytest.raises(SourceRefused, match=why):
        readings(a_source(*columns), _table(*rows))


def test_a_name_of_a_length_that_none_has_is_refused():
    """A quotation mark that is lost makes one cell of many."""
    with pytest.raises(SourceRefused, match="row 2: a name or number of 501 letters"):
        readings(a_source("name=N"), _table({"N": "a" * 501}))


def test_a_record_without_a_name_has_no_identity():
    """A record that no table gave."""
    with pytest.raises(SourceRefused, match="has no name"):
        a_source("name=N").map(Record(place="row 2", fields=(("X", "1"),)))


def test_a_row_alone_reads_as_among_others():
    """Unless others show a namesake or an order."""
    source = a_source("name=N", "listed=D")
    _, records = source.read(_table({"N": "A", "D": "13/04/2005"}, {"N": "B", "D": "2006"}).encode(), "x", MARCH)

    assert [source.map(record) for record in records] == list(source.readings(records))


# -- membership


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Off", "01.02.2020"), ("Status", "исключена"), ("Status", "Delisted"), ("Status", "Шығарылды")],
)
def test_a_row_that_says_that_it_is_off_the_list_is_no_member(header, cell):
    """The table itself says it; a missing row says nothing."""
    entry = reading(
        a_source("name=N", "delisted=Off", "status=Status"), _table({"N": "A", "Off": "", "Status": "", header: cell})
    )

    assert values(entry, P.MEMBER) == []
    assert values(entry, P.DELISTED_ON if header == "Off" else P.STATUS) == ["2020-02-01" if header == "Off" else cell]


def test_a_row_whose_delisting_is_not_understood_stays_a_member():
    """An unread value decides nothing."""
    entry = reading(a_source("name=N", "delisted=Off"), _table({"N": "A", "Off": "to be decided"}))

    assert values(entry, P.MEMBER) == ["min-list"]
    assert unread(entry) == [("Off", "to be decided")]


# -- names


def test_a_name_in_parts_is_joined_in_the_order_of_the_plan():
    """Family name, given name and patronymic have columns of their own in many registers."""
    columns = ("name_part=Фамилия", "name_part=Имя", "name_part=Отчество")
    entry = reading(a_source(*columns), _table({"Имя": "Иван", "Отчество": "-", "Фамилия": "Зенда"}))

    assert values(entry, P.NAME) == ["Зенда Иван"]
    assert entry.key == "зенда-иван"


def test_of_two_columns_of_names_the_first_that_the_plan_names_is_the_name():
    """A list in two languages: the one of the law comes first."""
    rows = _table({"Атауы": "Зенда майданы", "Название": "Фронт Зенды"}, {"Атауы": "Шамшырақ", "Название": ""})
    first, second = readings(a_source("name=Название", "name=Атауы"), rows)

    assert (values(first, P.NAME), values(first, P.ALIAS)) == (["Фронт Зенды"], ["Зенда майданы"])
    assert values(second, P.NAME) == ["Шамшырақ"]


def test_a_remark_in_brackets_is_told_of_the_name():
    """It is neither lost nor part of the name."""
    entry = reading(a_source("name=N"), _table({"N": "A (запрещена судом)"}))

    assert values(entry, P.NAME) == ["A"]
    assert said(entry, P.COMMENT) == [("запрещена судом", {"of": "A"})]


def test_the_script_of_a_name_is_told():
    """Matching asks for it."""
    entry = reading(a_source("name=N", "original_name=O"), _table({"N": "Zenda", "O": "Зенда"}))

    scripts = {claim.property: claim.facet("script") for claim in entry.claims}
    assert (scripts[P.NAME], scripts[P.ORIGINAL_NAME]) == ("Latn", "Cyrl")


# -- acts


ACTS = {
    "Решение № 2-15/05 от 15.03.2005": {"number": "2-15/05", "date": "2005-03-15"},
    "Приговор от 15 марта 2005 г.": {"date": "2005-03-15"},
    "Order No. 17 of March 15, 2005": {"number": "17", "date": "2005-03-15"},
    "2005 жылғы 15 наурыз № 4 шешім": {"number": "4", "date": "2005-03-15"},
    "Arrêté n° 12": {"number": "12"},
    "Решение № ГКПИ 03-99": {"number": "ГКПИ 03-99"},
    "Решение № от 15.03.2005": {"date": "2005-03-15"},
    "Nord2 agreement": {},
    "Law on combating terrorism": {},
    "Resolution 1267 (1999)": {},
}


@pytest.mark.parametrize(("act", "facets"), ACTS.items(), ids=ACTS)
def test_number_and_date_are_found_in_the_words_of_an_act(act, facets):
    """An audit asks for both."""
    assert said(reading(a_source("name=N", "act=A"), _table({"N": "X", "A": act})), P.LEGAL_BASIS) == [(act, facets)]


def test_an_act_is_made_of_court_and_date_where_the_table_has_no_more():
    """The tables of banned organisations name the court and the day, and no act."""
    entry = reading(
        a_source("name=N", "court=C", "act_date=D"), _table({"N": "X", "C": "High Court", "D": "March 2005"})
    )

    assert said(entry, P.LEGAL_BASIS) == [
        ("High Court, March 2005", {"date": "2005-03", "form": "from several columns", "printed": "March 2005"})
    ]
    assert values(entry, P.AUTHORITY) == ["High Court"]


def test_acts_and_their_numbers_go_together_only_where_there_is_one_for_each():
    """Otherwise nobody can say which belongs to which."""
    source = a_source("name=N", "act=A", "act_number=No")
    two = reading(source, _table({"N": "X", "A": "first; second", "No": "1; 2"}))
    one = reading(source, _table({"N": "X", "A": "first; second", "No": "1"}))

    assert said(two, P.LEGAL_BASIS) == [("first", {"number": "1"}), ("second", {"number": "2"})]
    assert said(one, P.LEGAL_BASIS) == [("first", {}), ("second", {})]
    assert unread(one) == [("No (of which act?)", "1")]


def test_the_type_of_a_number_is_the_header_unless_a_column_says_it():
    """``ИИН`` above a column says what its numbers are."""
    entry = reading(a_source("name=N", "identifier=ИИН"), _table({"N": "X", "ИИН": "99"}))

    assert said(entry, P.IDENTIFIER) == [("99", {"type": "ИИН"})]


# -- the whole


def test_the_same_bytes_read_twice_say_the_same():
    """Statements are named by what they say."""
    table = _table(ROW)

    assert readings(a_source(*EVERYTHING), table) == readings(a_source(*EVERYTHING), table)


def test_the_kind_of_a_table_can_be_said_once():
    """A list of organisations needs no column for it."""
    entry = reading(a_source("name=N", kind=Kind.ORGANISATION), _table({"N": "A"}))

    assert values(entry, P.KIND) == ["organisation"]


def test_cells_of_any_kind_end_in_claims_or_unread():
    """People paste anything into spreadsheets."""
    odd = [
        "(" * 300,
        "١" * 60,
        "a" * 400,
        "№" * 30,
        "1/1/1",
        "\u202e abc",
        "0000-00-00",
        "99999999999999999999",
    ]
    rows = [{"N": f"{cell} {at}", "D": cell, "A": cell, "K": cell} for at, cell in enumerate(odd)]

    assert len(readings(a_source("name=N", "listed=D", "act=A", "kind=K"), _table(*rows))) == len(odd)


def test_a_long_table_is_read_quickly():
    """Ten thousand rows are a large national list."""
    rows = [
        {"N": f"Имя Фамилия {at}", "D": f"{at % 28 + 1:02d}.03.{1950 + at % 50}", "A": f"Решение № {at}"}
        for at in range(10_000)
    ]
    table = _table(*rows)
    begun = time.process_time()

    assert len(readings(a_source("name=N", "birth_date=D", "act=A"), table)) == 10_000
    assert time.process_time() - begun < 8
