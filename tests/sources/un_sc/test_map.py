import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.un_sc.entries import (
    OF_2015,
    TODAY,
    an_entity,
    an_individual,
    said,
    the_reading,
    the_record,
    values,
)

from tizim.domain.documents import Layer, Record
from tizim.domain.statements import CORE, Property, facets
from tizim.errors import SourceRefused
from tizim.sources.un_sc import SOURCE


def _alias(name: str, quality: str = "Good", more: str = "", *, kind: str = "INDIVIDUAL") -> str:
    return f"<{kind}_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>{more}</{kind}_ALIAS>"


def _born(inside: str) -> str:
    return an_individual(f"<INDIVIDUAL_DATE_OF_BIRTH>{inside}</INDIVIDUAL_DATE_OF_BIRTH>")


def _a_passport(inside: str) -> str:
    return an_individual(f"<INDIVIDUAL_DOCUMENT>{inside}</INDIVIDUAL_DOCUMENT>")


def _the_entry(key: str):
    _, records = SOURCE.read(TODAY.read_bytes(), TODAY.name)
    return next(reading for reading in SOURCE.readings(records) if reading.key == key)


def _pairs(reading, prop):
    return [(claim.value, dict(claim.facets)) for claim in said(reading, prop)]


# --- whole entries


def test_a_person_is_read_to_the_last_field():
    """One whole entry, every kind of field that today's documents have for a person."""
    reading = _the_entry("QDi.901")

    assert reading.subject == "un-sc:QDi.901"
    assert reading.unread == ()
    assert values(reading, Property.MEMBER) == ["un-1267"]
    assert values(reading, Property.KIND) == ["person"]
    assert values(reading, Property.NAME) == ["ARDVAN SELMURI AL-TEVANI"]
    assert _pairs(reading, Property.ORIGINAL_NAME) == [
        ("اردوان سلموري", {"script": "Arab"}),
        ("Ардван Селмури", {"script": "Cyrl"}),
    ]
    assert _pairs(reading, Property.ALIAS) == [
        ("Ardevan Selmuri", {"quality": "good", "script": "Latn"}),
        ("Ardwan al-Selmuri", {"quality": "good", "script": "Latn"}),
        ("Abu Tevan", {"quality": "low", "script": "Latn"}),
    ]
    assert values(reading, Property.DATA_ID) == ["7770001"]
    assert values(reading, Property.LISTED_ON) == ["2004-06-05"]
    assert values(reading, Property.AMENDED_ON) == ["2007-02-03", "2011-12-13"]
    assert _pairs(reading, Property.REVIEWED_ON) == [
        ("2010-06-21", {"resolution": "1822 (2008)"}),
        ("2019-12-04", {"resolution": "2368 (2017)"}),
    ]
    assert values(reading, Property.BIRTH_YEAR) == ["1961", "1960/1965"]
    assert _pairs(reading, Property.BIRTH_DATE) == [
        ("1962-08-01", {"of": "Abu Tevan"}),
        ("1961-03-02", {}),
        ("1960/1965", {"note": "Approximately"}),
    ]
    assert _pairs(reading, Property.BIRTH_PLACE) == [
        ("Strelsau, Ruritania", {"city": "Strelsau", "country": "Ruritania", "of": "Abu Tevan"}),
        ("Zenda, Ruritania", {"city": "Zenda", "country": "Ruritania"}),
    ]
    assert values(reading, Property.NATIONALITY) == ["Ruritania", "Borduria"]
    assert values(reading, Property.GENDER) == ["male"]
    assert values(reading, Property.TITLE) == ["Dr.", "Hadji"]
    assert values(reading, Property.POSITION) == ["Keeper of the treasury"]
    assert values(reading, Property.SUBMITTED_BY) == ["Ruritania"]
    assert _pairs(reading, Property.ADDRESS) == [
        (
            "3 Sapt Lane, Zenda, Hentzau, 00100, Ruritania",
            {
                "street": "3 Sapt Lane", "city": "Zenda", "state": "Hentzau", "postal_code": "00100",
                "country": "Ruritania", "note": "previous address",
            },
        )
    ]  # fmt: skip
    assert _pairs(reading, Property.IDENTIFIER) == [
        (
            "RU-000-1",
            {
                "type": "Passport", "country": "Ruritania", "issued_in": "Borduria", "city": "Strelsau",
                "issued": "1999-01-02", "note": "expired on 1 Jan. 2009",
            },
        )
    ]  # fmt: skip
    assert _pairs(reading, Property.RELATION) == [
        ("QDe.902", {"phrase": "member of", "name": "Selmurian Circle"}),
        ("TAi.903", {"phrase": "brother of", "name": "Kerim Selmuri"}),
    ]
    assert _pairs(reading, Property.LINK) == [
        ("https://www.interpol.int/en/notice/search/un/0000001", {"kind": "Interpol notice"})
    ]
    assert _pairs(reading, Property.HOUSEKEEPING) == [
        ("1", {"field": "VERSIONNUM"}),
        ("UN List", {"field": "LIST_TYPE"}),
    ]


