"""OFAC's flat files and legacy XML as the publisher made them.

``us_ofac_checked.tsv`` beside this file is a table of records that were read by eye: the raw text, and what is to
become of it. Its identity numbers and telephone numbers are masked: every digit of them is a 9 there.
"""

import csv
import datetime as dt
import gzip
import random
import re
import tarfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.whole import WHOLE

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.errors import SourceProblem, SourceRefused
from tizim.sources.protocol import Hints
from tizim.sources.us_ofac import CONS_CSV, CONS_XML, SDN_CSV
from tizim.sources.us_ofac.kinds import SORTS

pytestmark = pytest.mark.real

_SOURCES = {source.info.id: source for source in (SDN_CSV, CONS_CSV, CONS_XML)}
_MASKED = {"identifier", "contact"}
# Source, file, entries and rows as counted by other means (``cut -d, -f1 | sort -u | wc -l`` and ``wc -l``), and
# whether the end mark closes the file.
DOCUMENTS = [
    ("us-ofac-sdn-csv", "2015-01-07-commit.sdn.csv", "", 5876, 5876, True),
    ("us-ofac-sdn-csv", "2019-01-04-commit.sdn.csv", "", 7379, 7379, False),
    ("us-ofac-sdn-csv", "2019-01-04-commit.alt.csv", "alt", 3196, 9682, False),
    ("us-ofac-sdn-csv", "2019-01-04-commit.add.csv", "add", 7379, 11696, False),
    ("us-ofac-sdn-csv", "2019-01-04-commit.sdn_comments.csv", "comments", 13, 13, True),
    ("us-ofac-sdn-csv", "2021-07-07-commit.sdn.csv", "", 8976, 8976, True),
    ("us-ofac-sdn-csv", "2021-07-07-commit.alt.csv", "alt", 4139, 11910, True),
    ("us-ofac-sdn-csv", "2021-07-07-commit.add.csv", "add", 8976, 13837, True),
    ("us-ofac-sdn-csv", "2021-07-07-commit.sdn_comments.csv", "comments", 5, 5, False),
    ("us-ofac-sdn-csv", "2022-01-31-commit.add.csv", "add", 9044, 13625, True),
    ("us-ofac-sdn-csv", "2025-12-24-commit.alt.csv", "alt", 8653, 20107, True),
    ("us-ofac-sdn-csv", "2025-12-24-commit.add.csv", "add", 18494, 24244, True),
    ("us-ofac-sdn-csv", "2025-12-24-commit.sdn_comments.csv", "comments", 28, 28, True),
    ("us-ofac-cons-csv", "2018-05-27-commit.cons_prim.csv", "", 639, 639, True),
    ("us-ofac-cons-csv", "2018-05-27-commit.cons_prim.del", "", 639, 639, True),
    ("us-ofac-cons-csv", "2018-05-27-commit.cons_prim.pip", "", 639, 639, True),
    ("us-ofac-cons-csv", "2018-05-27-commit.cons_prim.ff", "", 639, 639, True),
    ("us-ofac-cons-csv", "2018-05-27-commit.cons_alt.csv", "alt", 495, 1209, True),
    ("us-ofac-cons-csv", "2018-05-27-commit.cons_add.csv", "add", 639, 857, True),
    ("us-ofac-cons-csv", "2025-04-21-commit.cons_prim.csv", "", 443, 443, True),
    ("us-ofac-cons-csv", "2025-04-21-commit.cons_add.csv", "add", 443, 572, True),
    ("us-ofac-cons-csv", "2025-12-19-commit.cons_prim.csv", "", 442, 442, True),
    ("us-ofac-cons-csv", "2025-12-19-commit.cons_alt.csv", "alt", 395, 1073, True),
    ("us-ofac-cons-csv", "2025-12-19-commit.cons_add.csv", "add", 442, 574, True),
    ("us-ofac-cons-csv", "2025-12-19-commit.cons_comments.csv", "comments", 10, 10, True),
    ("us-ofac-cons-xml", "2018-04-06.xml", "", 639, 639, True),
    ("us-ofac-cons-xml", "2024-05-06.xml", "", 443, 443, True),
    ("us-ofac-cons-xml", "2025-03-28.xml", "", 443, 443, True),
    ("us-ofac-cons-xml", "2025-10-22.xml", "", 443, 443, True),
    ("us-ofac-cons-xml", "2025-12-18.xml", "", 442, 442, True),
    ("us-ofac-cons-xml", "2026-01-08.xml", "", 442, 442, True),
]  # fmt: skip
# How many records of a document a seeded sample takes into the table, beside the oddities.
SAMPLED = {
    "us-ofac-sdn-csv/2021-07-07-commit.sdn.csv": 14,
    "us-ofac-sdn-csv/2025-12-24-commit.alt.csv": 3,
    "us-ofac-sdn-csv/2025-12-24-commit.add.csv": 4,
    "us-ofac-cons-csv/2025-12-19-commit.cons_prim.csv": 16,
    "us-ofac-cons-xml/2025-12-18.xml": 12,
    "us-ofac-cons-xml/2018-04-06.xml": 2,
}
MOST_UNREAD = 20


