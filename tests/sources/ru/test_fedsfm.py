import contextlib
import datetime as dt

import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.protocol import Hints
from tizim.sources.ru import FEDSFM

MARCH = Hints(instant=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), by="as given")
P = Property
# Invented, in the form that notes tell of. The digits of numbers are nines.
BLOCKS = {
    "russianUL": ["1. ФРОНТ ЗЕНДЫ* (ЗЕНДА; ЗЕНДЕНСКИЙ ФРОНТ), ИНН: 9999999999, ОГРН: 9999999999999, прочее;"],
    "russianFL": [
        "1. ЗЕНДИН ИВАН РУДОЛЬФОВИЧ*, 07.03.1970 г.р., г. СТРЕЛЬСАУ;",
        "2. МАЯКОВ ПЁТР (МАЯК), 01.02.1980 г.р.;",
    ],
    "foreignUL": ["1. RED BEACON;"],
    "foreignFL": ["1. RUPERT OF HENTZAU*, 1960 г.р., RURITANIA;"],
}


def _page(blocks=BLOCKS, *, listed=False):
    def inside(items):
        if listed:
            return "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"
        return "<br>".join(items)

    text = "".join(f'<h3>Раздел</h3><div id="{block}">{inside(items)}</div>' for block, items in blocks.items())
    return f"<html><body>{text}</body></html>".encode()


def _read(data):
    _, records = FEDSFM.read(data, "catalog.html", MARCH)
    return {reading.key: reading for reading in FEDSFM.readings(records)}


def _said(reading, prop):
    return [
        (claim.value, {name: value for name, value in claim.facets if name != "script"})
        for claim in reading.claims
        if claim.property is prop
    ]


@pytest.mark.parametrize("listed", [False, True])
def test_persons_and_organisations_of_all_blocks_are_read(listed):
    """A star says terrorism, none says extremism; the running number is no identity."""
    read = _read(_page(listed=listed))
    person, organisation = read["зендин-иван-рудольфович-1970-03-07"], read["фронт-зенды"]

    assert len(read) == 5
    assert person.subject == "ru-fedsfm:зендин-иван-рудольфович-1970-03-07"
    assert _said(person, P.MEMBER) == [("ru-fedsfm", {})]
    assert _said(person, P.NAME) == [("ЗЕНДИН ИВАН РУДОЛЬФОВИЧ", {"form": "family name first"})]
    assert _said(person, P.PROGRAMME) == [("terrorism", {"printed": "*"})]
    assert _said(person, P.BIRTH_DATE) == [("1970-03-07", {})]
    assert _said(person, P.BIRTH_PLACE) == [("г. СТРЕЛЬСАУ", {})]
    assert ("1", {"field": "running number"}) in _said(person, P.HOUSEKEEPING)
    assert [value for value, _ in _said(organisation, P.ALIAS)] == ["ЗЕНДА", "ЗЕНДЕНСКИЙ ФРОНТ"]
    assert _said(organisation, P.IDENTIFIER) == [
        ("9999999999", {"type": "ИНН", "country": "Russia"}), ("9999999999999", {"type": "ОГРН", "country": "Russia"}),
    ]  # fmt: skip
    assert [(one.field, one.value) for one in organisation.unread] == [("item", "прочее")]
    assert _said(read["маяков-петр-1980-02-01"], P.PROGRAMME) == [("extremism", {"printed": "no star"})]
    assert _said(read["rupert-of-hentzau-1960"], P.BIRTH_YEAR) == [("1960", {})]


def test_an_item_that_moves_stays_itself():
    """Running numbers shift with every entry that leaves."""
    moved = {**BLOCKS, "russianFL": ["1. МАЯКОВ ПЁТР (МАЯК), 01.02.1980 г.р.;"]}

    assert "маяков-петр-1980-02-01" in _read(_page(moved))


def test_persons_of_one_name_and_birth_are_told_apart_by_their_places():
    """There is nothing else."""
    two = [f"{at}. ЗЕНДИН ИВАН, 07.03.1970 г.р., {town};" for at, town in ((1, "ЗЕНДА"), (2, "СТРЕЛЬСАУ"))]
    same = [f"{at}. ЗЕНДИН ИВАН, 07.03.1970 г.р., ЗЕНДА;" for at in (1, 2)]

    assert len([key for key in _read(_page({**BLOCKS, "russianFL": two})) if key.startswith("зендин-иван-1970")]) == 2
    with pytest.raises(SourceRefused, match="has the key"):
        _read(_page({**BLOCKS, "russianFL": same}))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (_page({block: [] for block in BLOCKS}, listed=True), "no entries"),
        (_page({**BLOCKS, "russianFL": BLOCKS["russianFL"][1:]}), "item 2 stands where 1 is expected"),
        (_page()[:-10], "cut off"),
        (_page({**BLOCKS, "foreignUL": ["1. *;"]}), "does not begin with a name"),
    ],
)
def test_a_page_that_is_not_whole_is_refused(data, why):
    """A gap in the numbers is a gap in the list."""
    with pytest.raises(SourceRefused, match=why):
        _read(data)


def test_a_page_without_a_block_is_set_aside():
    """A block that is missing would read as thousands of absences."""
    with pytest.raises(SourceSuspicious, match="lacks the block foreignFL"):
        _read(_page({block: items for block, items in BLOCKS.items() if block != "foreignFL"}))


@pytest.mark.parametrize("item", ["1. " + "(" * 3000, "1. " + "A (" * 1500 + ";", "1. A" + ", " * 3000, "1. A*" * 800])
def test_an_odd_item_is_read_or_refused_in_time(item):
    """Patterns on foreign text must not run on."""
    with contextlib.suppress(SourceRefused):
        _read(_page({**BLOCKS, "foreignUL": [item]}))


def test_the_document_says_that_its_reading_is_experimental():
    """Nobody has compared it with a real one."""
    facts, _ = FEDSFM.read(_page(), "catalog.html", MARCH)

    assert ("experimental" in facts.title, FEDSFM.info.experimental, FEDSFM.info.proven) == (True, True, False)
    assert (facts.source, facts.entries) == ("ru-fedsfm", 5)


def test_a_record_of_no_block_is_refused():
    """It is no entry."""
    with pytest.raises(SourceRefused, match="is in no block"):
        FEDSFM.map(Record(place="x[1]", fields=(("item", "1. A;"),)))