def test_an_organisation_is_read_to_the_last_field():
    """One whole entry, every kind of field that today's documents have for an organisation."""
    reading = _the_entry("QDe.902")

    assert reading.unread == ()
    assert values(reading, Property.KIND) == ["organisation"]
    assert values(reading, Property.NAME) == ["SELMURIAN CIRCLE (SC)"]
    assert _pairs(reading, Property.ALIAS) == [
        ("الدائرة السلمورية", {"script": "Arab"}),
        ("Al-Da'ira al-Selmuriya", {"script": "Latn"}),
        ("Selmuri Ring", {"script": "Latn"}),
        ("Tevani Brotherhood", {"kind": "former name", "script": "Latn"}),
    ]
    assert values(reading, Property.SUBMITTED_ON) == ["2009-07-17"]
    assert values(reading, Property.OLD_REFERENCE) == ["E.99.I.6"]
    assert _pairs(reading, Property.RELATION) == [("QDi.901", {"phrase": "founded by", "name": "Ardvan Selmuri"})]
    assert _pairs(reading, Property.ADDRESS) == [("Szohod, Borduria", {"city": "Szohod", "country": "Borduria"})]


def test_two_documents_that_differ_only_in_layout_say_the_same():
    """Publishers re-indent, reorder and drop empty elements; none of that is an amendment."""
    said_in = []
    for path in (TODAY, OF_2015):
        _, records = SOURCE.read(path.read_bytes(), path.name)
        said_in.append(
            {
                reading.key: {
                    claim.identity
                    for claim in reading.claims
                    if claim.facet("spelling") == "" and claim.facet("field") != "noNamespaceSchemaLocation"
                }
                for reading in SOURCE.readings(records)
            }
        )

    assert said_in[0] == said_in[1]


def test_names_carry_nothing_that_a_bundle_may_not():
    """Names travel with the starter; birth places, remarks and numbers of passports do not."""
    inside = _alias("Selmur, born 1 Jan. 1953 (Passport no. 03825239)", more="<NOTE>Passport number 5551212</NOTE>")

    reading = the_reading(an_individual(inside))

    core = [claim for claim in reading.claims if claim.property in CORE]
    assert not any("1953" in f"{claim.value}{claim.facets}" for claim in core)
    assert not any(number in f"{claim.value}{claim.facets}" for claim in core for number in ("0382", "5551"))
    assert _pairs(reading, Property.COMMENT) == [
        ("born 1 Jan. 1953 (Passport no. 03825239)", {"of": "Selmur"}),
        ("Passport number 5551212", {"of": "Selmur"}),
    ]
    assert all(claim.layer is Layer.REST for claim in said(reading, Property.COMMENT))


# --- identity and membership


@pytest.mark.parametrize(
    ("printed", "key", "also"),
    [
        ("TAI.171", "TAi.171", ["TAI.171"]),
        ("QDi.343.", "QDi.343", ["QDi.343."]),
        (" KPe.042 ", "KPe.042", []),
        ("QD i.901", "QDi.901", ["QD i.901"]),
        ("QI.A.12.01.", "QI.A.12.01", ["QI.A.12.01."]),
    ],
)
def test_a_number_is_one_key_however_it_is_spelt_and_the_spelling_is_kept(printed, key, also):
    """The same entry must be the same subject in all documents; the printed letters are still evidence."""
    reading = the_reading(an_individual(reference=printed, regime="Al-Qaida").replace("Al-Qaida", ""))

    assert reading.key == key
    assert [c.value for c in said(reading, Property.REFERENCE) if not c.facets] == [key]
    assert [c.value for c in said(reading, Property.REFERENCE) if c.facet("spelling") == "as printed"] == also


