import csv
import io
import json
import zipfile

import pytest
import xlsxwriter
from tests.audit.making import WORLD, a_finding, a_side, an_audit, one_of_each

from tizim.audit.wire import audit_digest, to_json
from tizim.audit.worksheet import filled, to_workbook
from tizim.audit.worksheet.columns import BY_KEY, COLUMNS
from tizim.audit.worksheet.opened import look
from tizim.domain.decisions import DecisionKind
from tizim.errors import BadInput
from tizim.sources.tables import workbook

DELIST = {
    "decision": "delist", "body": "Court of X", "act_kind": "judgment", "act_number": "17", "act_date": "2031-05",
    "article": "art. 3", "effective": "2031-06-01", "reason": "no ground is left", "author": "A. Clerk",
}  # fmt: skip


def table_of(audit, written=None, *, book=None):
    """The findings sheet as rows of text, with what somebody *written* by row and column key."""
    rows = [list(row.cells) for row in workbook(book or to_workbook(audit), "made")[0].rows]
    index = {column.key: place for place, column in enumerate(COLUMNS)}
    for number, cells in (written or {}).items():
        for key, text in cells.items():
            rows[number - 1][index[key]] = text
    return rows


def as_workbook(rows, *, sheet="Findings", about=None, merge="", formula=None):
    """Rows as an XLSX file, as a program that changed the worksheet would save it."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                page.write_number(number, place, cell)
            else:
                page.write_string(number, place, cell)
    if merge:
        page.merge_range(merge, "delist")
    if formula:
        page.write_formula(*formula)
    if about:
        book.add_worksheet("About").write_row(0, 0, ["Digest of the audit", about])
    book.close()
    return made.getvalue()


def as_csv(rows, delimiter=",", encoding="utf-8"):
    """Rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding, "replace")


def column(key):
    """A column's place, from 0."""
    return [one.key for one in COLUMNS].index(key)


def reasons_of(back):
    """Why the only refused row was refused."""
    assert back.filled == ()
    (one,) = back.refused
    return " | ".join(one.reasons)


def test_a_filled_row_becomes_a_draft():
    """What a person wrote is what is entered later, word for word, on the national list."""
    audit = one_of_each()

    back = filled(as_workbook(table_of(audit, {4: DELIST})), "w.xlsx", audit)

    assert (back.refused, back.left, back.skipped, back.audit) == ((), 0, 7, audit_digest(audit))
    (row,) = back.filled
    assert (row.sheet, row.row, row.finding, row.seen) == ("Findings", 4, "extra", 4711)
    draft = row.draft
    assert (draft.kind, draft.subject, draft.list) == (DecisionKind.DELIST, "xx-list:Вымышленный Союз", "xx-list")
    assert (draft.basis.kind, draft.basis.number, draft.basis.date, draft.basis.article) == (
        "judgment", "17", "2031-05", "art. 3"
    )  # fmt: skip
    assert (draft.body, draft.effective, draft.author) == ("Court of X", "2031-06-01", "A. Clerk")
    assert draft.reason == "no ground is left"
    assert not draft.needs_second


def test_a_worksheet_that_nobody_filled_in_decides_nothing():
    """Opening and saving a file is no decision."""
    audit = one_of_each()

    back = filled(to_workbook(audit), "w.xlsx", audit)

    assert (back.filled, back.refused, back.left, back.skipped) == ((), (), 0, 8)


def test_nothing_is_an_answer_of_its_own():
    """Somebody looked and left it: that is not a row that was overlooked."""
    audit = one_of_each()

    back = filled(as_workbook(table_of(audit, {9: {"decision": "Nothing", "author": "A. Clerk"}})), "w.xlsx", audit)

    assert (back.filled, back.refused, back.left, back.skipped) == ((), (), 1, 7)


def test_an_author_filled_down_over_all_rows_decides_nothing():
    """People fill in their name for the whole sheet first."""
    audit = one_of_each()
    written = {row: {"author": "A. Clerk", "body": "Court of X"} for row in range(2, 10)}

    back = filled(as_workbook(table_of(audit, written)), "w.xlsx", audit)

    assert (back.refused, back.skipped) == ((), 8)


def test_a_missing_entry_is_listed_under_the_reference_lists_subject():
    """The national list does not know it yet; the register does."""
    audit = one_of_each()
    written = {**DELIST, "decision": "LIST", "second_person": "wanted", "expires": "2034"}

    (row,) = filled(as_workbook(table_of(audit, {6: written})), "w.xlsx", audit).filled

    assert (row.draft.kind, row.draft.subject, row.draft.list) == (DecisionKind.LIST, "zz-world:ZZe.5", "xx-list")
    assert row.draft.needs_second
    assert row.draft.expires == "2034"


