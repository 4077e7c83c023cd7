"""A feed of invented entities, made after format notes alone: no file of the publisher was seen."""

import datetime as dt

import pytest

from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.ca_ps import SOURCE

ENTRY = """<entry><title>Vell Front (also known as VF)</title><id>https://vell.example/lst#1</id>
<link href="https://vell.example/lst#1"/><published>2012-05-24T00:00:00-05:00</published><updated>2024-06-03</updated>
<summary type="html">Also known as: Front of Vell, Vell Brigade</summary>
<content type="html">&lt;p&gt;A group.&lt;/p&gt;</content>{more}</entry>"""


def _a_feed(*entries: str, updated: str = "<updated>2031-05-04T10:00:00-04:00</updated>") -> bytes:
    inside = "".join(entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Listed</title>{updated}{inside}</feed>'.encode()


def _told(data: bytes, prop: Property) -> list[str]:
    _, records = SOURCE.read(data, "lstd.xml")
    (reading,) = SOURCE.readings(records)
    return [claim.value for claim in reading.claims if claim.property is prop]


def test_an_entry_says_its_names_and_its_days():
    """Published is when it was listed, updated when it was last reviewed."""
    data = _a_feed(ENTRY.format(more=""))

    assert _told(data, Property.MEMBER) == ["ca-cc"]
    assert _told(data, Property.NAME) == ["Vell Front"]
    assert _told(data, Property.ALIAS) == ["VF", "Front of Vell", "Vell Brigade"]
    assert _told(data, Property.LISTED_ON) == ["2012-05-24"]
    assert _told(data, Property.REVIEWED_ON) == ["2024-06-03"]
    assert _told(data, Property.COMMENT) == ["A group."]


def test_the_feed_prints_its_moment_and_says_that_the_reader_is_experimental():
    """Nobody has checked this reader against a real file."""
    facts, _ = SOURCE.read(_a_feed(ENTRY.format(more="")), "lstd.xml")
    undated, _ = SOURCE.read(_a_feed(ENTRY.format(more=""), updated=""), "lstd.xml")

    assert facts.instant == dt.datetime(2031, 5, 4, 14, tzinfo=dt.UTC)
    assert "experimental" in facts.title
    assert SOURCE.info.experimental
    assert not SOURCE.info.proven
    assert undated.date == dt.date(2024, 6, 3)


def test_an_unknown_element_and_an_unread_day_are_left_by_their_names():
    """New things must be seen, and must break nothing."""
    data = _a_feed(ENTRY.format(more="<colour>green</colour>").replace("2024-06-03", "soon"))
    _, records = SOURCE.read(data, "lstd.xml")

    (reading,) = SOURCE.readings(records)

    assert {(left.field, left.value) for left in reading.unread} == {("colour", "green"), ("updated", "soon")}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<rss/>", "root element is rss"),
        (_a_feed(), "no entries"),
        (_a_feed(ENTRY.format(more=""))[:-20], "cut off"),
        (_a_feed(ENTRY.format(more=""), ENTRY.format(more="")), "as has line"),
        (_a_feed("<entry><title>Vell</title></entry>"), "no id"),
    ],
)
def test_a_feed_that_is_not_whole_is_refused_whole(data, reason):
    """A half feed would look like delistings."""
    with pytest.raises(SourceRefused, match=reason):
        SOURCE.read(data, "lstd.xml")
