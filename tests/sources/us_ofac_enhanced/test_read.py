import datetime as dt
import hashlib
import io
import zipfile

import pytest
from tests.sources.us_ofac_enhanced.documents import (
    CONS,
    PROGRAMME,
    SDN,
    a_document,
    a_zip,
    an_entity,
    on_list,
)
from tests.working import work

from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.us_ofac_enhanced import SOURCE, read

WHOLE = a_document(an_entity("70001"), an_entity("70002"))
ON_SDN = on_list("SDN List", "2031-01-02")


def _refusal(data: bytes, kind: type[Exception] = SourceRefused) -> str:
    with pytest.raises(kind) as refused:
        SOURCE.read(data, "list.xml")
    return str(refused.value)


def test_the_facts_are_those_the_document_prints():
    """Its line, its day and its title follow from its content, whatever the file is called."""
    facts, records = SOURCE.read(WHOLE, "anything.xml")

    assert facts.source == "us-ofac-enhanced-xml/cons"
    assert facts.sha256 == hashlib.sha256(WHOLE).hexdigest()
    assert facts.size == len(WHOLE)
    assert facts.date == dt.date(2031, 5, 4)
    assert facts.instant == dt.datetime(2031, 5, 4, tzinfo=dt.UTC)
    assert facts.title == "OFAC consolidated non-SDN lists (enhanced XML), as of 2031-05-04"
    assert facts.url.endswith("/CONS_ENHANCED.ZIP")
    assert facts.entries == len(records) == 2
    assert facts.complete
    assert records[0].place == "entity[70001]"
    assert ("generalInfo/entityType", "Individual") in records[0].fields


def test_the_day_is_washingtons_where_a_zone_is_printed():
    """An export of the search of a late evening is of that day there, though it is the next one in UTC."""
    facts, _ = SOURCE.read(a_document(an_entity(), as_of="2031-05-04T22:15:00.1234567-04:00"), "list.xml")

    assert facts.date == dt.date(2031, 5, 4)
    assert facts.instant == dt.datetime(2031, 5, 5, 2, 15, 0, 123_456, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("filters", "line", "begins", "complete"),
    [
        (CONS, "cons", "OFAC consolidated non-SDN lists", True),
        (SDN, "sdn", "OFAC Specially Designated Nationals list", True),
        (CONS + PROGRAMME, "search", "OFAC lists (enhanced XML), search export limited to programme YEMEN,", False),
        (SDN + "<entityTypes><entityType>Vessel</entityType></entityTypes>", "search",
         "OFAC lists (enhanced XML), search export limited to type Vessel,", False),
        (SDN + "<shoeSizes><size>9</size></shoeSizes>", "search",
         "OFAC lists (enhanced XML), search export limited to shoeSizes 9,", False),
        ("<sanctionsLists><sanctionsList>FSE List</sanctionsList></sanctionsLists>", "search",
         "OFAC lists (enhanced XML), search export limited to lists FSE List,", False),
        ("<sanctionsPrograms/>", "search", "OFAC lists (enhanced XML), search export limited to programme", False),
    ],
)  # fmt: skip
def test_only_an_export_of_one_whole_list_is_complete(filters, line, begins, complete):
    """What is limited in any way, known or not, must never make the absent look delisted."""
    both = an_entity(on=ON_SDN + on_list("Consolidated List", "2031-01-02"))

    facts, _ = SOURCE.read(a_document(both, filters=filters), "SDN_ENHANCED.XML")

    assert facts.source == f"us-ofac-enhanced-xml/{line}"
    assert facts.title.startswith(begins)
    assert facts.complete is complete
    part = SOURCE.info.part_of(facts.source)
    assert part is not None
    assert part.complete is complete


