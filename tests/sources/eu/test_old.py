import datetime as dt
import hashlib

import pytest
from tests.sources.eu.makers import OTHER, a_record, claim, entity, pairs, part, readings, unread, values, whole
from tests.working import work

from tizim.domain.statements import Property
from tizim.errors import SourceRefused
from tizim.sources.catalogue import source
from tizim.sources.eu import FSF_OLD
from tizim.sources.eu.lists import lists_of
from tizim.sources.eu.read_old import with_remarks

NAME = part("NAME", "<LASTNAME/><WHOLENAME>Rupert Zenda</WHOLENAME>")
BEFORE = {"basis": "2/2009 (OJ L2)", "basis_date": "2009-01-05"}


def _reading(inside="", **options):
    (found,) = readings(FSF_OLD, whole(entity(inside, **options)))
    return found


def _refusal(data: bytes) -> str:
    with pytest.raises(SourceRefused) as refused:
        FSF_OLD.read(data, "list.xml")
    return str(refused.value)


# -- the document --------------------------------------------------------------------------------


def test_the_facts_of_a_document_are_those_it_prints():
    """The root prints the day, day first."""
    data = whole(entity(NAME), entity(number="902"))

    facts, records = FSF_OLD.read(data, "list.xml")

    assert facts.source == "eu-fsf-old-xml"
    assert facts.date == dt.date(2031, 2, 11)
    assert facts.instant == dt.datetime(2031, 2, 11, tzinfo=dt.UTC)
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert facts.size == len(data)
    assert facts.entries == len(records) == 2
    assert facts.complete
    assert source("eu-fsf-old-xml") is FSF_OLD


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html/>", "HTML"),
        (b"<export/>", "another document"),
        (whole(), "no entries"),
        (whole(entity(), day="31/02/2031"), "not a day"),
        (whole(entity(), day=""), "not a day"),
        (whole(entity(), day="00/02/2031"), "not a day"),
        (whole(entity(), entity()), "as has"),
        (whole(entity(number="")), "identity"),
        (whole(entity(), "<OTHER/>"), "stands where ENTITY is expected"),
        (whole(entity(), "loose"), "text between elements"),
        (whole(entity(NAME))[:-30], "cut off"),
        (whole(entity("<a>" * 9 + "x" + "</a>" * 9)), "deeper"),
        (whole(entity("<!-- Comment: never ends")), "not well-formed"),
    ],
)
def test_what_is_not_a_whole_list_is_refused(data, words):
    """No part of a damaged document is taken for the list."""
    message = _refusal(data)

    assert message.startswith("list.xml: ")
    assert words in message


def test_reading_twice_gives_the_same():
    """Nothing but the bytes decides what is read."""
    data = whole(entity(NAME), entity(NAME.replace("901", "902"), number="902"))

    assert readings(FSF_OLD, data) == readings(FSF_OLD, data)


def test_a_record_without_a_number_is_refused():
    """It could not be told apart from others."""
    with pytest.raises(SourceRefused, match="identity"):
        FSF_OLD.map(a_record(remark="x"))


# -- the entity ----------------------------------------------------------------------------------


def test_its_number_is_its_identity():
    """The same number is printed as ``logicalId`` in the form of today."""
    reading = _reading(NAME)

    assert (reading.key, reading.subject) == ("901", "eu-fsf:901")
    assert values(reading, Property.REFERENCE) == values(reading, Property.DATA_ID) == ["901"]


@pytest.mark.parametrize(
    ("programme", "act", "lists"),
    [
        ("RUR", "1/2012", ("eu-fsf",)),
        ("TAQA", "881/2002 (OJ L139)", ("eu-fsf", "eu-881")),
        ("TAQA", "2016/1686 (OJ L255)", ("eu-fsf", "eu-1686")),
        ("TAQA", "12016/16860", ("eu-fsf", "eu-881")),
        ("AFG", "753/2011", ("eu-fsf", "eu-753")),
        ("TERR", "2580/2001", ("eu-fsf", "eu-931")),
        ("EUAQ", "2016/1686", ("eu-fsf", "eu-1686")),
        ("AFG", "2016/1686", ("eu-fsf", "eu-753")),
    ],
)
def test_programme_and_act_say_on_which_lists_it_stands(programme, act, lists):
    """The Union's own listings of Al-Qaida and those of the UN share a programme."""
    assert lists_of(programme, [act]) == lists
    assert tuple(values(_reading(NAME, programme=programme, act=act), Property.MEMBER)) == lists


