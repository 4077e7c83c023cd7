import datetime as dt
import hashlib
import io
import zipfile

import pytest
from tests.sources.uk.makers import (
    AN_EXPORTED_ROW,
    SEARCHED,
    a_record,
    claim,
    export,
    readings,
    the_facets,
    unread,
    values,
    workbook,
)

from tizim.domain.statements import Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.catalogue import source
from tizim.sources.protocol import Hints
from tizim.sources.uk import SANCTIONS_LIST_SEARCH as SEARCH


def _row(**cells):
    named = dict(zip(SEARCHED, AN_EXPORTED_ROW, strict=True)) | {
        column.replace("_", " "): value for column, value in cells.items()
    }
    return tuple(named[column] for column in SEARCHED)


def _reading(**cells):
    (found,) = readings(SEARCH, export(_row(**cells)))
    return found


def _refusal(data: bytes) -> str:
    with pytest.raises(SourceRefused) as refused:
        SEARCH.read(data, "list.ods")
    return str(refused.value)


def test_the_facts_of_a_document_are_those_it_shows():
    """Its day is the time stamp that the service gives its sheet: the workbook prints that of a template."""
    data = export(AN_EXPORTED_ROW)

    facts, records = SEARCH.read(data, "list.ods")

    assert facts.source == "uk-sanctions-list-search"
    assert facts.date == dt.date(2031, 2, 3)
    assert facts.instant == dt.datetime(2031, 2, 3, tzinfo=dt.UTC)
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert facts.entries == len(records) == 1
    assert facts.title.endswith("dated by the time stamp of its sheet")
    assert source("uk-sanctions-list-search") is SEARCH


@pytest.mark.parametrize("stamp", [(1980, 1, 1), (2020, 12, 30)])
def test_a_time_stamp_that_cannot_be_is_none(stamp):
    """Packers without a clock write 1980; none packs a designation before its day."""
    data = export(AN_EXPORTED_ROW, stamp=stamp)
    hints = Hints(instant=dt.datetime(2031, 5, 6, tzinfo=dt.UTC), by="by its file name")

    by_name, by_rows = SEARCH.read(data, "2031-05-06.ods", hints)[0], SEARCH.read(data, "list.ods")[0]

    assert by_name.date == dt.date(2031, 5, 6)
    assert by_name.title.endswith("dated by its file name")
    assert by_rows.date == dt.date(2021, 5, 3)
    assert "undated" in by_rows.title


def test_entries_of_one_group_are_one_subject():
    """Eight persons stand under Belarus and under human rights, with an id for each and one group."""
    first, second = readings(SEARCH, export(_row(), _row(**{"Unique ID": "GHR0001", "Regime Name": "Rights"})))

    assert (first.key, second.key) == ("RUR0001", "GHR0001")
    assert first.subject == second.subject == "uk-ofsi:90001"
    assert values(first, Property.REFERENCE) == ["RUR0001", "90001"]


def test_an_entry_without_a_group_is_its_own_subject():
    """Ships have none."""
    reading = _reading(**{"OFSI Group ID": "", "Type": "Ship", "Name": "ZENDA STAR"})

    assert reading.subject == "uk-sanctions-list:RUR0001"
    assert values(reading, Property.KIND) == ["vessel"]
    assert values(reading, Property.REFERENCE) == ["RUR0001"]


def test_all_columns_are_told():
    """Eight columns, nothing left."""
    reading = _reading(
        **{
            "Designation source": "UK|UN",
            "Sanctions Imposed": '-, Asset freeze, Shipping sanctions: (see "Other information")',
        }
    )

    assert values(reading, Property.MEMBER) == ["uk-sanctions"]
    assert values(reading, Property.REFERENCE) == ["RUR0001", "90001"]
    assert values(reading, Property.KIND) == ["person"]
    assert values(reading, Property.PROGRAMME) == ["Ruritania"]
    assert values(reading, Property.AUTHORITY) == ["UK", "UN"]
    assert values(reading, Property.LISTED_ON) == ["2021-05-03"]
    assert values(reading, Property.IMPOSED_MEASURE) == [
        "Asset freeze",
        'Shipping sanctions: (see "Other information")',
    ]
    assert unread(reading) == []


def test_a_person_s_family_name_stands_first_and_an_organisation_s_name_as_it_is():
    """Nothing but the order says which is which."""
    person, firm = _reading(Name="ZENDA  Rupert"), _reading(Name="Zenda Trust (ZT)", Type="Entity")

    assert claim(person, Property.NAME).value == "ZENDA Rupert"
    assert the_facets(person, Property.NAME) == {"form": "family name first"}
    assert (claim(firm, Property.NAME).value, claim(firm, Property.NAME).facets) == ("Zenda Trust (ZT)", ())


def test_a_second_name_in_the_cell_is_an_alias():
    """One entry of 2025 has two."""
    reading = _reading(Name="Zenda Holdings a.k.a Hofbau Stone", Type="Entity")

    assert values(reading, Property.NAME) == ["Zenda Holdings"]
    assert values(reading, Property.ALIAS) == ["Hofbau Stone"]


def test_a_name_may_be_missing():
    """Two entries of 2025 have none; the rest of them is told."""
    reading = _reading(Name="")

    assert values(reading, Property.NAME) == []
    assert values(reading, Property.LISTED_ON) == ["2021-05-03"]


def test_what_is_not_known_is_unread():
    """Kinds, days and columns that are new."""
    data = export((*_row(**{"Type": "Balloon", "Date Designated": "soon"}), "red"), columns=(*SEARCHED, "Colour"))

    (reading,) = readings(SEARCH, data)

    assert sorted(unread(reading)) == [("Colour", "red"), ("Date Designated", "soon"), ("Type", "Balloon")]


def test_reading_twice_gives_the_same():
    """Nothing but the bytes decides what is read."""
    data = export(_row(), _row(**{"Unique ID": "RUR0002"}))

    assert readings(SEARCH, data) == readings(SEARCH, data)


def _without(member: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(export(AN_EXPORTED_ROW))) as packed, zipfile.ZipFile(out, "w") as made:
        for name in packed.namelist():
            if name != member:
                made.writestr(name, packed.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html></html>", "no OpenDocument workbook"),
        (export(AN_EXPORTED_ROW)[:-30], "cut off"),
        (_without("content.xml"), "no OpenDocument workbook"),
        (_without("mimetype"), "no OpenDocument workbook"),
        (workbook("", mimetype="application/zip"), "mimetype"),
        (workbook(""), "0 sheets"),
        (export(), "no entries"),
        (export(_row(), _row()), "has the Unique ID RUR0001, as has row 2"),
        (export(_row(**{"Unique ID": ""})), "identity"),
        (export(AN_EXPORTED_ROW, columns=(*SEARCHED, "Name")), "two columns"),
    ],
)
def test_what_is_not_a_whole_list_is_refused(data, words):
    """No part of a damaged document is taken for the list."""
    message = _refusal(data)

    assert message.startswith("list.ods")
    assert words in message


def test_a_missing_column_is_suspicious():
    """A changed form would lose what the column said, silently."""
    with pytest.raises(SourceSuspicious, match="Designation source"):
        SEARCH.read(export(("x",), columns=[c for c in SEARCHED if c != "Designation source"]), "list.ods")


def test_a_record_without_an_id_is_refused():
    """It could not be told apart from others."""
    with pytest.raises(SourceRefused, match="identity"):
        SEARCH.map(a_record(Name="ZENDA Rupert"))
