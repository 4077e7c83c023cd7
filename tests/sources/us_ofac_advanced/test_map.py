from pathlib import Path

import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.us_ofac_advanced import SOURCE

P = Property
SDN = (Path(__file__).parents[2] / "data" / "us_ofac_advanced" / "sdn_advanced.xml").read_bytes()


def _readings(data: bytes = SDN) -> dict[str, EntryReading]:
    return {reading.key: reading for reading in SOURCE.readings(SOURCE.read(data, "list.xml")[1])}


def _said(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    return [(claim.value, dict(claim.facets)) for claim in reading.claims if claim.property is prop]


def test_a_party_has_the_subject_of_all_documents_of_ofac():
    """The same number in another format of OFAC's is the same subject."""
    assert [(r.key, r.subject) for r in _readings().values()] == [
        ("70001", "us-ofac:70001"), ("70002", "us-ofac:70002"), ("70003", "us-ofac:70003"),
    ]  # fmt: skip


def test_a_kind_that_is_unknown_is_the_broader_one():
    """Only vessels and aircraft have a finer kind."""
    assert [_said(r, P.KIND) for r in _readings().values()] == [
        [("person", {})], [("organisation", {})], [("vessel", {})],
    ]  # fmt: skip


def test_names_are_put_together_as_they_are_spoken():
    """The document has parts only, in no order that means anything."""
    reading = _readings()["70001"]

    assert _said(reading, P.NAME) == [
        ("Rudolf Rassendyll", {"script": "Latn", "given_name": "Rudolf", "family_name": "Rassendyll"})
    ]
    assert _said(reading, P.ORIGINAL_NAME) == [
        ("Рудольф Рассендилл", {"script": "Cyrl", "given_name": "Рудольф", "family_name": "Рассендилл"})
    ]
    assert _said(reading, P.ALIAS) == [
        ("Rudi", {"script": "Latn", "quality": "low", "kind": "former name", "given_name": "Rudi"})
    ]


@pytest.mark.parametrize(
    ("identity", "says"),
    [(b'Primary="false" False="false"', "secondary"), (b'Primary="false" False="true"', "false")],
)
def test_names_of_another_identity_are_aliases(identity, says):
    """A false identity must not give the party its main name."""
    data = SDN.replace(b'FixedRef="70002" Primary="true" False="false"', b'FixedRef="70002" ' + identity)

    reading = _readings(data)["70002"]

    assert _said(reading, P.NAME) == []
    assert _said(reading, P.ALIAS) == [
        ("Black Michael Trading Co", {"script": "Latn", "quality": "good", "identity": says})
    ]


def test_lists_dates_acts_and_measures_come_from_its_entries():
    """Each entry has its own list and day; a programme is a measure of its own type here."""
    one, two = (_readings()[key] for key in ("70001", "70002"))

    assert _said(one, P.MEMBER) == [("us-ofac-sdn", {}), ("us-sdgt", {})]
    assert _said(one, P.LISTED_ON) == [("2029-12-10", {"list": "us-ofac-sdn"})]
    assert _said(one, P.PROGRAMME) == [("SDGT", {})]
    assert _said(one, P.LEGAL_BASIS) == [
        ("Executive Order 13224 (Terrorism)", {"kind": "executive order", "number": "13224"})
    ]
    part = {"part": "Sectoral Sanctions Identifications List"}
    assert _said(two, P.MEMBER) == [("us-ofac-sdn", {}), ("us-ofac-cons", part)]
    assert _said(two, P.LISTED_ON) == [
        ("2030-01-02", {"list": "us-ofac-sdn"}), ("2028-01-02", {"list": "us-ofac-cons", **part}),
    ]  # fmt: skip


def test_an_event_of_another_kind_is_unread():
    """What an amendment means here is not known, so its day is no day of listing."""
    left = {(u.field, u.value) for u in _readings()["70002"].unread}

    assert ("SanctionsEntry/EntryEvent/@EntryEventType", "Amended") in left
    assert ("SanctionsEntry/EntryEvent/Date/Day", "4") in left


def test_features_take_their_value_from_where_it_stands():
    """A date from a period, a word from a code, a country or address from a place, all else from text."""
    reading = _readings()["70001"]

    assert _said(reading, P.BIRTH_DATE) == [("1962", {"about": "circa", "reliability": "confirmed"})]
    assert _said(reading, P.BIRTH_YEAR) == [("1962", {})]
    assert _said(reading, P.ADDRESS) == [
        ("1 Castle St, Streslau, Ruritania", {"street": "1 Castle St", "city": "Streslau", "country": "Ruritania"})
    ]
    assert _said(reading, P.NATIONALITY) == [("Ruritania", {})]
    assert _said(reading, P.GENDER) == [("male", {})]
    assert _said(reading, P.BIRTH_PLACE) == [("Streslau, Ruritania", {})]
    assert _said(reading, P.IMPOSED_MEASURE) == [
        ("Block", {}), ("Subject to Secondary Sanctions", {"kind": "Additional Sanctions Information"}),
    ]  # fmt: skip
    assert _said(reading, P.CONTACT) == [("4411222333", {"kind": "phone"})]


def _born(start: str, end: str, calendar: str = "1") -> bytes:
    """The document with another birth date of its first party."""
    begin = SDN.index(b'<DatePeriod CalendarTypeID="1"', SDN.index(b'FeatureTypeID="8">'))
    stop = SDN.index(b"</DatePeriod>", begin)
    period = f'<DatePeriod CalendarTypeID="{calendar}">{start}{end}'
    return SDN[:begin] + period.encode() + SDN[stop:]


def _bound(tag: str, first: str, last: str, more: str = "") -> str:
    sides = ""
    for side, day in (("From", first), ("To", last)):
        year, month, date = day.split("-")
        sides += f"<{side}><Year>{year}</Year><Month>{month}</Month><Day>{date}</Day></{side}>"
    return f'<{tag} Approximate="false" {more}>{sides}</{tag}>'


@pytest.mark.parametrize(
    ("start", "end", "date"),
    [
        (_bound("Start", "1951-1-1", "1951-12-31"), _bound("End", "1953-1-1", "1953-12-31"), "1951/1953"),
        (_bound("Start", "1955-3-1", "1955-3-31"), _bound("End", "1956-3-1", "1956-3-31"), "1955-03/1956-03"),
        (_bound("Start", "1965-3-21", "1965-3-21"), _bound("End", "1966-3-20", "1966-3-20"), "1965-03-21/1966-03-20"),
        (_bound("Start", "1961-4-1", "1961-4-1"), _bound("End", "1961-4-30", "1961-4-30"), "1961-04"),
        (_bound("Start", "1961-4-5", "1961-4-5"), _bound("End", "1961-4-5", "1961-4-5"), "1961-04-05"),
        (_bound("Start", "1961-4-5", "1961-4-5"), "", "1961-04-05"),
    ],
)
def test_periods_are_as_precise_as_printed(start, end, date):
    """As in the enhanced XML, from which the same times are told by the same days."""
    assert [value for value, _ in _said(_readings(_born(start, end))["70001"], P.BIRTH_DATE)] == [date]


@pytest.mark.parametrize(
    ("start", "end", "calendar"),
    [
        (_bound("Start", "1381-4-5", "1381-4-5"), _bound("End", "1381-4-5", "1381-4-5"), "2"),
        (_bound("Start", "1961-4-31", "1961-4-31"), _bound("End", "1961-4-5", "1961-4-5"), "1"),
        (_bound("Start", "1963-4-5", "1963-4-5"), _bound("End", "1961-4-5", "1961-4-5"), "1"),
        (_bound("Start", "1961-4-5", "1961-4-5", 'BoundaryQualifierTypeID="3"'), "", "1"),
        (_bound("Start", "1961-4-5", "1961-4-5"), "", "9"),
        ("", "", "1"),
    ],
)
def test_a_period_that_is_not_understood_is_unread(start, end, calendar):
    """A calendar that is another or has no name, a day that is none, an end before its start, a qualifier."""
    reading = _readings(_born(start, end, calendar))["70001"]

    assert _said(reading, P.BIRTH_DATE) == _said(reading, P.BIRTH_YEAR) == []
    assert any("FeatureVersion" in left.field for left in reading.unread)


def test_documents_and_relations_are_told_with_the_party():
    """They stand in tables of their own and refer to it."""
    one, three = (_readings()[key] for key in ("70001", "70003"))

    assert _said(one, P.IDENTIFIER) == [
        ("X000", {"type": "Passport", "country": "Ruritania", "issued": "2020-01-02", "note": "lost",
                  "valid": "fraudulent"}),
    ]  # fmt: skip
    assert _said(three, P.IDENTIFIER) == [("0000001", {"type": "IMO number", "printed": "IMO 0000001"})]
    assert _said(three, P.RELATION) == [
        ("70002", {"phrase": "Owned or Controlled By", "name": "Black Michael Trading Co", "with": "us-ofac:70002"})
    ]


def test_what_is_not_known_is_unread_by_its_name():
    """A feature of a new kind, and a code that the document does not explain."""
    reading = _readings()["70003"]

    assert {(u.field, u.value) for u in reading.unread} == {
        ("Profile/Feature/@FeatureType", "Shoe Size"), ("Profile/Feature/FeatureVersion/VersionDetail", "47"),
        ("Profile/Feature/FeatureVersion/VersionDetail/@DetailType", "TEXT"),
    }  # fmt: skip
    assert {u.field for u in _readings()["70001"].unread} == {
        "Profile/Feature/IdentityReference/@IdentityFeatureLinkTypeID"
    }


def test_the_same_bytes_twice_give_the_same_readings():
    """Nothing depends on what was read before."""
    assert _readings() == _readings()


def test_a_record_without_a_number_is_refused():
    """Without it nothing could be told of the same party in another document."""
    with pytest.raises(SourceRefused):
        SOURCE.map(Record(place="DistinctParty[?]", fields=(("Profile/@PartySubType", "Vessel"),)))