def test_an_act_of_a_part_tells_its_list_too():
    """The entity prints its newest act, which may amend the one it was listed by."""
    name = part("NAME", "<WHOLENAME>Zenda</WHOLENAME>", on=OTHER.replace("2/2009", "2016/1686"))

    assert values(_reading(name, programme="TAQA"), Property.MEMBER) == ["eu-fsf", "eu-1686"]


def test_acts_are_legal_bases():
    """Each act once for each day and programme that is printed with it."""
    reading = _reading(NAME + part("CITIZEN", "<COUNTRY>RUR</COUNTRY>", on=OTHER))
    common = {"number": "1/2012", "link": "http://oj.invalid/1", "programme": "RUR"}

    assert pairs(reading, Property.LEGAL_BASIS) == [
        ("1/2012 (OJ L1)", common | {"date": "2012-03-23"}),
        ("1/2012 (OJ L1)", common | {"date": "2012-03-24"}),
        (
            "2/2009 (OJ L2)",
            {"number": "2/2009", "link": "http://oj.invalid/2", "programme": "RUR", "date": "2009-01-05"},
        ),
    ]


def test_a_part_on_another_act_says_so():
    """Each element repeats the act that brought it: provenance of the field."""
    reading = _reading(NAME + part("CITIZEN", "<COUNTRY>RUR</COUNTRY>", on=OTHER))

    assert claim(reading, Property.NAME).facets == ()
    assert pairs(reading, Property.NATIONALITY) == [("RUR", BEFORE)]


def test_remarks_say_regimes_resolutions_parents_links_and_the_un_s_day():
    """Words of a fixed form; the remark stays whole."""
    remark = (
        "(Date of UN designation: 2002-07-25) (Entity is sanctioned in regime 3/2001 (OJ L3) of programme RUR, "
        "in regime 4/2001 (OJ L4) of programme TAQA) (UNSC RESOLUTION 1483 BASIS) "
        "(Father's name: Otto Zenda, Mother's name: Flavia. "
        "Name in Arabic script: http://un.invalid/1.htm)"
    )
    reading = _reading(NAME, remark=remark)

    assert values(reading, Property.COMMENT) == [remark]
    assert pairs(reading, Property.FEATURE) == [("2002-07-25", {"field": "date of UN designation"})]
    assert pairs(reading, Property.RELATED_NAME) == [
        ("Otto Zenda", {"phrase": "father", "form": "prose"}),
        ("Flavia", {"phrase": "mother", "form": "prose"}),
    ]
    assert values(reading, Property.LINK) == ["http://un.invalid/1.htm"]
    told = [pair for pair in pairs(reading, Property.LEGAL_BASIS) if pair[1].get("form") == "prose"]
    assert told == [
        ("3/2001 (OJ L3)", {"number": "3/2001", "programme": "RUR", "form": "prose"}),
        ("4/2001 (OJ L4)", {"number": "4/2001", "programme": "TAQA", "form": "prose"}),
        ("UNSC RESOLUTION 1483", {"number": "1483", "kind": "UN resolution", "form": "prose"}),
    ]


# -- its parts -----------------------------------------------------------------------------------


def test_the_first_name_is_the_name_and_the_others_are_aliases():
    """Languages and scripts are told where they say something."""
    reading = _reading(
        part(
            "NAME",
            "<LASTNAME>Zenda</LASTNAME><FIRSTNAME>Rupert</FIRSTNAME><MIDDLENAME>von</MIDDLENAME>"
            "<WHOLENAME>Rupert von Zenda</WHOLENAME><GENDER>M</GENDER><TITLE>Count</TITLE>"
            "<FUNCTION>Governor</FUNCTION><LANGUAGE/>",
        )
        + part("NAME", "<WHOLENAME>Руперт</WHOLENAME><LANGUAGE>BG</LANGUAGE>", on=OTHER)
        + part("NAME", "<WHOLENAME>Rupert von Zenda</WHOLENAME>", on=OTHER)
    )

    assert pairs(reading, Property.NAME) == [
        ("Rupert von Zenda", {"given": "Rupert", "middle": "von", "family": "Zenda"}),
        ("Rupert von Zenda", BEFORE),
    ]
    assert pairs(reading, Property.ALIAS) == [("Руперт", {"language": "bg", "script": "Cyrl"} | BEFORE)]
    assert values(reading, Property.GENDER) == ["male"]
    assert values(reading, Property.TITLE) == ["Count"]
    assert values(reading, Property.POSITION) == ["Governor"]
    assert unread(reading) == []


