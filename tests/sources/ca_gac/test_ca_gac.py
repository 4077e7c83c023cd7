"""Documents of invented names, shaped like the list of 2025; the layout of 2020 after notes alone."""

import datetime as dt
import time

import pytest

from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.ca_gac import SOURCE
from tizim.sources.ca_gac.names import ALTERNATIVES, LIST, aliases, entity
from tizim.sources.protocol import Hints

PERSON = {
    "Country": "Ardland / Ardlande",
    "LastName": "VELL",
    "GivenName": "Ardan Petrovich",
    "Aliases": "Ардан Петрович ВЕЛЛ",
    "DateOfBirthOrShipBuildDate": "1965-04-29",
    "Schedule": "1, Part 1",
    "Item": "3",
    "DateOfListing": "2020-09-28",
}
COMPANY = {
    "Country": "Ardland / Ardlande",
    "EntityOrShip": "Vell Works JSC (also known as Vellzavod)",
    "Schedule": "1, Part 2",
    "Item": "7",
    "DateOfListing": "2024-02-21",
}
GIVEN = Hints(instant=dt.datetime(2031, 5, 4, tzinfo=dt.UTC), by="as given")


def _a_document(*records: dict[str, str]) -> bytes:
    inside = "".join(
        "<record>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in record.items()) + "</record>"
        for record in records
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<data-set>{inside}</data-set>'.encode()


def _the_readings(*records: dict[str, str]) -> list[EntryReading]:
    _, found = SOURCE.read(_a_document(*records), "sema.xml", GIVEN)
    return list(SOURCE.readings(found))


def _told(reading: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    return [
        (claim.value, {k: v for k, v in claim.facets if k != "script"})
        for claim in reading.claims
        if claim.property is prop
    ]


def test_a_person_is_named_and_placed_under_a_regime():
    """The country is the regime, in two languages."""
    reading, _ = _the_readings(PERSON, COMPANY)

    assert _told(reading, Property.NAME) == [("Ardan Petrovich VELL", {"family": "VELL"})]
    assert _told(reading, Property.PROGRAMME) == [("Ardland", {"fr": "Ardlande"})]
    assert _told(reading, Property.BIRTH_DATE) == [("1965-04-29", {})]
    assert _told(reading, Property.LISTED_ON) == [("2020-09-28", {})]
    assert _told(reading, Property.REFERENCE) == [("Ardland, Schedule 1, Part 1, Item 3", {})]
    assert reading.unread == ()


def test_the_key_survives_renumbering():
    """Items are numbered anew when a regulation is amended; the same person must stay the same entry."""
    before, _ = _the_readings(PERSON, COMPANY)
    after, _ = _the_readings(PERSON | {"Item": "44", "Schedule": "1, Part 1.1"}, COMPANY)

    assert before.key == after.key == "ardland:person:vell-ardan-petrovich:1965-04-29"


def test_one_name_in_two_parts_of_a_schedule_is_two_entries():
    """The first listed keeps the bare key, whatever the order of the document."""
    later = PERSON | {"Schedule": "1, Part 1.1", "Item": "6", "DateOfListing": "2021-03-21"}

    keys = {reading.key for reading in _the_readings(later, PERSON, COMPANY)}
    turned = {reading.key for reading in _the_readings(PERSON, COMPANY, later)}

    bare = "ardland:person:vell-ardan-petrovich:1965-04-29"
    company = "ardland:organisation:vell-works-jsc"
    assert keys == turned == {bare, f"{bare}:schedule-1-part-1-1", company}


def test_the_layout_of_2020_gives_the_same_claims():
    """`Entity` and `DateOfBirth` were renamed; the entries were not."""
    old_person = {NEW_TO_OLD.get(tag, tag): text for tag, text in PERSON.items() if tag != "DateOfListing"}
    old_company = {NEW_TO_OLD.get(tag, tag): text for tag, text in COMPANY.items() if tag != "DateOfListing"}

    new, old = _the_readings(PERSON, COMPANY), _the_readings(old_person, old_company)

    for was, now in zip(old, new, strict=True):
        assert was.key == now.key
        assert was.unread == ()
        said = {claim.identity for claim in now.claims if claim.property is not Property.LISTED_ON}
        assert {claim.identity for claim in was.claims} == said


NEW_TO_OLD = {"EntityOrShip": "Entity", "DateOfBirthOrShipBuildDate": "DateOfBirth", "TitleOrShip": "Title"}


def test_a_ship_has_its_number_its_type_and_the_year_it_was_built():
    """The same elements mean birth and title of a person and these of a ship."""
    ship = COMPANY | {
        "EntityOrShip": "North Vell", "ShipIMONumber": "1234567", "TitleOrShip": "Oil Tanker",
        "DateOfBirthOrShipBuildDate": "2004",
    }  # fmt: skip
    reading, _ = _the_readings(ship, PERSON)

    assert reading.key == "ardland:vessel:north-vell:1234567"
    assert _told(reading, Property.KIND) == [("vessel", {})]
    assert _told(reading, Property.IDENTIFIER) == [("1234567", {"type": "IMO number"})]
    assert _told(reading, Property.FEATURE) == [
        ("2004", {"field": "build date"}),
        ("Oil Tanker", {"field": "vessel type"}),
    ]
    assert _told(reading, Property.BIRTH_DATE) == []


@pytest.mark.parametrize(
    ("printed", "dates"),
    [
        ("1972", ["1972"]),
        (" 1953-10-27", ["1953-10-27"]),
        ("1971-03", ["1971-03"]),
        ("1963-1964", ["1963/1964"]),
        ("1965-07-15 OR 1969-09-28", ["1965-07-15", "1969-09-28"]),
        ("born in the early 1970s", []),
        ("Sep-99", []),
    ],
)
def test_birth_dates_are_read_or_left(printed, dates):
    """What can be two things is neither."""
    reading, _ = _the_readings(PERSON | {"DateOfBirthOrShipBuildDate": printed}, COMPANY)

    assert [value for value, _ in _told(reading, Property.BIRTH_DATE)] == dates
    assert [left.value for left in reading.unread] == ([] if dates else [printed])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ivan Vell; Ivan Vel", [("Ivan Vell", "", ""), ("Ivan Vel", "", "")]),
        ("A Vell, Russian: Иван Велл, Belarusian: Iван Велл",
         [("A Vell", "", ""), ("Иван Велл", "ru", ""), ("Iван Велл", "be", "")]),
        ("Иван ВЕЛЛ / Iван ВЕЛЛ", [("Иван ВЕЛЛ", "", ""), ("Iван ВЕЛЛ", "", "")]),
        ("Hanna B. Vell or Anna B. Vel", [("Hanna B. Vell", "", ""), ("Anna B. Vel", "", "")]),
        ("Serhii Vell or Sergey Vel", [("Serhii Vell", "", ""), ("Sergey Vel", "", "")]),
        ("Ilia Petrovich or Petrovych Vell", [("Ilia Petrovich or Petrovych Vell", "", ALTERNATIVES)]),
        ("also Andrey Vell; (Андрей Велл", [("Andrey Vell", "", ""), ("Андрей Велл", "", "")]),
        ("“Abu Vell”", [("Abu Vell", "", "")]),
    ],
)  # fmt: skip
def test_aliases_of_persons_are_parted_where_that_is_safe(cell, names):
    """Given names stand before family names here, so that a comma parts persons' names."""
    assert [(found.text, found.language, found.form) for found in aliases(cell, of_person=True)] == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Vell Air Pte. Ltd., Vell Air Limited", [("Vell Air Pte. Ltd.", ""), ("Vell Air Limited", "")]),
        ("Vell Air, Ltd, Vell", [("Vell Air, Ltd", ""), ("Vell", "")]),
        ("Велл, АО", [("Велл, АО", "")]),
        ("АО, Вельский завод", [("АО, Вельский завод", "")]),
        ("АО «Завод Велл, Ард и сыновья», ВЕЛЛ", [("АО «Завод Велл, Ард и сыновья»", ""), ("ВЕЛЛ", "")]),
        ('АО "Завод Велл, Ард", ВЕЛЛ', [('АО "Завод Велл, Ард"', ""), ("ВЕЛЛ", "")]),
        ("Завод «Велл» or АО «Велл»", [("Завод «Велл»", ""), ("АО «Велл»", "")]),
        ("Министерство культуры, спорта и туризма", [("Министерство культуры, спорта и туризма", LIST)]),
        ("Vell Co      Arabic: فل", [("Vell Co", ""), ("فل", "")]),
    ],
)
def test_aliases_of_companies_keep_their_commas(cell, names):
    """Half a company's name would be another's."""
    assert [(found.text, found.form) for found in aliases(cell, of_person=False)] == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Vell Institute/Institut Vell", [("Vell Institute", ""), ("Institut Vell", "fr")]),
        ("Vell Mills (Ard/Bard)", [("Vell Mills (Ard/Bard)", "")]),
        ("Vell JSC (also\nknown as Velz)", [("Vell JSC", ""), ("Velz", "")]),
        ("Vell Plant (also known as Velz", [("Vell Plant", ""), ("Velz", "")]),
    ],
)
def test_the_main_name_stands_alone(cell, names):
    """The French name and what follows *also known as* are names of their own."""
    assert [(found.text, found.language) for found in entity(cell)] == names