@pytest.mark.parametrize(
    ("regime", "reference", "member"),
    [
        ("Al-Qaida", "QDi.901", "un-1267"), ("Taliban", "TAi.901", "un-1988"),
        ("Somalia", "SOi.901", "un-751"), ("Iraq", "IQi.901", "un-1518"),
        ("Liberia", "LRi.901", "un-1521"), ("DRC", "CDi.901", "un-1533"),
        ("CdI", "CIi.901", "un-1572"), ("Sudan", "SDi.901", "un-1591"), ("DPRK", "KPi.901", "un-1718"),
        ("Iran", "IRi.901", "un-1737"), ("Libya", "LYi.901", "un-1970"), ("GB", "GBi.901", "un-2048"),
        ("CAR", "CFi.901", "un-2127"), ("Yemen", "YEi.901", "un-2140"), ("SouthSudan", "SSi.901", "un-2206"),
        ("Mali", "MLi.901", "un-2374"), ("Haiti", "HTi.901", "un-2653"), ("26532022", "HTi.901", "un-2653"),
        ("", "QI.A.12.01.", "un-1267"), ("", "TE.H.12.12.", "un-1988"),
    ],
)  # fmt: skip
def test_the_regime_is_the_list_an_entry_is_on(regime, reference, member):
    """Each regime is an official list with its own rules; the consolidated list is only a view."""
    reading = the_reading(an_individual(reference=reference, regime=regime))

    assert values(reading, Property.MEMBER) == [member]
    assert reading.unread == ()
    assert member in SOURCE.info.lists


def test_an_unknown_regime_is_named_and_the_number_tells_the_list():
    """A new or misspelt type must not lose the entry, nor pass unseen."""
    reading = the_reading(an_individual(regime="Alqaeda2"))

    assert [(c.value, c.place) for c in said(reading, Property.MEMBER)] == [("un-1267", "REFERENCE_NUMBER")]
    assert [(u.field, u.value) for u in reading.unread] == [("UN_LIST_TYPE", "Alqaeda2")]


def test_a_regime_that_contradicts_the_number_is_named():
    """One of the two is a mistake, and only a person can tell which."""
    reading = the_reading(an_individual(reference="TAi.901", regime="Al-Qaida"))

    assert values(reading, Property.MEMBER) == ["un-1267"]
    assert [(u.field, u.value) for u in reading.unread] == [("UN_LIST_TYPE", "Al-Qaida")]


@pytest.mark.parametrize("regime", ["", "Atlantis"])
def test_an_entry_of_no_known_regime_is_refused(regime):
    """An entry that is on no list would be invisible."""
    with pytest.raises(SourceRefused, match=r"INDIVIDUAL\[REFERENCE_NUMBER=ZZi.901\].*known regime"):
        the_reading(an_individual(reference="ZZi.901", regime=regime))


def test_a_record_without_a_number_is_refused():
    """Without identity there is nothing to say anything of."""
    with pytest.raises(SourceRefused, match="no identity"):
        SOURCE.map(Record(place="INDIVIDUAL[3]", fields=(("FIRST_NAME", "X"),)))


def test_readings_refuse_a_key_that_comes_twice():
    """Each key stands once, whoever made the records."""
    record = the_record(an_individual())

    with pytest.raises(SourceRefused, match=r"has the key QDi.901, as has INDIVIDUAL\[REFERENCE"):
        list(SOURCE.readings([record, record]))


# --- names


def test_a_name_is_the_parts_that_are_filled_in_on_one_line():
    """Parts stand in the person's own order; blanks and line breaks within them are layout."""
    reading = the_reading(
        an_individual("<FIRST_NAME> RI </FIRST_NAME><THIRD_NAME/><FOURTH_NAME>WON\n  HO</FOURTH_NAME>")
    )

    (claim,) = said(reading, Property.NAME)
    assert claim.value == "RI WON HO"
    assert claim.place == "FIRST_NAME+FOURTH_NAME"


