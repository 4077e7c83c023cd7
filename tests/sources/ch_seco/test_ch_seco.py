import datetime as dt

import pytest

from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.catalogue import LISTS
from tizim.sources.ch_seco import SOURCE

P = Property
PROGRAMME = (
    '<sanctions-program ssid="1" version-date="2030-01-01"><program-key lang="eng">Ruritania</program-key>'
    '<program-name lang="ger">Verordnung</program-name><program-name lang="eng">Ordinance on Ruritania</program-name>'
    '<sanctions-set ssid="9" lang="eng">Annex 2</sanctions-set>'
    '<sanctions-set ssid="9" lang="ger">Anhang 2</sanctions-set>'
    "<origin>UN</origin></sanctions-program>"
)
PLACES = (
    '<place ssid="77"><location>Zenda</location><location-variant variant-type="spelling-variant">Senda'
    '</location-variant><area>West</area><country iso-code="RU">Ruritania</country></place>'
)
LISTED = '<modification modification-type="listed" effective-date="2030-02-03" publication-date="2030-02-02"/>'


def a_target(inside: str, *, ssid: str = "5", history: str = LISTED) -> str:
    """A target under the invented programme."""
    return f'<target ssid="{ssid}"><sanctions-set-id>9</sanctions-set-id>{inside}{history}</target>'


def a_person(inside: str, *, more: str = "") -> str:
    """An individual with one main identity."""
    return f'<individual sex="male"><identity ssid="6" main="true">{inside}</identity>{more}</individual>'


def a_name(*parts: tuple[str, str, str], kind: str = "primary-name", quality: str = "good") -> str:
    """A name of parts: kind, value, and elements of spellings."""
    made = "".join(
        f'<name-part ssid="8{n}" order="{n}" name-part-type="{part}"><value>{value}</value>{more}</name-part>'
        for n, (part, value, more) in enumerate(parts, start=1)
    )
    return f'<name ssid="7" name-type="{kind}" quality="{quality}">{made}</name>'


RUDOLF = a_name(("given-name", "Rudolf", ""), ("family-name", "Zenda", ""))


def a_document(*targets: str, attributes: str = 'list-type="full-list" date="2031-05-04"') -> bytes:
    """A document of the list's form."""
    inside = PROGRAMME + "".join(targets) + PLACES
    made = f"<swiss-sanctions-list {attributes}>{inside}</swiss-sanctions-list>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{made}'.encode()


def the_reading(target: str) -> EntryReading:
    """What the one target of a document says."""
    _, records = SOURCE.read(a_document(target), "list.xml")
    return SOURCE.map(records[0])


