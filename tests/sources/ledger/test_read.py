import datetime as dt
import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tizim.errors import SourceRefused
from tizim.sources.ledger import SOURCE, bundle_only, records

KINDS = ("designations.csv", "organisations.csv", "lists.csv", "measures.csv", "seed_claims.csv")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_known_by_its_header_and_not_by_its_name(kind, ledger_file):
    """Files are renamed on their way; the place of a record must stay the same all the same."""
    data = ledger_file(kind)

    facts, found = SOURCE.read(data, "download (3).txt")

    assert facts.title == kind
    assert [record.place.split(" ")[0] for record in found] == [kind]


def test_the_facts_are_those_of_the_bytes(ledger_file):
    """The document is named by its hash, and never said to be a complete list."""
    data = ledger_file("designations.csv")

    facts, _ = SOURCE.read(data, "d.csv")

    assert facts.source == "ledger"
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert facts.size == len(data)
    assert (facts.url, facts.media_type, facts.entries, facts.complete) == ("", "text/csv", 1, False)
    assert not SOURCE.info.complete


def test_a_byte_order_mark_is_no_part_of_the_first_column(ledger_file):
    """Spreadsheets write one; the file is the same file."""
    data = b"\xef\xbb\xbf" + ledger_file("designations.csv")

    _, found = SOURCE.read(data, "d.csv")

    assert found[0].fields[0] == ("row_id", "L0000000001")


def test_cells_are_kept_verbatim_in_the_order_of_the_file(ledger_file):
    """A record is what the row says, blanks, quotes and all; only the mapper reads it."""
    data = ledger_file("designations.csv", {"note": ' a "note", twice '})

    _, found = SOURCE.read(data, "d.csv")

    assert dict(found[0].fields)["note"] == ' a "note", twice '
    assert [field for field, _ in found[0].fields][:3] == ["row_id", "org_id", "org_name_as_stated"]
    assert found[0].place == "designations.csv row_id=L0000000001"


@pytest.mark.parametrize(
    ("kind", "change", "date"),
    [
        ("designations.csv", {"source_title": "Annex, read 2026-08-14"}, dt.date(2026, 8, 14)),
        ("designations.csv", {"date": "2026-01-02", "date_precision": "day"}, dt.date(2026, 1, 2)),
        ("designations.csv", {"date": "2026-05", "source_title": ""}, dt.date(2026, 5, 1)),
        (
            "designations.csv",
            {"date": "", "date_precision": "unknown", "source_title": ""},
            dt.date(1970, 1, 1),
        ),
        ("designations.csv", {"date_until": "2029-05-14", "source_title": ""}, dt.date(2005, 3, 1)),
        ("designations.csv", {"date": "soon", "source_title": ""}, dt.date(1970, 1, 1)),
        ("organisations.csv", {}, dt.date(2005, 4, 2)),
        ("lists.csv", {"source": "site 2025-03-18"}, dt.date(2025, 3, 18)),
        ("measures.csv", {}, dt.date(2011, 6, 17)),
        ("seed_claims.csv", {}, dt.date(2023, 12, 29)),
    ],
)
def test_the_date_of_a_file_is_the_newest_day_it_names(kind, change, date, ledger_file):
    """The files print no date; what names a day was written no earlier, and a stated term proves nothing."""
    data = ledger_file(kind, change)

    facts, _ = SOURCE.read(data, "x.csv")

    assert facts.date == date
    assert facts.instant == dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)


def test_an_organisation_is_one_record_with_the_row_of_each_name(ledger_file):
    """A name's provenance is its own row, even where another organisation's row stands between."""
    data = ledger_file("organisations.csv", {"name": "A"}, {"org_id": "other"}, {"name": "B"})

    facts, found = SOURCE.read(data, "o.csv")

    assert facts.entries == 2
    assert [record.place for record in found] == [
        "organisations.csv org_id=red-kite",
        "organisations.csv org_id=other",
    ]
    assert [pair for pair in found[0].fields if pair[0].endswith("/name")] == [
        ("2/name", "A"),
        ("4/name", "B"),
    ]


def test_a_line_number_counts_the_lines_of_the_file_and_not_its_rows(ledger_file):
    """Whoever looks a row up in an editor must find it, also after a cell with a line break."""
    data = ledger_file("organisations.csv", {"name": "A\nB"}, {"name": "C"})

    found = records(data, "o.csv")

    assert [field for field, _ in found[0].fields if field.endswith("/name")] == ["2/name", "4/name"]