def test_bad_rows_are_told_and_good_ones_still_returned():
    """One slip must not cost a day's work."""
    audit = one_of_each()
    written = {2: DELIST, 3: {**DELIST, "act_date": "31.12.2030"}, 4: DELIST}

    back = filled(as_workbook(table_of(audit, written)), "w.xlsx", audit)

    assert [row.row for row in back.filled] == [2, 4]
    assert str(back.refused[0]) == (
        "Findings, row 3: column 'date of act': '31.12.2030' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"decision": "remove"}, "column 'decision': 'remove' is none: write list, amend"),
        ({"decision": ""}, "column 'decision': is empty, although other columns are filled in"),
        ({"author": ""}, "column 'author': is empty: say who enters the decision"),
        ({"effective": "2031-02-30"}, "column 'effective': '2031-02-30' is not a date of the calendar"),
        ({"effective": "soon"}, "column 'effective': 'soon' is not a date: write YYYY"),
        ({"expires": "2031-13"}, "column 'expires'"),
        ({"second_person": "yes"}, "column 'second person'"),
        ({"reason": "x" * 2001}, "column 'reason': 2,001 characters, more than the 2,000"),
        ({"basis_not_stated_by": "Wire Y"}, "column 'basis not stated by': an act is given as well"),
        ({"act_number": "", "act_date": ""}, "no act can be found by kind or article alone"),
        (
            {"act_kind": "", "act_number": "", "act_date": "", "article": ""},
            "a decision needs its legal basis: give the act by kind, number, date and article",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_column_and_what_to_do(changed, told):
    """The person who has to put it right sees only this sentence."""
    audit = one_of_each()

    back = filled(as_workbook(table_of(audit, {4: DELIST | changed})), "w.xlsx", audit)

    assert told in reasons_of(back)


def test_a_source_that_tells_of_a_decision_stands_for_the_act():
    """Not every act is shown; who tells of it is."""
    audit = one_of_each()
    bare = {"decision": "delist", "basis_not_stated_by": "Wire Y", "author": "A. Clerk"}

    (row,) = filled(as_workbook(table_of(audit, {4: bare})), "w.xlsx", audit).filled

    assert row.draft.basis.not_stated_by == "Wire Y"
    assert row.draft.basis.cited == ""
    assert row.draft.effective == ""


def test_only_a_listing_can_be_decided_of_an_entry_that_is_missing():
    """Nothing can be taken off a list on which it does not stand."""
    audit = one_of_each()

    back = filled(as_workbook(table_of(audit, {6: DELIST})), "w.xlsx", audit)

    assert "the entry is on the reference list only" in reasons_of(back)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("national_subject", "xx-list:Other"), ("national_name", "Other"), ("seen", "99"), ("seen", "1e3"),
        ("reference", "yy-list"), ("kind_id", "same"), ("key", ""), ("national", "yy-list"),
    ],
)  # fmt: skip
def test_a_row_whose_ids_or_names_were_changed_is_refused(key, text):
    """A decision must fall on the entry beside which it was written."""
    audit = one_of_each()

    back = filled(as_workbook(table_of(audit, {4: DELIST | {key: text}})), "w.xlsx", audit)

    assert "as it was made" in reasons_of(back)


def test_names_sorted_apart_from_their_ids_are_refused():
    """A sort over some columns only moves names beside other entries' ids, and decisions with them."""
    audit = one_of_each()
    rows = table_of(audit, {2: DELIST, 3: DELIST})
    name = column("national_name")
    rows[1][name], rows[2][name] = rows[2][name], rows[1][name]

    back = filled(as_workbook(rows), "w.xlsx", audit)

    assert [row.row for row in back.refused] == [2, 3]


def test_rows_in_another_order_are_read_all_the_same():
    """Sorting whole rows changes nothing: each carries its own ids."""
    audit = one_of_each()
    head, *rest = table_of(audit, {2: DELIST})

    (row,) = filled(as_workbook([head, *reversed(rest)]), "w.xlsx", audit).filled

    assert (row.row, row.draft.subject) == (9, "xx-list:Lapsed League")


def test_a_sheet_of_another_audit_is_refused():
    """The lists may have changed between two audits, and with them what was found."""
    audit = one_of_each()
    other = an_audit(*audit.findings, seen=4712)

    back = filled(as_workbook(table_of(audit, {4: DELIST})), "w.xlsx", other)

    assert "is a row of another audit" in reasons_of(back)
    assert back.audit == audit_digest(other)


