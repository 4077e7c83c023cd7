"""Tables of invented names, shaped like the copies of 2022 (types behind) and 2023 (types in front)."""

import csv
import datetime as dt
import io

import pytest

from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.protocol import Hints
from tizim.sources.us_csl import SOURCE
from tizim.sources.us_csl.map import LOST, NOT_PARTED

HEADER = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice",
    "start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type",
    "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url",
    "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
SDN = {
    "_id": "11",
    "source": "Specially Designated Nationals (SDN) - Treasury Department",
    "entity_number": "11",
    "type": "Individual",
    "programs": "SDGT; IFSR",
    "name": "VELL, Ardan",
}
ENTITY_LIST = {
    "_id": "aa",
    "source": "Entity List (EL) - Bureau of Industry and Security",
    "name": "Vell Works",
    "start_date": "2014-06-05",
    "federal_register_notice": "79 FR 32441",
    "license_requirement": "For all items.",
    "license_policy": "Presumption of denial.",
}
DENIED = {
    "_id": "bb",
    "source": "Denied Persons List (DPL) - Bureau of Industry and Security",
    "name": "BARD VELL",
    "start_date": "2019-07-08",
    "end_date": "2029-07-05",
    "standard_order": "Y",
    "remarks": "FR NOTICE ADDED",
}
GIVEN = Hints(instant=dt.datetime(2031, 5, 4, tzinfo=dt.UTC), by="as given")


def _a_file(*rows: dict[str, str], header: tuple[str, ...] = HEADER) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue().encode()


def _the_readings(*rows: dict[str, str], header: tuple[str, ...] = HEADER) -> list[EntryReading]:
    _, records = SOURCE.read(_a_file(*rows, header=header), "consolidated.csv", GIVEN)
    return list(SOURCE.readings(records))