def test_two_names_in_one_field_are_two_names():
    """One entity's FIRST_NAME holds two companies, parted by a semicolon."""
    reading = the_reading(an_entity("<FIRST_NAME>STRELSAU AIRLINES (SA) ; ZENDA LAKES COMPANY</FIRST_NAME>"))

    assert [(c.value, c.place) for c in said(reading, Property.NAME)] == [
        ("STRELSAU AIRLINES (SA)", "FIRST_NAME#1"),
        ("ZENDA LAKES COMPANY", "FIRST_NAME#2"),
    ]


def test_a_language_named_after_a_name_is_a_facet():
    """``(Tigrinya)`` is no part of the name."""
    reading = the_reading(an_individual("<NAME_ORIGINAL_SCRIPT>ፍትዊ (Tigrinya)</NAME_ORIGINAL_SCRIPT>"))

    assert _pairs(reading, Property.ORIGINAL_NAME) == [("ፍትዊ", {"language": "ti", "script": "Ethi"})]


@pytest.mark.parametrize(
    "inside",
    [
        "<NAME_ORIGINAL_SCRIPT>سل\ufffd\ufffd موري</NAME_ORIGINAL_SCRIPT>",
        "<INDIVIDUAL_ALIAS><ALIAS_NAME>سل\ufffd\ufffd موري</ALIAS_NAME></INDIVIDUAL_ALIAS>",
    ],
)
def test_a_name_that_lost_letters_is_unread_not_a_name(inside):
    """The publisher's export damages a name now and then; nobody bears the damaged one."""
    reading = the_reading(an_individual(inside))

    assert said(reading, Property.ORIGINAL_NAME) == said(reading, Property.ALIAS) == []
    assert [u.value for u in reading.unread] == ["سل\ufffd\ufffd موري"]


@pytest.mark.parametrize(
    ("quality", "expected"),
    [
        ("Good", {"quality": "good"}), ("GOOD", {"quality": "good"}), ("Low", {"quality": "low"}), ("", {}),
        ("a.k.a.", {}), ("f.k.a.", {"kind": "former name"}),
    ],
)  # fmt: skip
def test_the_quality_of_an_alias_is_kept(quality, expected):
    """A weak alias must never count like a good one."""
    reading = the_reading(an_individual(_alias("Selmur", quality)))

    assert _pairs(reading, Property.ALIAS) == [("Selmur", {"script": "Latn", **expected})]


def test_a_quality_never_seen_before_is_unread_and_the_alias_is_kept():
    """A new word may mean that the name is weak; a person must look."""
    reading = the_reading(an_individual(_alias("Selmur", "Doubtful")))

    assert values(reading, Property.ALIAS) == ["Selmur"]
    assert [(u.field, u.value, u.place) for u in reading.unread] == [
        ("INDIVIDUAL_ALIAS/QUALITY", "Doubtful", "INDIVIDUAL_ALIAS/QUALITY")
    ]


def test_each_name_of_an_alias_has_a_place_of_its_own():
    """A reader can find the third of nine spellings."""
    reading = the_reading(an_individual(_alias("A; B; C")))

    assert [c.place for c in said(reading, Property.ALIAS)] == [
        "INDIVIDUAL_ALIAS/ALIAS_NAME#1",
        "INDIVIDUAL_ALIAS/ALIAS_NAME#2",
        "INDIVIDUAL_ALIAS/ALIAS_NAME#3",
    ]


def test_names_in_the_note_of_an_alias_are_aliases_of_its_quality():
    """The list prints the Cyrillic form of an alias in its note; without it nobody could be found by it."""
    note = "<NOTE>original script: Абу Тевани</NOTE>"

    reading = the_reading(an_individual(_alias("Abu Tevani", "Low", note)))

    assert _pairs(reading, Property.ALIAS) == [
        ("Abu Tevani", {"quality": "low", "script": "Latn"}),
        ("Абу Тевани", {"quality": "low", "script": "Cyrl"}),
    ]
    assert _pairs(reading, Property.COMMENT) == [("original script: Абу Тевани", {"of": "Abu Tevani"})]


# --- days