@pytest.mark.parametrize("told", [True, False])
def test_a_row_pasted_from_another_worksheet_is_refused(told):
    """Also where nobody says which audit is meant: the file says so itself, or its rows do."""
    audit = one_of_each()
    other = an_audit(*audit.findings, seen=4712)
    rows = table_of(audit, {4: DELIST})
    rows[4] = table_of(other, {5: DELIST})[4]

    back = filled(as_workbook(rows, about=audit_digest(audit) if told else None), "w.xlsx")

    assert [row.row for row in back.filled] == [4]
    assert [row.row for row in back.refused] == [5]


def test_one_finding_is_decided_once():
    """A row copied within the sheet would enter the same decision twice, or two that contradict."""
    audit = one_of_each()
    rows = table_of(audit, {4: DELIST})

    back = filled(as_workbook([*rows, rows[3]]), "w.xlsx", audit)

    assert [row.row for row in back.filled] == [4]
    assert "row 4 decides on the same finding" in back.refused[0].reasons[0]


def test_a_formula_is_no_value():
    """What a formula gave when the file was saved, nobody wrote."""
    audit = one_of_each()
    book = as_workbook(table_of(audit, {4: DELIST}), formula=(3, column("body"), '="Court of X"', None, "Court of X"))

    back = filled(book, "w.xlsx", audit)

    assert "column 'deciding body': holds a formula: write its value instead" in reasons_of(back)


def test_an_error_value_is_no_value():
    """A reader of workbooks shows an error as an empty cell."""
    audit = one_of_each()
    book = as_workbook(table_of(audit, {4: DELIST}), formula=(3, column("effective"), "=1/0", None, "#DIV/0!"))
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data.replace(b"<f>1/0</f>", b""))

    back = filled(made.getvalue(), "w.xlsx", audit)

    assert "holds an error value" in reasons_of(back)


def test_merged_cells_are_refused_for_every_row_they_span():
    """A decision merged over three rows stands in the file for the first of them only."""
    audit = one_of_each()
    rows = table_of(audit, {4: {key: text for key, text in DELIST.items() if key != "decision"}})
    place = column("decision")
    letters = chr(65 + place)

    back = filled(as_workbook(rows, merge=f"{letters}4:{letters}6"), "w.xlsx", audit)

    assert back.filled == ()
    assert [row.row for row in back.refused] == [4, 5, 6]
    assert all("unmerge them" in row.reasons[0] for row in back.refused)


def test_what_stands_in_a_further_column_is_not_lost_in_silence():
    """A condition written in a column that nobody reads would be dropped."""
    audit = one_of_each()
    rows = table_of(audit, {4: DELIST})
    rows = [
        [*row, text] for row, text in zip(rows, ["Notes", "", "", "only if Y agrees", "seen", *[""] * 4], strict=True)
    ]

    back = filled(as_workbook(rows), "w.xlsx", audit)

    assert "column 'Notes': is none of a worksheet's: empty it, or move its words to 'reason'" in reasons_of(back)
    assert back.skipped == 7


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_the_findings_sheet_may_come_back_as_csv(delimiter, encoding):
    """Programs save tables in one of these ways."""
    audit = one_of_each()

    (row,) = filled(as_csv(table_of(audit, {4: DELIST}), delimiter, encoding), "w.csv", audit).filled

    assert (row.row, row.draft.subject) == (4, "xx-list:Вымышленный Союз")


def test_csv_in_an_encoding_that_loses_names_is_refused_with_the_likely_cause():
    """Names turned to question marks would be entered as such."""
    audit = one_of_each()

    back = filled(as_csv(table_of(audit, {4: DELIST}), encoding="windows-1252"), "w.csv")

    assert "or the file was not saved as UTF-8" in reasons_of(back)


def test_the_audits_json_may_come_back_filled_in():
    """A program fills in what a person would."""
    audit = one_of_each()
    made = to_json(audit)
    made["findings"][2]["decision"] = DELIST | {"act_number": 17}
    made["findings"][3]["decision"] = {"decision": "nothing"}

    back = filled(json.dumps(made).encode(), "w.json", audit)

    (row,) = back.filled
    assert (row.row, row.finding, row.draft.subject) == (3, "extra", "xx-list:Вымышленный Союз")
    assert row.draft.basis.number == "17"
    assert (back.left, back.skipped) == (1, 6)


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("delist", "'decision' is an object with decision, body"),
        ([], "'decision' is an object"),
        (DELIST | {"verdict": "x"}, "'verdict' is none of the keys of a decision"),
        (DELIST | {"body": ["x"]}, "'body' holds no text"),
        (DELIST | {"body": True}, "'body' holds no text"),
        (DELIST | {"national": "x"}, "'national' is none of the keys"),
    ],
)
def test_json_of_another_shape_is_refused_finding_by_finding(decision, told):
    """A program's slip is told like a person's."""
    made = to_json(one_of_each())
    made["findings"][2]["decision"] = decision

    back = filled(json.dumps(made).encode(), "w.json")

    assert told in reasons_of(back)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"  \n", b"{", b"{}", b'{"findings": 1, "sha256": ""}', b'{"findings": [], "sha256": 1}',
        b"[" * 100_000, b'{"a":' * 100_000, b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, b"<html>", b"a,b\n1,2\n",
        b'"a', b"\xff\xfe\x00", b"%PDF-1.7",
    ],
)  # fmt: skip
def test_a_file_that_is_no_worksheet_is_refused_whole(data):
    """Whatever is given, the answer is a sentence."""
    with pytest.raises(BadInput, match=r"w\.xlsx"):
        filled(data, "w.xlsx")