def _bytes(folder: Path, source: str, name: str) -> bytes | None:
    path = folder / "lists" / source / name
    if path.exists():
        return path.read_bytes()
    packed = path.with_name(f"{name}.gz")
    return gzip.decompress(packed.read_bytes()) if packed.exists() else None


def _hints(folder: Path, source: str, name: str) -> Hints:
    """What a keeper says of a file: the day in its name, and the files beside it."""
    asked = _SOURCES[source].beside(name)
    found = {other: data for other in asked if (data := _bytes(folder, source, other)) is not None}
    day = dt.datetime.fromisoformat(f"{name[:10]}T00:00:00+00:00")
    return Hints(instant=day, by="by its file name", beside=found)


@cache
def _document(folder: Path, source: str, name: str) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    data = _bytes(folder, source, name)
    assert data is not None
    facts, records = _SOURCES[source].read(data, name, _hints(folder, source, name))
    return facts, records, {reading.key: reading for reading in _SOURCES[source].readings(records)}


def _table() -> dict[str, dict[str, list[dict[str, str]]]]:
    """The rows read by eye, by document and by entry."""
    found: dict[str, dict[str, list[dict[str, str]]]] = {}
    with Path(__file__).with_name("us_ofac_checked.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            document = row["document"].removesuffix(".gz")
            found.setdefault(document, {}).setdefault(row["key"], []).append(row)
    return found


def _masked(prop: str, text: str) -> str:
    return re.sub(r"\d", "9", text) if prop in _MASKED else text


@pytest.mark.parametrize(("source", "name", "part", "entries", "rows", "ended"), DOCUMENTS)
def test_a_document_has_the_entries_and_rows_that_it_has(real_files, source, name, part, entries, rows, ended):
    """Counts by other means than this reader; the XML is held to its own Record_Count by the reader."""
    facts, records, readings = _document(real_files, source, name)

    assert facts.source == _SOURCES[source].info.line_id(part)
    assert (facts.entries, len(readings), len(records), facts.complete) == (entries, entries, rows, ended)
    assert _SOURCES[source].info.part_of(facts.source) is not None


@pytest.mark.parametrize(("source", "name"), [document[:2] for document in DOCUMENTS])
def test_next_to_nothing_is_unread(real_files, source, name):
    """Of some fifty thousand values of a document a handful is prose around a number, or damage."""
    unread = [left for reading in _document(real_files, source, name)[2].values() for left in reading.unread]

    assert len(unread) <= (MOST_UNREAD if source == "us-ofac-sdn-csv" else 0), Counter(left.field for left in unread)


@pytest.mark.parametrize("document", sorted(SAMPLED))
def test_records_read_by_eye_say_what_they_say(real_files, document):
    """The raw text of each row is in the record, and the record's claims are the rows of the table, no others."""
    source, _, name = document.partition("/")
    _, records, readings = _document(real_files, source, name)
    texts: dict[str, list[str]] = {}
    for record in records:
        texts.setdefault(record.place.removeprefix("uid ").partition(",")[0], []).append(
            "".join(value if field != "Remarks" or "continued" not in str(record.fields[-1][0]) else value.ljust(1000)
                    for field, value in record.fields)
        )  # fmt: skip

    for key, rows in _table()[document].items():
        text = "\n".join(texts[key])
        said = {
            (c.property.value, _masked(c.property, c.value), tuple((n, _masked(c.property, v)) for n, v in c.facets))
            for c in readings[key].claims
            if c.property not in {Property.REFERENCE, Property.BIRTH_YEAR} and (c.property, c.place) != ("member", "")
        }
        expected = set()
        for row in rows:
            for piece in row["raw"].split("|"):
                assert piece in _masked(row["property"], text), (key, row)
            pairs = tuple(tuple(pair.split("=", 1)) for pair in row["facets"].split("; ") if pair)
            expected.add((row["property"], row["value"], pairs))
        assert said == expected, key
        assert not readings[key].unread


@pytest.mark.parametrize("document", sorted(SAMPLED))
def test_the_table_holds_the_records_of_a_seeded_sample(real_files, document):
    """The records were drawn, not chosen: whoever draws again gets the same, beside the oddities."""
    keys = sorted(_document(real_files, *document.split("/"))[2], key=int)

    assert set(random.Random(6636).sample(keys, SAMPLED[document])) - set(_table()[document]) <= {
        key for key in keys if not _document(real_files, *document.split("/"))[2][key].claims
    }


def test_twenty_records_of_each_source_are_in_the_table():
    """What the table is for."""
    table = _table()

    for source in _SOURCES:
        assert sum(len(keys) for document, keys in table.items() if document.startswith(source)) >= 20


def test_flat_files_and_xml_of_one_state_say_the_same(real_files):
    """The two forms are read by code that has little in common; only double quotes are lost in the flat files."""
    flat: dict[str, set[object]] = {}
    for part in ("prim", "alt", "add"):
        _, _, readings = _document(real_files, "us-ofac-cons-csv", f"2025-12-19-commit.cons_{part}.csv")
        for key, reading in readings.items():
            flat.setdefault(key, set()).update(map(_bare, reading.claims))
    _, _, readings = _document(real_files, "us-ofac-cons-xml", "2025-12-18.xml")
    xml = {key: set(map(_bare, reading.claims)) for key, reading in readings.items()}

    assert sum(map(len, flat.values())) > 7000
    assert flat == xml


def _bare(claim: Claim) -> object:
    """A claim without the parts of an address, which flat files do not part, and with one kind of quotes."""
    prop, value, pairs = claim.identity
    parts = {"city", "state", "postal_code", "locality"}
    return prop, value.replace('"', "'"), tuple(pair for pair in pairs if pair[0] not in parts)


@pytest.mark.parametrize("ending", ["del", "pip", "ff"])
def test_all_forms_of_one_file_say_the_same(real_files, ending):
    """The publisher printed the same data in four forms."""
    _, _, csv_readings = _document(real_files, "us-ofac-cons-csv", "2018-05-27-commit.cons_prim.csv")
    facts, _, readings = _document(real_files, "us-ofac-cons-csv", f"2018-05-27-commit.cons_prim.{ending}")

    assert readings == csv_readings
    assert f"cons_prim.{ending}" in facts.title


def test_what_did_not_fit_is_joined_where_both_files_are_of_one_state(real_files):
    """The comments named 2019 are of 2023: entries in them are not cut, or not there, in the main file of 2019."""
    titles = [
        _document(real_files, source, name)[0].title
        for source, name in (
            ("us-ofac-sdn-csv", "2021-07-07-commit.sdn.csv"),
            ("us-ofac-cons-csv", "2025-12-19-commit.cons_prim.csv"),
            ("us-ofac-sdn-csv", "2019-01-04-commit.sdn.csv"),
        )
    ]
    entry = _document(real_files, "us-ofac-sdn-csv", "2021-07-07-commit.sdn.csv")[2]["12300"]
    cut = _document(real_files, "us-ofac-sdn-csv", "2019-01-04-commit.sdn.csv")[2]["12300"]

    assert ["with" in title.partition(",")[0] for title in titles] == [True, True, False]
    linked = [claim.value for claim in entry.claims if claim.property is Property.RELATED_NAME]
    assert "PROMO RAIZ S.A.S." in linked
    assert linked[-1] == "R D I S.A."
    assert [claim.value for claim in cut.claims if claim.facet("form") == "cut"] == ["Linked To: PROMO RAI"]


@pytest.mark.parametrize(
    ("source", "name", "reason"),
    [
        ("us-ofac-sdn-csv", "2022-01-31-commit.sdn.csv", "is uid 2677, as is row 57"),
        ("us-ofac-sdn-csv", "2022-01-31-commit.alt.csv", "row 12409: has an empty cell"),
        ("us-ofac-cons-csv", "2018-05-27-commit.cons_dat_spec.txt", "specification, not a list"),
        ("us-ofac-cons-csv", "2025-04-21-commit.dat_spec.txt", "specification, not a list"),
    ],
)
def test_what_is_no_whole_list_is_refused(real_files, source, name, reason):
    """The copies of 2022-01-31 were edited by hand: a row has another's number, another an invented alias."""
    data = _bytes(real_files, source, name)
    assert data is not None

    with pytest.raises(SourceProblem, match=reason):
        _SOURCES[source].read(data, name, _hints(real_files, source, name))


@pytest.mark.parametrize("source", ["us-ofac-sdn-csv", "us-ofac-cons-csv"])
def test_a_list_kept_under_the_other_source_is_refused(real_files, source):
    """Each list shows by programmes that the other cannot have."""
    other, name = {
        "us-ofac-sdn-csv": ("us-ofac-cons-csv", "2025-12-19-commit.cons_prim.csv"),
        "us-ofac-cons-csv": ("us-ofac-sdn-csv", "2021-07-07-commit.sdn.csv"),
    }[source]
    data = _bytes(real_files, other, name)
    assert data is not None

    with pytest.raises(SourceRefused, match="which no entry of the"):
        _SOURCES[source].read(data, "2025-12-19.csv", _hints(real_files, other, name))


def test_the_taliban_are_one_sdgt_and_no_fto(real_files):
    """The entry the project began with: programme SDGT, never FTO, in every version."""
    for name in ("2015-01-07-commit.sdn.csv", "2019-01-04-commit.sdn.csv", "2021-07-07-commit.sdn.csv"):
        entry = _document(real_files, "us-ofac-sdn-csv", name)[2]["6636"]

        lists = [claim.value for claim in entry.claims if claim.property is Property.MEMBER]
        assert (entry.subject, lists) == ("us-ofac:6636", ["us-ofac-sdn", "us-sdgt"])


@pytest.mark.slow
def test_versions_of_the_sdn_list_read_and_unchanged_rows_are_the_same_object(real_files):
    """Some of 281 versions, and the last: whole, next to nothing unread, nine rows of ten known already.

    bench/lists.py reads and keeps every one of them.
    """
    known: dict[str, EntryReading] = {}
    read = 0
    with tarfile.open(real_files / "lists" / "us-ofac-sdn-csv" / "sdn-history.tar.xz") as archive:
        versions = [member for member in archive if member.isfile()]
        assert len(versions) == 281
        for member in [*versions[: -1 : 5 if WHOLE else 15], versions[-1]]:
            content = archive.extractfile(member)
            assert content is not None
            hints = Hints(instant=dt.datetime.fromisoformat(f"{member.name[:10]}T00:00:00+00:00"))
            facts, records = SDN_CSV.read(content.read(), member.name, hints)
            readings = {reading.key: reading for reading in SDN_CSV.readings(records)}
            same = sum(known.get(key) is reading for key, reading in readings.items())
            assert facts.complete
            assert facts.entries == len(readings)
            assert sum(len(reading.unread) for reading in readings.values()) <= MOST_UNREAD
            assert not known or same > 0.9 * len(readings)
            known = readings
            read += 1

    assert read == (57 if WHOLE else 20)
    assert len(known) == 14_510


@pytest.mark.slow
def test_the_daily_documents_are_all_read(real_files):
    """18 documents, of three publications; within one of them nothing changes."""
    seen: dict[str, list[dict[str, EntryReading]]] = {}
    with tarfile.open(real_files / "lists" / "us-ofac-cons-xml" / "daily-2025-11-29_2026-01-28.tar.xz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                facts, records = CONS_XML.read(content.read(), member.name)
                seen.setdefault(str(facts.date), []).append({r.key: r for r in CONS_XML.readings(records)})

    assert {day: len(documents) for day, documents in seen.items()} == {
        "2025-10-22": 7, "2025-12-18": 4, "2026-01-08": 7,
    }  # fmt: skip
    for documents in seen.values():
        assert all(document.keys() == documents[0].keys() for document in documents)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("us-ofac-sdn-csv", "2015-01-07-commit.sdn.csv"),
        ("us-ofac-sdn-csv", "2021-07-07-commit.sdn.csv"),
        ("us-ofac-sdn-csv", "2025-12-24-commit.add.csv"),
        ("us-ofac-cons-xml", "2018-04-06.xml"),
    ],
)
def test_every_word_of_every_record_is_in_its_reading(real_files, source, name):
    """Nothing is dropped in silence; words for kinds, months and what is said in other words are left out here."""
    other = re.compile(
        r"(?:^|/)(?:uid|ent_num|alt_num|Add_num|Tonnage|GRT|tonnage|grossRegisteredTonnage|mainEntry|category|\w*[tT]ype)$"
    )
    months = "jan feb mar apr may jun jul aug sep oct nov dec"
    labels = {word for kind in SORTS for word in _words(kind)} | _words(
        f"{months} alt a k f n expires issued listing effective region possibly imo"
    )
    _, records, readings = _document(real_files, source, name)
    for record in records:
        reading = readings[record.place.removeprefix("uid ").partition(",")[0]]
        told = " ".join(
            [f"{claim.value} {' '.join(value for _, value in claim.facets)}" for claim in reading.claims]
            + [left.value for left in reading.unread]
        )
        for field, value in record.fields:
            if not other.search(re.sub(r"\[\d+\]", "", field)) and "continued" not in field:
                cut = (
                    value.ljust(1000) + dict(record.fields).get("Remarks_continued", "")
                    if field == "Remarks"
                    else value
                )
                lost = {word for word in _words(cut) - _words(told) - labels if not re.fullmatch(r"\d\d?", word)}
                assert not lost, (record.place, field)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