@pytest.mark.parametrize(
    "printed",
    ["2015-03-27", "2015-03-27-04:00", "2015-03-27T00:00:00", "2015-03-27 00:00:00.0", " 2015-03-27Z\n"],
)
def test_a_day_is_the_day_whatever_is_glued_to_it(printed):
    """A zone or midnight does not move a listing to another day."""
    reading = the_reading(an_individual(f"<LISTED_ON>{printed}</LISTED_ON>"))

    assert values(reading, Property.LISTED_ON) == ["2015-03-27"]


@pytest.mark.parametrize("printed", ["27 March 2015", "2015-02-30", "2015-03-27T13:00:00", "2015"])
def test_a_day_that_is_not_understood_is_unread(printed):
    """A guessed listing date would be worse than none."""
    reading = the_reading(an_individual(f"<LISTED_ON>{printed}</LISTED_ON>"))

    assert said(reading, Property.LISTED_ON) == []
    assert [(u.field, u.value) for u in reading.unread] == [("LISTED_ON", printed)]


def test_every_amendment_date_is_a_claim_once():
    """The list carries its own history of amendments; one date printed twice is one date."""
    inside = "".join(f"<VALUE>{day}</VALUE>" for day in ("2018-09-17", "2020-02-25", "", "2020-02-25T00:00:00"))

    reading = the_reading(an_individual(f"<LAST_DAY_UPDATED>{inside}</LAST_DAY_UPDATED>"))

    assert [(c.value, c.place) for c in said(reading, Property.AMENDED_ON)] == [
        ("2018-09-17", "LAST_DAY_UPDATED/VALUE[1]"),
        ("2020-02-25", "LAST_DAY_UPDATED/VALUE[2]"),
    ]


def test_a_printed_day_of_delisting_is_a_claim_of_an_entry_that_is_still_there():
    """The document of 2015-03-16 printed one, and the entry stayed for years: it is evidence, no absence."""
    reading = the_reading(an_individual("<DELISTED_ON>2015-03-16</DELISTED_ON>"))

    assert values(reading, Property.DELISTED_ON) == ["2015-03-16"]


# --- birth


@pytest.mark.parametrize(
    ("inside", "date", "told", "years"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1967-01-02-05:00</DATE>", "1967-01-02", {}, ["1967"]),
        ("<DATE>1967-01-02T00:00:00</DATE>", "1967-01-02", {}, ["1967"]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1967</YEAR>", "1967", {}, ["1967"]),
        (
            "<TYPE_OF_DATE>Approximately</TYPE_OF_DATE><YEAR>1967 </YEAR>",
            "1967", {"type": "approximately"}, ["1967"],
        ),
        ("<YEAR>1955-1958</YEAR>", "1955/1958", {}, ["1955/1958"]),
        ("<YEAR>1977/1978</YEAR>", "1977/1978", {}, ["1977/1978"]),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1968</FROM_YEAR><TO_YEAR>1973</TO_YEAR>",
            "1968/1973", {}, ["1968/1973"],
        ),
        ("<TO_YEAR>1973</TO_YEAR>", "../1973", {}, ["../1973"]),
        ("<YEAR>1958</YEAR><NOTE>Sep.</NOTE>", "1958-09", {"note": "Sep."}, ["1958"]),
        ("<NOTE>Nov. 1973 </NOTE>", "1973-11", {"note": "Nov. 1973"}, ["1973"]),
        ("<NOTE>3 March 1979</NOTE>", "1979-03-03", {"note": "3 March 1979"}, ["1979"]),
        (
            "<NOTE>Between Aug. and Sep. 1977</NOTE>",
            "1977-08/1977-09", {"note": "Between Aug. and Sep. 1977"}, ["1977"],
        ),
        ("<NOTE>29 Feb. 1969</NOTE>", "29 Feb. 1969", {"form": "prose"}, []),
        ("<NOTE>24/06/1402 (Hijri Calendar)</NOTE>", "24/06/1402 (Hijri Calendar)", {"form": "prose"}, []),
        (
            "<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>30-35 years old</NOTE>",
            "30-35 years old", {"type": "approximately", "form": "prose"}, [],
        ),
        (
            "<DATE>1979-03-03</DATE><NOTE>from false passport</NOTE>",
            "1979-03-03", {"note": "from false passport"}, ["1979"],
        ),
    ],
)  # fmt: skip
def test_a_birth_date_is_as_precise_as_it_is_printed(inside, date, told, years):
    """A year is no first of January, a span no middle, and words stay words."""
    reading = the_reading(_born(inside))

    assert _pairs(reading, Property.BIRTH_DATE) == [(date, told)]
    assert values(reading, Property.BIRTH_YEAR) == years
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("inside", "unread"),
    [
        ("<DATE>null</DATE>", [("DATE", "null")]),
        ("<YEAR>196x</YEAR><NOTE>about</NOTE>", [("NOTE", "about"), ("YEAR", "196x")]),
        ("<FROM_YEAR>1973</FROM_YEAR><TO_YEAR>1968</TO_YEAR>", [("FROM_YEAR", "1973"), ("TO_YEAR", "1968")]),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE>", [("TYPE_OF_DATE", "EXACT")]),
        ("<DATE>1979-03-03</DATE><YEAR>1980</YEAR>", [("YEAR", "1980")]),
    ],
)
def test_a_birth_date_that_is_not_understood_is_unread(inside, unread):
    """Also a second value beside the first: one element, one date."""
    reading = the_reading(_born(inside))

    assert sorted((u.field.partition("/")[2], u.value) for u in reading.unread) == unread