def test_two_spellings_of_a_family_name_are_two_names():
    """The second in brackets is no remark."""
    reading, _ = _the_readings(PERSON | {"LastName": "VELLY (VELI)", "Aliases": ""}, COMPANY)

    assert [value for value, _ in _told(reading, Property.NAME)] == ["Ardan Petrovich VELLY"]
    assert [value for value, _ in _told(reading, Property.ALIAS)] == ["Ardan Petrovich VELI"]


def test_an_unknown_element_is_unread_by_its_name():
    """A new element must be seen, and must break nothing."""
    reading, _ = _the_readings(PERSON | {"Colour": "green"}, COMPANY)

    assert [(left.field, left.value) for left in reading.unread] == [("Colour", "green")]


def test_a_document_without_a_day_is_of_the_newest_listing_in_it():
    """It cannot be older; a name that says so is mistaken."""
    data = _a_document(PERSON, COMPANY)

    none, _ = SOURCE.read(data, "sema.xml")
    older, _ = SOURCE.read(data, "sema.xml", Hints(instant=dt.datetime(2022, 1, 1, tzinfo=dt.UTC), by="as given"))
    newer, _ = SOURCE.read(data, "sema.xml", GIVEN)

    assert none.date == older.date == dt.date(2024, 2, 21)
    assert newer.date == dt.date(2031, 5, 4)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html></html>", "HTML"),
        (b"<other/>", "root element is other"),
        (_a_document(), "no entries"),
        (_a_document(PERSON, COMPANY)[:-30], "not well-formed or cut off"),
        (_a_document({"Country": "Ardland"}, PERSON), "no identity"),
        (_a_document(PERSON).replace(b"<record>", b"<row>").replace(b"</record>", b"</row>"), "stands where record"),
        (_a_document(PERSON).replace(b"</record>", b"</record>loose"), "text between elements"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><data-set/>', "document type"),
    ],
)
def test_a_document_that_is_not_whole_is_refused_whole(data, reason):
    """A half document would look like delistings."""
    with pytest.raises(SourceRefused, match=reason):
        SOURCE.read(data, "sema.xml", GIVEN)


def test_a_document_without_items_or_companies_has_changed_its_form():
    """A person must look before anything is taken from it."""
    with pytest.raises(SourceSuspicious, match="Item"):
        SOURCE.read(
            _a_document(*({k: v for k, v in each.items() if k != "Item"} for each in (PERSON, COMPANY))), "x", GIVEN
        )


def test_the_same_bytes_twice_give_the_same_readings():
    """A statement's id rests on this."""
    assert _the_readings(PERSON, COMPANY) == _the_readings(PERSON, COMPANY)


@pytest.mark.parametrize("text", ["a,", "; ", '"a" ', "« ", "Russian: "])
@pytest.mark.parametrize("of_person", [True, False])
def test_a_cell_of_nothing_but_marks_is_parted_in_a_moment(text, of_person):
    """Looking back from each mark to the start of the cell would take minutes."""
    started = time.process_time()

    aliases(text * 20_000, of_person=of_person)

    assert time.process_time() - started < 10