def test_a_zip_of_one_document_is_read_as_that_document():
    """The official address gives a ZIP; its facts are of the bytes that are kept, its records the same."""
    data = a_zip(CONS_ENHANCED=WHOLE)

    facts, records = SOURCE.read(data, "CONS_ENHANCED.ZIP")

    assert records == SOURCE.read(WHOLE, "list.xml")[1]
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert facts.media_type == "application/zip"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (a_zip(A=WHOLE, B=WHOLE), "a ZIP with 2 members (A.XML, B.XML)"),
        (a_zip(), "PK"),
        (a_zip(A=WHOLE)[:-30], "the ZIP is damaged, cut off or locked"),
        (a_zip(A=WHOLE)[:60], "the ZIP is damaged, cut off or locked"),
        (a_zip(A=WHOLE).replace(b"A.XML", b"A.TXT"), "a ZIP with 1 members (A.TXT)"),
        (a_zip(A=a_zip(B=WHOLE)), "list.xml"),
    ],
)
def test_another_zip_is_refused(data, says):
    """A ZIP of several files, of none, or one that broke off is not what the publisher gives."""
    assert says in _refusal(data)


def test_a_locked_zip_is_refused():
    """A member whose lock bit is set cannot be read, and nobody is asked for a password."""
    data = a_zip(A=WHOLE)
    central = data.index(b"PK\x01\x02")
    locked = bytearray(data)
    locked[6] |= 1
    locked[central + 8] |= 1

    assert "the ZIP is damaged, cut off or locked" in _refusal(bytes(locked))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_in_another_way_is_refused(packing):
    """Some ways of packing ask for as much memory as they like before a byte is read."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packing) as archive:
        archive.writestr("A.XML", WHOLE)

    assert "packed in another way" in _refusal(held.getvalue())


def test_a_large_zip_is_refused_unopened(monkeypatch):
    """Its table of members alone may be larger than any document."""
    monkeypatch.setattr(read, "_MAX_ZIP", 100)

    assert "more than the 100 a ZIP of this source may have" in _refusal(a_zip(A=WHOLE))


def test_a_zip_bomb_is_refused_before_it_bursts(monkeypatch):
    """No more is unpacked than a document may have, whatever the ZIP says of its member's length."""
    monkeypatch.setattr(read, "_MAX_BYTES", 1_000_000)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("BOMB.XML", b" " * 50_000_000)
    with work() as done:
        refusal = _refusal(held.getvalue())

    assert "more than the 1,000,000 bytes" in refusal
    assert done.seconds < 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "HTML"),
        (WHOLE[:-60], "not well-formed or cut off"),
        (b"<sdnList/>", "the root element is sdnList, not sanctionsData"),
        (a_document(), "no entities"),
        (a_document(an_entity("70001"), an_entity("70001")), "has the id 70001, as has line"),
        (a_document(an_entity("")), "its id '' is not a number"),
        (a_document(an_entity("7x")), "its id '7x' is not a number"),
        (a_document(an_entity(), "<person/>"), "stands where entity is expected"),
        (a_document(an_entity(), "lost words"), "text between elements: 'lost words'"),
        (a_document(an_entity(), as_of="yesterday"), "dataAsOf 'yesterday' is not a date and time"),
        (a_document(an_entity(), more="<entities/>"), "a second sanctionsData/entities"),
        (a_document(an_entity(more="<a>" * 20 + "x" + "</a>" * 20)), "deeper than any entry"),
    ],
)
def test_what_is_not_a_whole_document_is_refused(data, says):
    """Nothing is guessed of a document that is empty, cut off, another's, or says one thing twice."""
    refusal = _refusal(data)

    assert refusal.startswith("list.xml: ")
    assert says in refusal


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (a_document(an_entity(), as_of=""), "no dataAsOf"),
        (a_document(an_entity(), filters=""), "nobody can say whether it is complete"),
        (a_document(an_entity(), more="<ships/>"), "ships is not a section"),
        (WHOLE.replace(b"featureTypes>", b"kinds>"), "kinds is not a section"),
        (a_document(an_entity(on=ON_SDN)), "is not on the Consolidated List"),
        (a_document(an_entity("70001", on=ON_SDN), an_entity("70002"), filters=SDN), "is not on the SDN List"),
        (a_document(an_entity(kind="Vessel")), "entityType 'Vessel' has the code 600, which stands for 'Individual'"),
        (a_document(an_entity(more='<features><feature><type featureTypeId="8">Title</type></feature></features>')),
         "type 'Title' has the code 8, which stands for 'Birthdate'"),
    ],
)  # fmt: skip
def test_a_document_of_another_form_is_left_to_a_person(data, says):
    """It reads well, but is not what all documents before it were."""
    assert says in _refusal(data, SourceSuspicious)