def test_the_same_year_twice_is_said_once():
    """Years are for matching; which of several dates they come from is told by the dates."""
    inside = "".join(
        f"<INDIVIDUAL_DATE_OF_BIRTH><DATE>{day}</DATE></INDIVIDUAL_DATE_OF_BIRTH>"
        for day in ("1961-03-02", "1961-04-02")
    )

    reading = the_reading(an_individual(inside))

    assert values(reading, Property.BIRTH_DATE) == ["1961-03-02", "1961-04-02"]
    assert values(reading, Property.BIRTH_YEAR) == ["1961"]


def test_the_birth_date_of_an_alias_is_not_the_persons_own():
    """It is what a false passport says; as a birth year it would match the wrong people."""
    more = "<DATE_OF_BIRTH>1958 - 1964</DATE_OF_BIRTH>"

    reading = the_reading(an_individual(_alias("Selmur", more=more)))

    assert _pairs(reading, Property.BIRTH_DATE) == [("1958/1964", {"of": "Selmur"})]
    assert said(reading, Property.BIRTH_YEAR) == []


def test_a_birth_date_in_an_alias_without_a_name_is_the_persons_own():
    """The document of 2024-09-21 has all birth dates but the first in such aliases, four as "null"."""
    inside = "".join(
        f"<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/><DATE_OF_BIRTH>{date}</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>"
        for date in ("1960-12-13", "null")
    )

    reading = the_reading(an_individual(inside))

    assert _pairs(reading, Property.BIRTH_DATE) == [("1960-12-13", {})]
    assert values(reading, Property.BIRTH_YEAR) == ["1960"]
    assert [(u.place, u.value) for u in reading.unread] == [("INDIVIDUAL_ALIAS[2]/DATE_OF_BIRTH", "null")]


# --- places and documents


def test_a_place_known_by_a_note_only_is_that_note():
    """The note is then all that the list says."""
    inside = "<INDIVIDUAL_PLACE_OF_BIRTH><NOTE>possibly near the\n lakes</NOTE></INDIVIDUAL_PLACE_OF_BIRTH>"

    reading = the_reading(an_individual(inside))

    assert _pairs(reading, Property.BIRTH_PLACE) == [("possibly near the lakes", {"form": "prose"})]


def test_words_printed_as_street_and_as_city_stand_once_in_the_line():
    """Since 2024 some places repeat them."""
    inside = "<ENTITY_ADDRESS><STREET>Sapt</STREET><CITY>Sapt</CITY><COUNTRY>Ruritania</COUNTRY></ENTITY_ADDRESS>"

    reading = the_reading(an_entity(inside))

    told = {"street": "Sapt", "city": "Sapt", "country": "Ruritania"}
    assert _pairs(reading, Property.ADDRESS) == [("Sapt, Ruritania", told)]