def test_findings_that_are_none_are_told_one_by_one():
    """The rest of the file may still be good."""
    made = to_json(one_of_each())
    made["findings"][0] = 7

    back = filled(json.dumps(made).encode(), "w.json")

    assert back.refused[0].reasons[0] == "is no finding"


@pytest.mark.parametrize("key", ["key", "seen", "decision", "national_name"])
def test_a_worksheet_without_one_of_its_columns_is_refused_whole(key):
    """Without it no row can be read for what it is."""
    rows = [[cell for place, cell in enumerate(row) if place != column(key)] for row in table_of(one_of_each())]

    with pytest.raises(BadInput, match=f"lacks the column {BY_KEY[key].title}"):
        filled(as_workbook(rows), "w.xlsx")


def test_a_worksheet_with_a_column_twice_is_refused_whole():
    """Nobody could say which of the two counts."""
    rows = [[*row, row[column("decision")]] for row in table_of(one_of_each())]

    with pytest.raises(BadInput, match="two columns called decision"):
        filled(as_workbook(rows), "w.xlsx")


VAST = b'<row r="999999"><c r="XFD999999"/></row>'
ENTITY = b"<!DOCTYPE a [<!ENTITY b 'c'>]>"


def repacked(book, **changed):
    """A workbook with parts changed: ``sheet`` and ``workbook`` are given their XML, ``more`` adds parts."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml"}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            for key, change in changed.items():
                if names.get(key) == part:
                    data = change(data)
            new.writestr(part, data)
        for part, data in changed.get("more", {}).items():
            new.writestr(part, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"sheet": lambda d: d.replace(b"<sheetData>", b"<sheetData>" + VAST)}, "more than any"),
        ({"sheet": lambda d: d.replace(b"<worksheet", ENTITY + b"<worksheet", 1)}, "document type"),
        ({"sheet": lambda d: d[:500]}, "damaged inside"),
        ({"sheet": lambda d: d.replace(b'r="A1"', b'r="A-1"', 1)}, "no cell is called"),
        ({"workbook": lambda _: b"<a/>"}, "no sheet 'Findings'"),
        ({"workbook": lambda d: d.replace(b'r:id="rId2"', b'r:id="rId9"')}, "is no table of cells"),
        ({"more": {"xl/Worksheets/sheet1.xml": b"<a/>"}}, "two parts of one name"),
    ],
    ids=["vast", "entities", "cut", "no cell", "no sheets", "unseen sheet", "twice"],
)  # fmt: skip
def test_a_hostile_workbook_is_refused_before_its_cells_are_read(changed, told):
    """A few bytes must not fill the memory, nor hide a sheet from the look at it."""
    book = repacked(to_workbook(one_of_each()), **changed)

    with pytest.raises(BadInput, match=told):
        filled(book, "w.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    """A bomb is known by what it says of itself."""
    monkeypatch.setattr("tizim.audit.worksheet.opened.MAX_BYTES", 1000)

    with pytest.raises(BadInput, match="unpacks to more"):
        look(to_workbook(one_of_each()), "w.xlsx")


def test_a_name_that_looks_like_a_formula_comes_back_as_it_was():
    """The name stays text on its way out and back, and keeps its key."""
    front = a_side("=1+1 Front\x0b", subject="xx-list:=1  2", names=("@x",))
    audit = an_audit(a_finding("extra", front), a_finding("missing", None, a_side("+Z", on=WORLD)))
    rows = table_of(audit, {2: DELIST, 3: DELIST | {"decision": "list"}})

    back = filled(as_workbook(rows), "w.xlsx", audit)

    assert back.refused == ()
    assert [row.draft.subject for row in back.filled] == ["xx-list:=1  2", "zz-world:+Z"]