def test_a_name_with_a_comma_is_a_person_s_family_name_first():
    """Of an organisation a comma says nothing."""
    person = _reading(part("NAME", "<WHOLENAME>Zenda, Rupert</WHOLENAME>"))
    firm = _reading(part("NAME", "<WHOLENAME>Zenda Trading, Inc</WHOLENAME>"), kind="E")

    assert pairs(person, Property.NAME) == [("Zenda, Rupert", {"form": "family name first"})]
    assert pairs(firm, Property.NAME) == [("Zenda Trading, Inc", {})]
    assert values(firm, Property.KIND) == ["organisation"]


def test_a_remark_does_not_stay_in_a_name():
    """What kind of name it is, is a facet."""
    reading = _reading(NAME + part("NAME", "<WHOLENAME>Rupert Hentzau (birth name)</WHOLENAME>"))

    assert pairs(reading, Property.ALIAS) == [("Rupert Hentzau", {"kind": "birth name"})]


def test_functions_in_letters_are_taken_apart():
    """One claim for each position."""
    reading = _reading(
        part("NAME", "<WHOLENAME>Z</WHOLENAME><FUNCTION>(a) Governor of Zenda, (b) Count (c)</FUNCTION>")
    )

    assert values(reading, Property.POSITION) == ["Governor of Zenda", "Count (c)"]


@pytest.mark.parametrize(
    ("printed", "date", "year", "about"),
    [
        ("1963-05-03", "1963-05-03", "1963", ""),
        ("1963", "1963", "1963", ""),
        ("1963 (approximative)", "1963", "1963", "circa"),
        ("1958 - 1963 (approximative)", "1958/1963", "1958/1963", "circa"),
        ("1958 - 1963", "1958/1963", "1958/1963", ""),
    ],
)
def test_birth_dates_are_read(printed, date, year, about):
    """Days, years, spans, and whether they are about right."""
    reading = _reading(NAME + part("BIRTH", f"<DATE>{printed}</DATE><PLACE>Zenda</PLACE><COUNTRY>RUR</COUNTRY>"))

    assert pairs(reading, Property.BIRTH_DATE) == [(date, {"about": about} if about else {})]
    assert values(reading, Property.BIRTH_YEAR) == [year]
    assert pairs(reading, Property.BIRTH_PLACE) == [("Zenda, RUR", {"city": "Zenda", "country": "RUR"})]


def test_remarks_in_xml_comments_are_kept():
    """The file says so under which name a date of birth is used; other comments say nothing of an entity."""
    born = part("BIRTH", "<!-- Comment: as Hentzau & Co\nas Hentzau & Co --><DATE>1963</DATE>")
    named = part("NAME", "<!-- Comment: (prominently &lt;known&gt; as) --><WHOLENAME>Zenda</WHOLENAME>")
    reading = _reading("<!-- GENERATED --><!-- Comment: UNSC RESOLUTION 1483 -->" + named + born)

    assert pairs(reading, Property.COMMENT) == [
        ("UNSC RESOLUTION 1483", {}),
        ("(prominently <known> as)", {"of": "Zenda", "part": "NAME"}),
        ("as Hentzau & Co", {"of": "1963", "part": "BIRTH"}),
    ]
    assert unread(reading) == []


def test_many_comments_are_found_in_time():
    """A document of nothing but beginnings of comments."""
    with work() as done:
        with_remarks(b"<!-- Comment:" * 300_000)

    assert done.seconds < 2