@pytest.mark.parametrize(
    ("inside", "value", "told"),
    [
        (
            "<TYPE_OF_DOCUMENT>Identity\n  Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>ID</TYPE_OF_DOCUMENT2>\
<NUMBER>X 1</NUMBER>",
            "X 1", {"type": "Identity Number", "detail": "ID"},
        ),
        (
            "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>passport</TYPE_OF_DOCUMENT2>\
<NUMBER>X1</NUMBER><DATE_OF_ISSUE>2006-02-28 00:00:00.0</DATE_OF_ISSUE>",
            "X1", {"type": "Passport", "issued": "2006-02-28"},
        ),
        (
            "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>number X1, issued in Zenda</NOTE>",
            "number X1, issued in Zenda", {"type": "Passport", "form": "prose"},
        ),
        (
            "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>Paper 7</TYPE_OF_DOCUMENT2>\
<CITY_OF_ISSUE>Zenda</CITY_OF_ISSUE>",
            "Paper 7", {"type": "Passport", "city": "Zenda", "form": "prose"},
        ),
        ("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>", "Passport", {"form": "prose"}),
        (
            "<ISSUING_COUNTRY>Ruritania</ISSUING_COUNTRY>",
            "Ruritania", {"country": "Ruritania", "form": "prose"},
        ),
    ],
)  # fmt: skip
def test_a_document_without_a_number_keeps_what_is_told_of_it(inside, value, told):
    """In a hundred entries the number stands in the note; it must be found there and is marked as prose."""
    reading = the_reading(_a_passport(inside))

    assert _pairs(reading, Property.IDENTIFIER) == [(value, told)]
    assert reading.unread == ()


def test_a_day_of_issue_that_is_not_understood_is_unread():
    """The number is still good."""
    reading = the_reading(_a_passport("<NUMBER>X1</NUMBER><DATE_OF_ISSUE>soon</DATE_OF_ISSUE>"))

    assert values(reading, Property.IDENTIFIER) == ["X1"]
    assert [(u.field, u.value) for u in reading.unread] == [("INDIVIDUAL_DOCUMENT/DATE_OF_ISSUE", "soon")]


# --- comments


def test_a_review_without_a_year_is_unread():
    """Two real entries say "was concluded on 4 Dec."; the year cannot be told from it."""
    text = "Review pursuant to Security Council resolution 2368 (2017) was concluded on 4 Dec. Left in 2003."

    reading = the_reading(an_individual(f"<COMMENTS1>{text}</COMMENTS1>"))

    assert said(reading, Property.REVIEWED_ON) == []
    assert values(reading, Property.COMMENT) == [text]
    assert [u.value for u in reading.unread] == [
        "Review pursuant to Security Council resolution 2368 (2017) was concluded on 4 Dec."
    ]


def test_the_comment_is_kept_whole_on_one_line():
    """What its sentences say is told again apart, but the prose is what a court would read."""
    reading = the_reading(an_individual("<COMMENTS1>One.\n   Two (QDe.902).\t</COMMENTS1>"))

    assert _pairs(reading, Property.COMMENT) == [("One. Two (QDe.902).", {})]


def test_an_entry_does_not_relate_to_itself():
    """Its own number in its own comment ties it to nothing."""
    reading = the_reading(an_individual("<COMMENTS1>See Selmuri (QDi.901).</COMMENTS1>"))

    assert said(reading, Property.RELATION) == []


# --- nothing is dropped


def test_elements_never_seen_before_are_unread_by_name():
    """The next new element must be noticed on its first day, not when somebody misses it."""
    inside = (
        "<VESSEL_IMO>9000001</VESSEL_IMO><RANK><VALUE>1st</VALUE><VALUE>2nd</VALUE></RANK>"
        + _alias("Selmur", more="<PATRONYMIC>Tevanovich</PATRONYMIC>")
        + "<FIRST_NAME>A</FIRST_NAME><FIRST_NAME>B</FIRST_NAME>"
    )

    reading = the_reading(an_individual(inside))

    assert [(u.place, u.field, u.value) for u in reading.unread] == [
        ("VESSEL_IMO", "VESSEL_IMO", "9000001"),
        ("RANK/VALUE[1]", "RANK/VALUE", "1st"),
        ("RANK/VALUE[2]", "RANK/VALUE", "2nd"),
        ("INDIVIDUAL_ALIAS/PATRONYMIC", "INDIVIDUAL_ALIAS/PATRONYMIC", "Tevanovich"),
        ("FIRST_NAME[1]", "FIRST_NAME", "A"),
        ("FIRST_NAME[2]", "FIRST_NAME", "B"),
    ]