def said(reading: EntryReading, prop: Property) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Values and facets of one property, in order."""
    return [(claim.value, claim.facets) for claim in reading.claims if claim.property is prop]


def test_the_facts_of_a_document_are_those_it_prints():
    """An export that is not of the whole list says nothing of those missing."""
    facts, records = SOURCE.read(a_document(a_target(a_person(RUDOLF))), "list.xml")
    part, _ = SOURCE.read(a_document(a_target(a_person(RUDOLF)), attributes='list-type="x" date="2031-05-04"'), "x.xml")

    assert facts.source == "ch-seco"
    assert facts.date == dt.date(2031, 5, 4)
    assert facts.entries == len(records) == 1
    assert facts.complete
    assert not part.complete
    assert "experimental" in facts.title
    assert SOURCE.info.experimental
    assert set(SOURCE.info.lists) <= set(LISTS)
    assert records[0].place == "target[ssid=5]"


def test_an_entry_has_its_number_kind_programme_and_listing():
    """The programme is told by name, though the target names a number only."""
    reading = the_reading(a_target("<foreign-identifier>TAi.901</foreign-identifier>" + a_person(RUDOLF)))

    assert (reading.key, reading.subject) == ("5", "ch-seco:5")
    assert said(reading, P.MEMBER) == [("ch-seco", ())]
    assert said(reading, P.KIND) == [("person", ())]
    assert said(reading, P.GENDER) == [("male", ())]
    assert said(reading, P.NAME) == [("Rudolf Zenda", facets(script="Latn"))]
    assert said(reading, P.PROGRAMME) == [
        ("Ordinance on Ruritania", facets(key="Ruritania", set="Annex 2", number="9", origin="UN"))
    ]
    assert said(reading, P.LISTED_ON) == [("2030-02-03", facets(effective="2030-02-03", published="2030-02-02"))]
    assert said(reading, P.CROSS_REFERENCE) == [("TAi.901", facets(list="un-1988", source="un-sc"))]
    assert reading.unread == ()


def _modified(*steps: tuple[str, str]) -> str:
    return "".join(f'<modification modification-type="{kind}" effective-date="{day}"/>' for kind, day in steps)


def test_the_whole_history_is_told():
    """Listed, amended and kept: each on its day."""
    history = _modified(("remains", "2030-05-01"), ("amended", "2030-04-01"), ("listed", "2030-03-01"))

    reading = the_reading(a_target(a_person(RUDOLF), history=history))

    assert [value for value, _ in said(reading, P.LISTED_ON)] == ["2030-03-01"]
    assert [value for value, _ in said(reading, P.AMENDED_ON)] == ["2030-04-01"]
    assert said(reading, P.REVIEWED_ON) == [("2030-05-01", facets(kind="remains", effective="2030-05-01"))]


@pytest.mark.parametrize(
    ("steps", "member", "status"),
    [
        ([("de-listed", "2030-06-01"), ("listed", "2030-03-01")], 0, ["de-listed"]),
        ([("listed", "2030-03-01"), ("de-listed", "2030-06-01")], 0, ["de-listed"]),
        ([("listed", "2030-07-01"), ("de-listed", "2030-06-01"), ("listed", "2030-03-01")], 1, []),
        ([("amended", "2030-07-01"), ("de-listed", "2030-06-01"), ("listed", "2030-03-01")], 0, ["de-listed"]),
        ([("de-listed", "2030-06-01")], 0, ["de-listed"]),
        ([], 1, []),
    ],
)
def test_a_target_that_was_taken_off_stays_in_the_document_and_is_no_member(steps, member, status):
    """The newest of listing and de-listing decides, in whatever order they stand."""
    reading = the_reading(a_target(a_person(RUDOLF), history=_modified(*steps)))

    assert len(said(reading, P.MEMBER)) == member
    assert [value for value, _ in said(reading, P.STATUS)] == status
    assert len(said(reading, P.DELISTED_ON)) == sum(kind == "de-listed" for kind, _ in steps)


def test_listed_and_de_listed_on_one_day_is_for_a_person_to_say():
    """Nothing is guessed: it stays a member, and what is unclear is named."""
    history = _modified(("listed", "2030-03-01"), ("de-listed", "2030-03-01"))

    reading = the_reading(a_target(a_person(RUDOLF), history=history))

    assert len(said(reading, P.MEMBER)) == 1
    assert [left.field for left in reading.unread] == ["modification (order)"]


def test_a_modification_of_another_kind_or_without_a_day_is_unread():
    """A new kind must not pass for one of the known."""
    history = LISTED + _modified(("suspended", "2030-03-01"), ("amended", "soon"))

    reading = the_reading(a_target(a_person(RUDOLF), history=history))

    assert sorted((left.field, left.value) for left in reading.unread) == [
        ("modification/@effective-date", "2030-03-01"),
        ("modification/@effective-date", "soon"),
        ("modification/@modification-type", "amended"),
        ("modification/@modification-type", "suspended"),
    ]


def test_names_are_put_together_in_their_order_and_in_every_spelling():
    """Spellings of all parts make a name; one of a single part is a weak alias of it."""
    arabic = '<spelling-variant ssid="1" lang="ara" script="Arab">{}</spelling-variant>'
    latin = '<spelling-variant ssid="2" lang="eng" script="Latn">Senda</spelling-variant>'
    name = a_name(
        ("family-name", "Zenda", arabic.format("زندا") + latin), ("given-name", "Rudolf", arabic.format("رودولف"))
    )
    half = a_name(
        ("given-name", "Rudi", ""), ("family-name", "Zenda", arabic.format("زندة")), kind="alias", quality="low"
    )
    former = a_name(("whole-name", "Rudolf V", ""), kind="formerly-known-as")

    reading = the_reading(a_target(a_person(name + half + former)))

    assert said(reading, P.NAME) == [("Zenda Rudolf", facets(script="Latn", form="family name first"))]
    assert said(reading, P.ORIGINAL_NAME) == [("زندا رودولف", facets(script="Arab", language="ara"))]
    assert said(reading, P.ALIAS) == [
        ("Senda Rudolf", facets(script="Latn", language="eng", quality="good")),
        ("Rudi Zenda", facets(script="Latn", quality="low")),
        ("زندة", facets(script="Arab", language="ara", quality="low", of="Rudi Zenda")),
        ("Rudolf V", facets(script="Latn", quality="good", kind="former name")),
    ]
    assert reading.unread == ()


def test_the_name_of_another_identity_is_an_alias():
    """Only the main one has the main name."""
    other = f'<identity main="false">{a_name(("whole-name", "Rassendyll", ""))}</identity>'

    reading = the_reading(a_target(f'<individual><identity main="true">{RUDOLF}</identity>{other}</individual>'))

    assert said(reading, P.NAME) == [("Rudolf Zenda", facets(script="Latn"))]
    assert said(reading, P.ALIAS) == [("Rassendyll", facets(script="Latn", quality="good"))]


@pytest.mark.parametrize(
    ("attributes", "date", "pairs"),
    [
        ('day="3" month="7" year="1960" calendar="Gregorian"', "1960-07-03", {}),
        ('year="1960"', "1960", {}),
        ('month="7" year="1960" calendar="Gregorian" quality="good"', "1960-07", {"quality": "good"}),
        ('day="24" month="6" year="1402" calendar="Islamic"', "1982-04-18/1982-04-20",
         {"calendar": "islamic", "printed": "1402-6-24"}),
        ('year="1340" month="1" day="1" calendar="Solar Hijri"', "1961-03-21",
         {"calendar": "solar hijri", "printed": "1340-1-1"}),
    ],
)  # fmt: skip
def test_birth_dates_are_of_the_calendar_that_is_named(attributes, date, pairs):
    """Three calendars; a part that is missing is not known."""
    reading = the_reading(a_target(a_person(RUDOLF + f'<day-month-year ssid="1" {attributes}/>')))

    assert said(reading, P.BIRTH_DATE) == [(date, facets(**pairs))]
    assert reading.unread == ()


def test_a_day_that_is_none_is_unread():
    """As is one of a calendar that is not known."""
    inside = '<day-month-year day="31" month="2" year="1960"/><day-month-year year="5700" calendar="Hebrew"/>'

    reading = the_reading(a_target(a_person(RUDOLF + inside)))

    assert said(reading, P.BIRTH_DATE) == []
    assert {left.value for left in reading.unread} == {"31", "2", "1960", "5700", "Hebrew"}


def test_places_are_told_by_their_words():
    """A target names them by number; the words stand elsewhere in the document."""
    inside = (
        '<place-of-birth ssid="1" place-id="77"/><address ssid="2" place-id="77" main="true">'
        "<address-details>Castle 1</address-details><zip-code>99</zip-code><remark>old</remark></address>"
        '<nationality ssid="3"><country iso-code="RU">Ruritania</country></nationality>'
    )

    reading = the_reading(a_target(a_person(RUDOLF + inside)))

    where = {"city": "Zenda", "state": "West", "country": "Ruritania", "country_code": "RU", "also": "Senda"}
    assert said(reading, P.BIRTH_PLACE) == [("Zenda, West, Ruritania", facets(**where))]
    assert said(reading, P.ADDRESS) == [
        ("Castle 1, Zenda, 99, West, Ruritania", facets(street="Castle 1", postal_code="99", note="old", **where))
    ]
    assert said(reading, P.NATIONALITY) == [("Ruritania", facets(code="RU"))]
    assert reading.unread == ()


def test_documents_reasons_and_relations_are_told():
    """A relation names another target by its number."""
    inside = (
        '<identification-document ssid="1" document-type="passport"><number>A1</number><issuer code="RU">Ruritania'
        "</issuer><date-of-issue>2020-01-02</date-of-issue></identification-document>"
    )
    more = (
        '<justification ssid="2">He was crowned.</justification><other-information ssid="3">Red hair.'
        '</other-information><relation ssid="4" target-id="12" relation-type="brother-of"><remark>half</remark>'
        "</relation>"
    )

    reading = the_reading(a_target(a_person(RUDOLF + inside, more=more)))

    assert said(reading, P.IDENTIFIER) == [
        ("A1", facets(type="passport", country="Ruritania", country_code="RU", issued="2020-01-02"))
    ]
    assert said(reading, P.COMMENT) == [("He was crowned.", facets(kind="justification")), ("Red hair.", ())]
    assert said(reading, P.RELATION) == [("12", (("note", "half"), ("phrase", "brother-of"), ("with", "ch-seco:12")))]
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<entity><identity>{}</identity></entity>", "organisation"),
        ('<object object-type="vessel"><identity>{}</identity></object>', "vessel"),
        ('<object object-type="aircraft"><identity>{}</identity></object>', "aircraft"),
    ],
)
def test_organisations_vessels_and_aircraft_are_told_apart(inside, kind):
    """An object says of what type it is."""
    assert said(the_reading(a_target(inside.format(RUDOLF))), P.KIND) == [(kind, ())]


def test_what_is_not_known_is_unread_by_its_name():
    """A new element breaks nothing."""
    reading = the_reading(
        a_target('<object object-type="balloon"/><mood>good</mood>' + a_person(RUDOLF + "<hat>red</hat>"))
    )

    assert {(left.field, left.value) for left in reading.unread} == {
        ("object/@object-type", "balloon"), ("mood", "good"), ("identity/hat", "red"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"", SourceRefused, "the file is empty"),
        (b"<html></html>", SourceRefused, "HTML"),
        (a_document(a_target(""))[:-20], SourceRefused, "cut off"),
        (b"<list/>", SourceRefused, "another document"),
        (a_document(a_target(""), attributes='date="soon"'), SourceRefused, "has no date"),
        (a_document(), SourceRefused, "no entries"),
        (a_document("<target/>"), SourceRefused, "has no ssid"),
        (a_document(a_target(""), a_target("")), SourceRefused, "has the ssid 5, as has line 1"),
        (a_document(a_target(""), "<ship/>"), SourceSuspicious, "holds elements ship"),
        (a_document("<target ssid='1'>" + "<x>" * 20 + "</x>" * 20 + "</target>"), SourceRefused, "deeper"),
    ],
)
def test_what_is_not_the_whole_list_is_refused_or_set_aside(data, error, reason):
    """No part of a document is taken."""
    with pytest.raises(error, match=reason):
        SOURCE.read(data, "list.xml")


def test_the_same_bytes_give_the_same_readings():
    """A statement's id rests on this."""
    data = a_document(a_target(a_person(RUDOLF)), a_target(a_person(RUDOLF), ssid="6"))

    once, again = (SOURCE.read(data, name) for name in ("a.xml", "b.xml"))

    assert once == again
    assert list(SOURCE.readings(once[1])) == list(SOURCE.readings(again[1]))