def test_an_address_reads_from_the_street_to_the_country():
    """Telephones, numbers of registers and remarks share one element."""
    reading = _reading(
        NAME
        + part(
            "ADDRESS",
            "<NUMBER>7</NUMBER><STREET>Castle Road</STREET><ZIPCODE>Z1</ZIPCODE><CITY>Zenda</CITY>"
            "<COUNTRY>RUR</COUNTRY><OTHER>PHONE[000-1, 000-2]\nFAX[000-3]\n(former location\nformer location)</OTHER>",
        )
        + part("ADDRESS", "<COUNTRY>ITA</COUNTRY><OTHER>(Italian Fiscal Code: ABC DEF 00X00 Y000Z)</OTHER>")
        + part("ADDRESS", "<OTHER>(somewhere)</OTHER>")
    )

    assert pairs(reading, Property.ADDRESS) == [
        ("Castle Road, 7, Z1, Zenda, RUR", {"street": "Castle Road, 7", "postal_code": "Z1", "city": "Zenda",
                                            "country": "RUR", "note": "former location"}),
        ("ITA", {"country": "ITA"}),
        ("somewhere", {"form": "prose"}),
    ]  # fmt: skip
    assert pairs(reading, Property.CONTACT) == [
        ("000-1", {"kind": "phone"}), ("000-2", {"kind": "phone"}), ("000-3", {"kind": "fax"}),
    ]  # fmt: skip
    assert pairs(reading, Property.IDENTIFIER) == [
        ("ABC DEF 00X00 Y000Z", {"type": "Italian Fiscal Code", "form": "prose"})
    ]


@pytest.mark.parametrize(
    ("printed", "number", "facets"),
    [
        ("X 0001 (passport-National passport) ((passport))", "X 0001",
         {"type": "National passport", "note": "passport"}),
        ("0001 (id-National identification card) ", "0001", {"type": "National identification card"}),
        ("0001 (passport-National passport) [known to be expired](issued (in Zenda) 1999)", "0001",
         {"type": "National passport", "status": "known to be expired", "note": "issued (in Zenda) 1999"}),
        ("0001 (passport-National passport)  (valid to 2014-02-21)[revoked by issuer](as Hentzau)", "0001",
         {"type": "National passport", "status": "revoked by issuer", "note": "valid to 2014-02-21; as Hentzau"}),
        ("0001 (other-Other identification number) (a\na\nb)", "0001",
         {"type": "Other identification number", "note": "a; b"}),
    ],
)  # fmt: skip
def test_documents_are_taken_apart(printed, number, facets):
    """Number, kind, state and remarks are printed in one element."""
    reading = _reading(NAME + part("PASSPORT", f"<NUMBER>{printed}</NUMBER><COUNTRY>RUR</COUNTRY>"))

    assert pairs(reading, Property.IDENTIFIER) == [(number, facets | {"country": "RUR"})]


@pytest.mark.parametrize("printed", ["UNKNOWN (other-Other identification number)", "lost"])
def test_a_document_without_a_number_is_unread(printed):
    """There is nothing to compare."""
    reading = _reading(NAME + part("PASSPORT", f"<NUMBER>{printed}</NUMBER>"))

    assert values(reading, Property.IDENTIFIER) == []
    assert unread(reading) == [("PASSPORT/NUMBER", printed)]


def test_numbers_of_the_database_are_housekeeping():
    """Each part has one; the entity's is repeated in each, and looked at."""
    reading = _reading(NAME + part("CITIZEN", "<COUNTRY>RUR</COUNTRY>", number="77", of="999"))

    assert pairs(reading, Property.HOUSEKEEPING) == [("1", {"field": "NAME/@Id"}), ("77", {"field": "CITIZEN/@Id"})]
    assert unread(reading) == [("CITIZEN/@Entity_id", "999")]


def test_what_is_not_known_is_unread():
    """Elements, attributes, kinds, genders and days that are new."""
    reading = _reading(
        part(
            "NAME", "<WHOLENAME>Z</WHOLENAME><GENDER>X</GENDER><COLOUR>red</COLOUR>", on=OTHER.replace("2009-", "soon-")
        )
        + part("BIRTH", "<DATE>long ago</DATE>")
        + "<SHIP><FLAG>RUR</FLAG></SHIP>",
        kind="V",
    )

    assert sorted(unread(reading)) == [
        ("BIRTH/DATE", "long ago"), ("ENTITY/@Type", "V"), ("NAME/@reg_date", "soon-01-05"), ("NAME/COLOUR", "red"),
        ("NAME/GENDER", "X"), ("SHIP/FLAG", "RUR"),
    ]  # fmt: skip
