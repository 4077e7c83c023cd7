import datetime as dt
import hashlib
from pathlib import Path

import pytest

from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.us_ofac_advanced import SOURCE

SDN = (Path(__file__).parents[2] / "data" / "us_ofac_advanced" / "sdn_advanced.xml").read_bytes()
CONS = SDN.replace(b'ListID="1550"', b'ListID="91507"')


def _refusal(data: bytes, kind: type[Exception] = SourceRefused) -> str:
    with pytest.raises(kind) as refused:
        SOURCE.read(data, "list.xml")
    return str(refused.value)


def test_the_facts_are_those_the_document_prints():
    """Its day is printed as one, and its title says that it was read experimentally."""
    facts, records = SOURCE.read(SDN, "anything.xml")

    assert facts.source == "us-ofac-advanced-xml/sdn"
    assert facts.sha256 == hashlib.sha256(SDN).hexdigest()
    assert facts.date == dt.date(2031, 5, 4)
    assert facts.instant == dt.datetime(2031, 5, 4, tzinfo=dt.UTC)
    assert facts.url.endswith("/SDN_ADVANCED.XML")
    assert "read experimentally" in facts.title
    assert facts.entries == len(records) == 3
    assert facts.complete


def test_the_source_never_claims_to_be_proven():
    """No document of the publisher's was held when it was written."""
    assert SOURCE.info.experimental
    assert not SOURCE.info.proven


def test_which_list_it_is_follows_from_its_entries():
    """A party on both lists does not make the SDN list a copy of the other, nor the other way round."""
    facts, _ = SOURCE.read(CONS, "SDN_ADVANCED.XML")

    assert facts.source == "us-ofac-advanced-xml/cons"
    assert facts.title.startswith("OFAC consolidated non-SDN lists (advanced XML, read experimentally)")


def test_a_record_holds_what_is_about_its_party_and_the_words_of_codes():
    """A record must say by itself all that the document says of the party."""
    _, records = SOURCE.read(SDN, "list.xml")

    fields = dict(records[0].fields)
    assert records[0].place == "DistinctParty[70001]"
    assert fields["Profile/Feature[1]/@FeatureTypeID"] == "8"
    assert fields["Profile/Feature[1]/@FeatureType"] == "Birthdate"
    assert fields["IDRegDocument/@IssuedBy-Country"] == "Ruritania"
    assert fields["SanctionsEntry/@List"] == "SDN List"
    assert fields["Profile/Feature[2]/FeatureVersion/VersionLocation/Location/LocationCountry/@Country"] == "Ruritania"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"<html><body>Sorry</body></html>", "HTML"),
        (SDN[:-200], "not well-formed or cut off"),
        (b"<sdnList/>", "the root element is sdnList"),
        (
            SDN.replace(b'FixedRef="70002">\n      <Profile', b'FixedRef="70001">\n      <Profile'),
            "has the FixedRef 70001",
        ),
        (SDN.replace(b'DistinctParty FixedRef="70002"', b'DistinctParty FixedRef="x"'), "is not a number of OFAC's"),
        (SDN.replace(b"<Month>5</Month>", b"<Month>15</Month>", 1), "DateOfIssue is no day"),
        (SDN.replace(b"<SanctionsEntryLinks/>", b"<SanctionsEntryLinks/><Locations/>"), "a second Sanctions/Locations"),
    ],
)
def test_what_is_not_a_whole_document_is_refused(data, says):
    """Nothing is guessed of a document that is empty, cut off, another's, or has one party twice."""
    assert says in _refusal(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (SDN.replace(b"<SanctionsEntryLinks/>", b"<Ships/>"), "Sanctions/Ships is not a section"),
        (SDN.replace(b"Locations>", b"Places>"), "Sanctions/Places is not a section"),
        (SDN.replace(b'ID="901" ProfileID="70001"', b'ID="901" ProfileID="79999"'), "which no party has"),
        (SDN.replace(b'IdentityID="203" V', b'IdentityID="299" V'), "IDRegDocument is of the IdentityID '299'"),
        (
            SDN.replace(b'ProfileID="70003" ListID="1550"', b'ProfileID="70003" ListID="91507"'),
            "not one list in common",
        ),
        (SDN.replace(b'ListID="', b'ListID="9999'), "not one list in common"),
    ],
)
def test_a_document_of_another_form_is_left_to_a_person(data, says):
    """It reads well, but is not what the notes say of all documents."""
    assert says in _refusal(data, SourceSuspicious)