def _told(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    return [(claim.value, dict(claim.facets)) for claim in reading.claims if claim.property is prop]


def test_a_row_of_ofac_carries_the_number_it_has_there():
    """The number is OFAC's own, kept as a cross reference: the merger decides nothing of identity."""
    (reading,) = _the_readings(SDN)

    assert reading.key == "sdn:11"
    assert _told(reading, Property.CROSS_REFERENCE) == [("11", {"list": "us-ofac-sdn", "source": "us-ofac"})]
    assert _told(reading, Property.MEMBER) == [("us-csl", {})]
    assert _told(reading, Property.AUTHORITY) == [("Treasury Department", {})]
    assert [value for value, _ in _told(reading, Property.PROGRAMME)] == [
        "Specially Designated Nationals (SDN)", "SDGT", "IFSR",
    ]  # fmt: skip
    assert _told(reading, Property.NAME) == [("VELL, Ardan", {"form": "family name first"})]


def test_one_number_on_two_of_ofacs_lists_is_two_entries():
    """A bank stands on the list of blocked persons and on another: its row is printed for each."""
    capta = SDN | {"source": "Capta List (CAP) - Treasury Department"}

    first, second = _the_readings(SDN, capta)

    assert [first.key, second.key] == ["sdn:11", "cap:11"]
    assert _told(second, Property.CROSS_REFERENCE) == [("11", {"list": "us-ofac-cons", "source": "us-ofac"})]


def test_the_number_of_the_export_is_no_identity():
    """It is other letters in each export."""
    before, after = _the_readings(ENTITY_LIST), _the_readings(ENTITY_LIST | {"_id": "cc"})

    assert before[0].key == after[0].key == "el:vell-works.2014-06-05"


def test_rows_of_one_name_and_day_are_one_entry():
    """A company at two addresses has two rows."""
    (reading,) = _the_readings(ENTITY_LIST | {"addresses": "Here, CN"}, ENTITY_LIST | {"addresses": "There, HK; CN"})

    assert _told(reading, Property.ADDRESS) == [
        ("Here, CN", {"country": "CN"}), ("There, HK", {"country": "HK"}), ("CN", {"country": "CN"}),
    ]  # fmt: skip


def test_a_start_is_a_listing_or_the_first_day_of_an_order():
    """The Entity List prints when a name came on it; a denial order when it takes effect."""
    listed, denied = _the_readings(ENTITY_LIST, DENIED)

    assert _told(listed, Property.LISTED_ON) == [("2014-06-05", {})]
    assert _told(listed, Property.EFFECTIVE_ON) == []
    assert _told(denied, Property.EFFECTIVE_ON) == [("2019-07-08", {})]
    assert _told(denied, Property.EXPIRES_ON) == [("2029-07-05", {})]
    assert _told(denied, Property.LISTED_ON) == []
    assert _told(denied, Property.STATUS) == [("FR NOTICE ADDED", {})]
    assert _told(listed, Property.IMPOSED_MEASURE) == [
        ("For all items.", {"kind": "license requirement"}),
        ("Presumption of denial.", {"kind": "license policy"}),
    ]


@pytest.mark.parametrize(
    ("ids", "prop", "value", "facets"),
    [
        ("PK, 2013-09-09, 2008-09-09, 411, Passport", Property.IDENTIFIER, "411",
         {"type": "Passport", "country": "PK", "issued": "2008-09-09", "expires": "2013-09-09"}),
        ("Passport, 411, PK, 09 Sep 2008, 09 Sep 2013", Property.IDENTIFIER, "411",
         {"type": "Passport", "country": "PK", "issued": "2008-09-09", "expires": "2013-09-09"}),
        ("MM, 2017-01-16, 110, Registration Number", Property.IDENTIFIER, "110",
         {"type": "Registration Number", "country": "MM", "date": "2017-01-16"}),
        ("IMO 9187629, Vessel Registration Identification", Property.IDENTIFIER, "9187629", {"type": "IMO number"}),
        ("Male, Gender", Property.GENDER, "male", {}),
        ("Gender, Female", Property.GENDER, "female", {}),
        ("www.vell.example, Website", Property.CONTACT, "www.vell.example", {"kind": "website"}),
        ("Vell Co., Ltd, Issuer Name", Property.ALIAS, "Vell Co., Ltd", {"kind": "issuer name"}),
        ("24 Feb 2022, Listing Date (EO 14024 Directive 2):", Property.LISTED_ON, "2022-02-24",
         {"programme": "EO 14024 Directive 2", "printed": "24 Feb 2022"}),
        ("Effective Date (CMIC), 2021-08-02", Property.EFFECTIVE_ON, "2021-08-02", {"programme": "CMIC"}),
        ("Some Regulations, 31 CFR 589.201 and/or 589.209, Secondary sanctions risk:", Property.IMPOSED_MEASURE,
         "Some Regulations, 31 CFR 589.201 and/or 589.209", {"kind": "Secondary sanctions risk"}),
        ("Wholesale of tiles, hardware, Organization Type:", Property.FEATURE, "Wholesale of tiles, hardware",
         {"field": "organisation type"}),
        ("1946, Organization Established Date", Property.FEATURE, "1946", {"field": "established"}),
    ],
)  # fmt: skip
def test_papers_are_read_in_both_orders(ids, prop, value, facets):
    """The type stands behind in one layout and in front in the other."""
    (reading,) = _the_readings(SDN | {"ids": ids})

    assert _told(reading, prop) == [(value, facets)]
    assert reading.unread == ()


def test_a_paper_of_unknown_type_is_unread():
    """Neither end of it says what it is."""
    (reading,) = _the_readings(SDN | {"ids": "violet, 7; Male, Gender"})

    assert [(left.field, left.value) for left in reading.unread] == [("ids", "violet, 7")]


def test_birth_dates_say_when_they_are_about_right_only():
    """One cell holds many, in three forms."""
    (reading,) = _the_readings(SDN | {"dates_of_birth": "1964-03-02; circa 1961; 1955 to 1958; long ago"})

    assert _told(reading, Property.BIRTH_DATE) == [
        ("1964-03-02", {}),
        ("1961", {"about": "circa", "printed": "circa 1961"}),
        ("1955/1958", {"printed": "1955 to 1958"}),
    ]
    assert [left.value for left in reading.unread] == ["long ago"]


@pytest.mark.parametrize("slip", ["0017-05-26", "0097-06-30"])
def test_a_day_of_the_first_century_is_unread(slip):
    """Nobody can say for sure what was meant."""
    (reading,) = _the_readings(ENTITY_LIST | {"start_date": slip})

    assert _told(reading, Property.LISTED_ON) == []
    assert [(left.field, left.value) for left in reading.unread] == [("start_date", slip)]


def test_names_are_taken_apart():
    """Aliases run together with their labels, and one remark stands behind a name."""
    row = ENTITY_LIST | {
        "name": "Vell Institute [aka Vell Centre]; and any successor, sub-unit, or subsidiary thereof",
        "alt_names": "Vell AO (f.k.a., Vell ZAO); JSC Vell, f.k.a. Velz; ?Vell? Works; and Vellzavod",
    }
    (reading,) = _the_readings(row)

    assert _told(reading, Property.NAME) == [("Vell Institute", {})]
    assert _told(reading, Property.ALIAS) == [
        ("Vell Centre", {}),
        ("Vell AO", {}),
        ("Vell ZAO", {"kind": "former name"}),
        ("JSC Vell", {}),
        ("Velz", {"kind": "former name"}),
        ("?Vell? Works", {"form": LOST}),
        ("Vellzavod", {}),
    ]
    assert _told(reading, Property.COMMENT) == [("and any successor, sub-unit, or subsidiary thereof", {})]


@pytest.mark.parametrize(
    ("cell", "form"), [("Vell, Velz, Vell Centre", NOT_PARTED), ("Vell Co., Ltd.", ""), ("Vell, LLC", "")]
)
def test_aliases_with_commas_are_not_parted(cell, form):
    """The older export parts some by commas, which names of companies have too."""
    (reading,) = _the_readings(ENTITY_LIST | {"alt_names": cell})

    assert _told(reading, Property.ALIAS) == [(cell.rstrip(";"), {"form": form} if form else {})]


def test_links_by_name_are_relations_without_a_number():
    """The name alone does not say which entry is meant."""
    (reading,) = _the_readings(SDN | {"remarks": "Member; (Linked To: VELL GROUP (VG); Linked To: BARD)"})

    assert _told(reading, Property.RELATED_NAME) == [
        ("VELL GROUP (VG)", {"phrase": "Linked To"}), ("BARD", {"phrase": "Linked To"}),
    ]  # fmt: skip
    assert _told(reading, Property.COMMENT) == [("Member", {})]


def test_an_unknown_column_and_an_unknown_type_are_unread():
    """New things must be seen, and must break nothing."""
    (reading,) = _the_readings(SDN | {"colour": "green", "type": "Robot"}, header=(*HEADER, "colour"))

    assert {(left.field, left.value) for left in reading.unread} == {("colour", "green"), ("type", "Robot")}
    assert _told(reading, Property.KIND) == [("unknown", {})]


def test_an_undated_file_is_of_its_newest_start_but_for_a_slip():
    """A start that stands alone years after all others is a slip; a day given goes before all."""
    rows = [ENTITY_LIST | {"name": str(n), "start_date": f"2022-04-{n:02d}"} for n in range(1, 5)]
    slip = ENTITY_LIST | {"name": "slip", "start_date": "2042-04-01"}

    none, _ = SOURCE.read(_a_file(*rows, slip), "consolidated.csv")
    given, _ = SOURCE.read(_a_file(*rows, slip), "consolidated.csv", GIVEN)

    assert none.date == dt.date(2022, 4, 4)
    assert given.date == dt.date(2031, 5, 4)


def test_a_header_printed_twice_is_no_entry():
    """One copy held has it so."""
    data = _a_file(SDN)
    header = data.split(b"\n", 1)[0] + b"\n"

    facts, _ = SOURCE.read(header + data, "csl.csv", GIVEN)

    assert facts.entries == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html>", "HTML"),
        (_a_file(), "no entries"),
        (_a_file(SDN)[:-4], "unexpected end of data|cut off"),
        (_a_file(SDN) + b'"12","Specially', "unexpected end of data"),
        (_a_file(SDN) + b'"12","x"\n', "row 3|has 2 cells"),
        (_a_file(SDN | {"source": ""}), "row 2: has no source"),
        (_a_file(ENTITY_LIST | {"name": " "}), "no identity"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_whole(data, reason):
    """A half file would look like delistings."""
    with pytest.raises(SourceRefused, match=reason):
        SOURCE.read(data, "consolidated.csv", GIVEN)


def test_a_missing_column_is_a_changed_form():
    """Reading on would lose what it said."""
    with pytest.raises(SourceSuspicious, match="lacks the column ids"):
        SOURCE.read(_a_file(SDN, header=HEADER[:-1]), "consolidated.csv", GIVEN)


def test_the_same_bytes_twice_give_the_same_readings():
    """A statement's id rests on this."""
    assert _the_readings(SDN, ENTITY_LIST, DENIED) == _the_readings(SDN, ENTITY_LIST, DENIED)