DAMAGE = [
    pytest.param(lambda _: b"", "line 1, column 1", "empty", id="no bytes"),
    pytest.param(lambda _: b"\xef\xbb\xbf\r\n ", "line 1, column 1", "empty", id="only blanks"),
    pytest.param(lambda _: b"<!doctype html><p>404", "line 1, column 1", "HTML", id="HTML"),
    pytest.param(lambda _: b'\n<?xml version="1.0"?>', "line 1, column 1", "XML", id="XML"),
    pytest.param(lambda data: data.replace(b"Red Kite", b"Red \xff"), "line 2, column 26", "no UTF-8", id="bad UTF-8"),
    pytest.param(lambda data: data.decode().encode("utf-16"), "line 1, column", "null byte", id="UTF-16"),
    pytest.param(lambda data: data[: data.index(b"\n") + 1], "line 2", "no row", id="header only"),
    pytest.param(lambda data: data[:-40], "line 2, after column", "fields where the header has 22", id="cut off"),
    pytest.param(lambda data: data + b"\r\n", "line 3", "0 fields", id="blank line"),
    pytest.param(lambda data: data.rstrip() + b",1\r\n", "line 2, after column bundle", "23 fields", id="too wide"),
    pytest.param(lambda data: data.replace(b"Red Kite", b'"Red Kite'), "line 2", "well-formed", id="open quote"),
    pytest.param(lambda data: data.replace(b"Red Kite", b'"Red" Kite'), "line 2", "well-formed", id="stray quote"),
    pytest.param(lambda _: b"a,b\r\n1,2\r\n", "line 1, column 'a'", "no file of the ledger", id="header"),
    pytest.param(
        lambda data: data.replace(b",bundle", b",ship").replace(b",vk", b",mark"),
        "column vk",
        "vk, bundle",
        id="gone",
    ),
    pytest.param(lambda data: data.replace(b",vk", b",note"), "column 'note'", "twice", id="column twice"),
    pytest.param(lambda data: data.replace(b"L0000000001", b" "), "line 2, column row_id", "empty", id="no key"),
    pytest.param(lambda data: data.replace(b"red-kite", b""), "line 2, column org_id", "empty", id="no subject"),
]


@pytest.mark.parametrize(("damage", "where", "reason"), DAMAGE)
def test_a_damaged_file_is_refused_whole_with_its_place(damage, where, reason, ledger_file):
    """Half a file would look like facts withdrawn; the message says where, what and what to do."""
    data = damage(ledger_file("designations.csv"))

    with pytest.raises(SourceRefused) as refused:
        SOURCE.read(data, "ours.csv")

    message = str(refused.value)
    assert message.startswith(f"ours.csv, {where}" if where.startswith("line") else "ours.csv, line 1")
    assert where in message
    assert reason in message
    assert "; " in message


def test_two_rows_of_one_id_are_refused_with_both_lines(ledger_file):
    """Neither of two rows of one id can be believed to be the one meant."""
    data = ledger_file("designations.csv", {}, {"row_id": "L0000000002"}, {})

    with pytest.raises(
        SourceRefused, match=r"d\.csv, lines 2 and 4, column row_id: two rows of one row_id=L0000000001"
    ):
        SOURCE.read(data, "d.csv")


@pytest.mark.parametrize("kind", ["lists.csv", "measures.csv", "seed_claims.csv"])
def test_two_rows_of_one_key_are_refused_in_the_other_files_too(kind, ledger_file):
    """A rule, a measure or a claim given twice is a slip of the hand as well."""
    data = ledger_file(kind, {}, {})

    with pytest.raises(SourceRefused, match="lines 2 and 3"):
        SOURCE.read(data, "x.csv")


def test_a_list_may_have_several_rules_from_several_days(ledger_file):
    """Rules change: the same list stands in the file once for each of them."""
    data = ledger_file("lists.csv", {}, {"rule_from": "2019", "period": "P5Y"}, {"rule_kind": "none", "period": ""})

    found = records(data, "l.csv")

    assert len(found) == 3


def test_only_rows_marked_yes_are_bundled(ledger_file):
    """A row may ship only where the ledger says exactly so."""
    data = ledger_file(
        "designations.csv",
        {},
        {"row_id": "L0000000002", "bundle": "no: shown wrong (trap)"},
        {"row_id": "L0000000003", "bundle": ""},
        {"row_id": "L0000000004", "bundle": "yes, once checked"},
    )

    kept = bundle_only(records(data, "d.csv"))

    assert [record.place for record in kept] == ["designations.csv row_id=L0000000001"]


def test_an_organisation_is_bundled_with_those_of_its_names_that_may_ship(ledger_file):
    """A name from a closed transcription stays out; an organisation with no other name goes with it."""
    data = ledger_file(
        "organisations.csv",
        {"name": "A"},
        {"name": "B", "bundle": "no: transcription"},
        {"org_id": "other", "bundle": "no: transcription"},
    )

    kept = bundle_only(records(data, "o.csv"))

    assert [record.place for record in kept] == ["organisations.csv org_id=red-kite"]
    assert [value for field, value in kept[0].fields if field.endswith("/name")] == ["A"]


def test_all_rules_and_no_story_claims_are_bundled(ledger_file):
    """Rules have no such column and are ours; the claims of the stories serve tests only."""
    rules, measures, claims = (
        bundle_only(records(ledger_file(kind), "x.csv")) for kind in ("lists.csv", "measures.csv", "seed_claims.csv")
    )

    assert [len(rules), len(measures), len(claims)] == [1, 1, 0]


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    """A hostile file may be refused and nothing else: no other error leaves the reader."""
    try:
        facts, found = SOURCE.read(data, "x.csv")
    except SourceRefused:
        return

    assert facts.entries == len(found)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), at=st.floats(0, 1), inserted=st.binary(max_size=4), lost=st.integers(0, 30))
def test_a_file_with_a_wound_is_read_or_refused(ledger_file, kind, at, inserted, lost):
    """Whatever is cut out of a good file or put into it, what still reads can also be mapped."""
    good = ledger_file(kind)
    cut = int(at * len(good))
    data = good[:cut] + inserted + good[cut + lost :]

    try:
        _, found = SOURCE.read(data, "x.csv")
    except SourceRefused:
        return

    assert len(list(SOURCE.readings(found))) == len(found)
