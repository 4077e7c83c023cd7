"""Entities from the register: who is on which list on a day, each listing as a `Sanction`."""

import datetime as dt

import pytest
from tests.makers import Ticking, a_claim, a_document, a_register, an_entry

from tizim.answer.times import Asked, as_of
from tizim.domain.statements import Property
from tizim.screen.from_register import snapshot

NOW = dt.datetime(2024, 6, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def taken(tmp_path):
    """Keeps documents and makes a snapshot of the register as of a day."""
    register = a_register(tmp_path)
    clock = Ticking(NOW - dt.timedelta(days=1))

    def make(*documents, day=None):
        for one in documents:
            register.append(one, clock)
        with register.view() as view:
            return snapshot(view, as_of(Asked(as_of=day), view, NOW), "v", "head")

    yield make
    register.close()


FULL = an_entry(
    "QDi.001",
    [
        a_claim(Property.KIND, "person"),
        a_claim(Property.ALIAS, "ABU TEST", quality="low"),
        a_claim(Property.ALIAS, "TESTER, Anvar", quality="good"),
        a_claim(Property.ALIAS, "OLD NAME", kind="former name"),
        a_claim(Property.ORIGINAL_NAME, "أنور", script="Arab"),
        a_claim(Property.BIRTH_DATE, "1971-05-06"),
        a_claim(Property.BIRTH_YEAR, "1971"),
        a_claim(Property.BIRTH_DATE, "1980/1982", of="somebody else"),
        a_claim(Property.NATIONALITY, "Uzbekistan"),
        a_claim(Property.NATIONALITY, "Turkey", kind="citizenship"),
        a_claim(Property.GENDER, "male"),
        a_claim(Property.ADDRESS, "1 Test Street, Kabul", country="Afghanistan"),
        a_claim(Property.IDENTIFIER, "AB 1234567", type="Passport"),
        a_claim(Property.IDENTIFIER, "77-1", type="Tax ID No."),
        a_claim(Property.IDENTIFIER, "12xyz", type="Digital Currency Address", currency="XBT"),
        a_claim(Property.PROGRAMME, "Test programme"),
        a_claim(Property.IMPOSED_MEASURE, "Asset freeze"),
        a_claim(Property.LISTED_ON, "2001-10-06"),
        a_claim(Property.REFERENCE, "QDi.001"),
    ],
    name="ANVAR TESTOV",
)


def test_an_entry_becomes_an_entity_with_its_listing(taken):
    """Names by what they are, facts by their type, the listing beside it."""
    found = taken(a_document("2024-06-03", [FULL]))

    told = found.entity(found.called("un-sc:QDi.001"))
    assert (told.schema, told.caption, told.datasets, told.target) == ("Person", "ANVAR TESTOV", ["un_1267"], True)
    own = told.properties
    assert own["name"] == ["ANVAR TESTOV", "أنور"] or set(own["name"]) == {"ANVAR TESTOV", "أنور"}
    assert (own["alias"], own["weakAlias"], own["previousName"]) == (["TESTER, Anvar"], ["ABU TEST"], ["OLD NAME"])
    assert own["birthDate"] == ["1971-05-06"]
    assert (own["nationality"], own["citizenship"], own["country"]) == (["uz"], ["tr"], ["af"])
    assert (own["passportNumber"], own["taxNumber"], own["topics"]) == (["AB 1234567"], ["77-1"], ["sanction"])
    listing, wallet = (found.entity(at) for at in found.naming(found.called("un-sc:QDi.001")))
    assert (listing.id, listing.schema) == ("listing:un-1267:un-sc:QDi.001", "Sanction")
    assert listing.properties["entity"] == ["un-sc:QDi.001"]
    assert listing.properties["listingDate"] == ["2001-10-06"]
    assert listing.properties["unscId"] == ["QDi.001"]
    assert listing.properties["provisions"] == ["Asset freeze"]
    assert listing.properties["program"] == ["Test programme"]
    assert (wallet.schema, wallet.properties["publicKey"]) == ("CryptoWallet", ["12xyz"])


def test_who_was_taken_off_is_not_told_as_listed(taken):
    """A complete copy without the entry, later than those with it: its state is unknown or ended, never listed."""
    found = taken(
        a_document("2024-05-01", [an_entry("QDi.001"), an_entry("QDi.002")]),
        a_document("2024-06-03", [an_entry("QDi.002")]),
    )

    assert found.called("un-sc:QDi.001") is None
    assert found.called("un-sc:QDi.002") is not None


def test_what_was_last_seen_before_today_says_so(taken):
    """Old sight is never told as today's."""
    found = taken(a_document("2024-06-03", [an_entry("QDi.001")]))
    (listing,) = (found.entity(at) for at in found.naming(found.called("un-sc:QDi.001")))

    assert listing.properties["status"] == ["not observed since 2024-06-03"]


def test_a_snapshot_is_as_of_a_day(taken):
    """What was not listed then is not there then."""
    documents = (
        a_document("2024-05-01", [an_entry("QDi.001")]),
        a_document(
            "2024-06-03", [an_entry("QDi.001"), an_entry("QDi.002", [a_claim(Property.LISTED_ON, "2024-05-20")])]
        ),
    )
    found = taken(*documents, day="2024-05-01")

    assert (found.called("un-sc:QDi.001") is None, found.called("un-sc:QDi.002")) == (False, None)
    assert found.about.as_of == "2024-05-01"


def test_lists_are_datasets_and_collections(taken):
    """Each list held, the views of several, those of a jurisdiction, and all."""
    found = taken(a_document("2024-06-03", [FULL, an_entry("TAi.001", on="un-1988")]))

    assert {"un_1267", "un_1988", "un_sc", "un", "default", "all"} <= set(found.datasets)
    assert found.datasets["un_1267"].list == "un-1267"
    assert found.leaves["un_sc"] >= {"un_1267", "un_1988"}
    assert found.leaves["all"] == found.leaves["default"]
    assert "tj_list" not in found.datasets  # nothing is held of it, and silence proves nothing
    for at in range(len(found)):
        assert set(found.entity(at).datasets) <= found.leaves["all"]


def test_times_of_an_entity_are_days_of_documents(taken):
    """When it was first and last seen, and when what is said of it changed last."""
    found = taken(
        a_document("2024-04-01", [an_entry("QDi.001", name="FIRST NAME")]),
        a_document("2024-05-01", [an_entry("QDi.001", name="SECOND NAME")]),
        a_document("2024-06-03", [an_entry("QDi.001", name="SECOND NAME")]),
    )
    told = found.entity(found.called("un-sc:QDi.001"))

    assert (told.first_seen, told.last_seen, told.last_change) == (
        "2024-04-01T00:00:00",
        "2024-06-03T00:00:00",
        "2024-05-01T00:00:00",
    )
