"""Laws of lists of one's own and of the neighbours: whatever a file holds, it is read whole or refused in words."""

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tizim.domain.lists import ListId
from tizim.errors import BadInput, SourceProblem
from tizim.sources.ftm import source_of as entities
from tizim.sources.kg_fiu import SOURCE as KG_FIU
from tizim.sources.kz_fma import FM_JSON, FM_XML
from tizim.sources.protocol import Hints
from tizim.sources.ru import FEDSFM, FSB
from tizim.sources.table import Plan, columns_of, source_of
from tizim.sources.table.days import read_day
from tizim.sources.table.meanings import MEANINGS
from tizim.sources.table.names import apart, is_nothing

DAY = Hints(instant=dt.datetime(2024, 3, 1, tzinfo=dt.UTC))
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.lists(st.integers(0, 9999).map(str), min_size=1, max_size=3)
DATES = st.builds(
    lambda parts, mark: mark.join(parts), NUMBERS, st.sampled_from([".", "/", "-", " ", " март ", " mars "])
)
BESIDE = {"ignore", "identifier_type", "identifier_country", "act_date", "act_number"}
"""meanings of which a cell is told within the claim of another one, or not at all"""
ALL = Plan(list_id=ListId("x"), columns=columns_of(f"{meaning}={meaning}" for meaning in MEANINGS))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*MEANINGS, "other"]), st.one_of(CELLS, DATES), max_size=8), CELLS)
def test_every_cell_of_a_row_is_told_or_unread(cells, name):
    """Nothing is dropped: a cell that is something leads to a claim or an unread value of its column."""
    row = {"name": f"A{name}", "reference": "1", **{key: cell for key, cell in cells.items() if key != "reference"}}
    headers = list(dict.fromkeys([*row, *MEANINGS]))
    quoted = ['"' + row.get(header, "").replace('"', '""') + '"' for header in headers]
    table = "\t".join(headers) + "\n" + "\t".join(quoted) + "\n"
    try:
        _, records = source_of(ALL).read(table.encode("utf-8"), "x.csv", DAY)
        readings = list(source_of(ALL).readings(records))
    except SourceProblem:
        return

    for record, reading in zip(records, readings, strict=True):
        places = " ".join([claim.place for claim in reading.claims] + [one.place for one in reading.unread])
        told = {claim.value for claim in reading.claims}
        for header, cell in record.fields:
            if header in BESIDE or not any(c.isalnum() for c in cell) or is_nothing(cell.strip()):
                continue
            # A name that stands twice is told once.
            assert header in places or {one.name for one in apart(cell).names} <= told, (header, cell)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), CELLS.map(str.encode), st.lists(CELLS).map(lambda c: ";".join(c).encode("utf-16"))
    )
)
def test_any_bytes_are_a_table_or_refused_in_words(data):
    """A file with the wrong name must not end in a traceback."""
    for source in (source_of(ALL), source_of(Plan(list_id=ListId("x"), columns=columns_of(["name=a"]))), entities("x")):
        try:
            _, records = source.read(data, "x", DAY)
            list(source.readings(records))
        except (SourceProblem, BadInput):
            continue


KEYS = st.sampled_from(["id", "schema", "properties", "name", "holder", "entity", "asset", "owner"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), CELLS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["Person", "Sanction", "Passport", "Ownership", "Occupancy", "Address", "Planet"]), VALUES)
def test_any_json_is_entities_or_refused_in_words(schema, value):
    """Files of others hold what they hold."""
    entity = {"id": "a", "schema": schema, "properties": value if isinstance(value, dict) else {"name": value}}
    try:
        _, records = entities("x").read(json.dumps(entity).encode(), "x", DAY)
        list(entities("x").readings(records))
    except SourceProblem:
        return


@settings(max_examples=400, deadline=None)
@given(st.one_of(CELLS, DATES), st.sampled_from(["", "dmy", "mdy"]), st.sampled_from(["", "solar hijri", "islamic"]))
def test_a_date_is_one_in_iso_or_none(text, order, calendar):
    """What is read as a date can be compared as one."""
    day = read_day(text, order, calendar)

    for part in day.date.split("/") if day.date else []:
        assert dt.date.fromisoformat(part + "-01-01"[: 10 - len(part)])
    assert not (day.date and day.reason)


@settings(max_examples=300, deadline=None)
@given(CELLS)
def test_names_taken_apart_stand_in_their_cell(cell):
    """No letter of a name is made up."""
    words = " ".join(cell.split())

    assert all(found.name in words for found in apart(cell).names)


TAGS = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td colspan='3'>",
        "<li>",
        "<div id='russianFL'>",
        "<div id='russianUL'>",
        "<div id='foreignUL'>",
        "<div id='foreignFL'>",
        "</div>",
        "Организация",
        "Суд",
        "1. ",
        "A*",
        "(B)",
        ", ",
        ";",
        "<br>",
        "07.03.1970 г.р.",
        "<html>",
        "</html>",
        "&amp;",
        "&#x",
        "приостановлен",
        "№ 1",
        "<list>",
        "<person>",
        "<lname>A</lname>",
        "</person>",
        "</list>",
        "<SanctionList>",
        "<KyrgyzLegalPerson>",
        "<Name>A</Name>",
        "</KyrgyzLegalPerson>",
        "</SanctionList>",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.lists(st.one_of(TAGS, CELLS), max_size=25).map(lambda t: "".join(t).encode()))
)
def test_any_bytes_are_a_document_of_a_neighbour_or_refused_in_words(data):
    """Pages break; a page that breaks must not end in a traceback."""
    for source in (FSB, FEDSFM, FM_XML, FM_JSON, KG_FIU):
        try:
            _, records = source.read(data, "category_1.person.acting", DAY)
            list(source.readings(records))
        except SourceProblem:
            continue