TAGS = {
    "": [
        "FIRST_NAME", "SECOND_NAME", "DATAID", "NAME_ORIGINAL_SCRIPT", "LISTED_ON", "GENDER", "COMMENTS1",
        "SORT_KEY", "SUBMITTED_BY", "NATIONALITY2", "NEVER_SEEN",
    ],
    "INDIVIDUAL_ALIAS": [
        "QUALITY", "ALIAS_NAME", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NEVER_SEEN",
    ],
    "INDIVIDUAL_DATE_OF_BIRTH": ["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE", "OTHER"],
    "INDIVIDUAL_PLACE_OF_BIRTH": ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE", "OTHER"],
    "ENTITY_ADDRESS": ["STREET", "CITY", "COUNTRY", "NOTE", "VALUE"],
    "INDIVIDUAL_DOCUMENT": [
        "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE",
        "CITY_OF_ISSUE", "DATE_OF_ISSUE", "NOTE", "NEVER_SEEN",
    ],
    "LAST_DAY_UPDATED": ["VALUE", "NEVER_SEEN"],
    "TITLE": ["VALUE", "NEVER_SEEN"],
    "LIST_TYPE": ["VALUE", "OTHER"],
    "NEVER_SEEN": ["VALUE", "NOTE"],
}  # fmt: skip
PATHS = [f"{outer}/{leaf}" if outer else leaf for outer, leaves in TAGS.items() for leaf in leaves]
WORDS = st.sampled_from([
    "Selmuri", "1961-03-02", "1958", "1955-1958", "1960/1965", "Sep.", "Nov. 1973", "Good", "EXACT", "A; B",
    "x)", "(y", "Абу", "Abu (Абу)", "QDe.902", "a (born 1953)", "b, born 1 Jan. 1953", "; ;", "null",
    "03825239", "1968 - 1970", "in Arabic: سل", "review pursuant to", "Zenda (TAe.903)",
    "he is a man who has been in the town of Zenda.",
])  # fmt: skip


def _letters(text: str) -> set[str]:
    """The words and numbers of *text*, without the marks between them."""
    return set(re.findall(r"\w+", text.casefold()))


@given(st.dictionaries(st.sampled_from(PATHS), st.lists(WORDS, min_size=1, max_size=2).map(" ".join)))
def test_every_word_of_a_record_is_claimed_or_unread(fields):
    """Whatever stands in whatever element, none of it is dropped in silence."""
    record = Record(
        place="INDIVIDUAL[REFERENCE_NUMBER=QDi.901]",
        fields=(("REFERENCE_NUMBER", "QDi.901"), ("UN_LIST_TYPE", "Al-Qaida"), *fields.items()),
    )

    reading = SOURCE.map(record)

    told = {
        word
        for text in (
            *(claim.value for claim in reading.claims),
            *(value for claim in reading.claims for _, value in claim.facets),
            *(unread.value for unread in reading.unread),
        )
        for word in _letters(text)
    }
    implied = {"exact"}  # a date without a kind is exact
    for path, value in fields.items():
        assert _letters(value) - implied <= told, path


def test_claims_are_unique_and_on_one_line():
    """Two claims that agree in everything but the place are one claim."""
    for path in (TODAY, OF_2015):
        _, records = SOURCE.read(path.read_bytes(), path.name)
        for reading in SOURCE.readings(records):
            identities = [claim.identity for claim in reading.claims]
            assert len(identities) == len(set(identities))
            for claim in reading.claims:
                assert claim.value == " ".join(claim.value.split()) != ""
                assert claim.facets == facets(**dict(claim.facets))


def test_the_source_says_what_it_is():
    """The id and the lists are how the rest of the house asks for it."""
    info = SOURCE.info

    assert info.id == "un-sc"
    assert len(info.lists) == len(set(info.lists)) == 17
    assert info.url.startswith("https://scsanctions.un.org/")
    assert info.rhythm_days == 7
    assert info.complete
