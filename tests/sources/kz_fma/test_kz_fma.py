import datetime as dt
import json

import pytest

from tizim.domain.documents import Record
from tizim.domain.statements import Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.kz_fma import FM_JSON, FM_XML
from tizim.sources.kz_fma.iin import birth_of, check_digit, conflict
from tizim.sources.protocol import Hints

MARCH = Hints(instant=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), by="as given")
P = Property
# Invented, in the form that notes tell of; 700307300017 codes 7 March 1970, a man, and a check digit that fits.
IIN = "70030730001"
IIN += str(check_digit(IIN))
CATEGORY_1 = f"""<?xml version="1.0" encoding="UTF-8"?>
<list><persons>
<person><num>1</num><lname>ЗЕНДИН</lname><fname>Иван</fname><mname>Рудольфович</mname><birthdate>07.03.1970</birthdate>
<iin>{IIN}</iin><note>Примечание.</note><correction/><added_to_list>12.03.2020</added_to_list></person>
<person><num>2</num><lname>СТРЕЛЬСОВ</lname><fname>Пётр</fname><mname>-</mname><birthdate>01.02.1980</birthdate>
<iin>123</iin><correction>включен от 05.06.2021</correction></person>
</persons><orgs>
<org><num>1</num><org_name>Фронт Зенды; Зенда майданы</org_name><org_name_en>Zenda Front; ZF</org_name_en>
<odd>x</odd></org>
</orgs></list>""".encode()
CATEGORY_2 = f"<root><org><org_name>ЗЕНДИН Иван</org_name><org_iin>{IIN}</org_iin></org></root>".encode()


def _read(source, data, name):
    _, records = source.read(data, name, MARCH)
    return list(source.readings(records))


def _said(reading, prop):
    return [
        (claim.value, {name: value for name, value in claim.facets if name != "script"})
        for claim in reading.claims
        if claim.property is prop
    ]


def test_category_1_is_read_to_the_last_field():
    """Persons and organisations in one document, each by its own elements."""
    first, second, third = _read(FM_XML, CATEGORY_1, "category_1.xml")

    assert first.subject == "kz-fm:зендин-иван-рудольфович-1970-03-07"
    assert _said(first, P.MEMBER) == [("kz-fm", {})]
    assert _said(first, P.PROGRAMME) == [("category 1", {})]
    assert _said(first, P.KIND) == [("person", {})]
    assert _said(first, P.NAME) == [("ЗЕНДИН Иван Рудольфович", {"form": "family name first"})]
    assert _said(first, P.BIRTH_DATE) == [("1970-03-07", {})]
    assert _said(first, P.IDENTIFIER) == [(IIN, {"type": "IIN", "country": "Kazakhstan"})]
    assert _said(first, P.LISTED_ON) == [("2020-03-12", {})]
    assert _said(first, P.COMMENT) == [("Примечание.", {})]
    assert first.unread == ()
    assert _said(second, P.NAME) == [("СТРЕЛЬСОВ Пётр", {"form": "family name first"})]
    assert _said(second, P.LISTED_ON) == [("2021-06-05", {"printed": "включен от 05.06.2021"})]
    assert [(one.field, one.value) for one in second.unread] == [("iin (not twelve digits)", "123")]
    assert _said(third, P.KIND) == [("organisation", {})]
    assert _said(third, P.NAME) == [("Фронт Зенды", {})]
    assert _said(third, P.ALIAS) == [("Зенда майданы", {}), ("Zenda Front", {}), ("ZF", {})]
    assert [(one.field, one.value) for one in third.unread] == [("odd", "x")]


def test_category_2_has_persons_in_elements_of_organisations():
    """The number says that they are persons."""
    facts, _ = FM_XML.read(CATEGORY_2, "x.xml", MARCH)
    (only,) = _read(FM_XML, CATEGORY_2, "x.xml")

    assert (facts.source, facts.entries) == ("kz-fm-xml/2", 1)
    assert "experimental" in facts.title
    assert FM_XML.info.experimental
    assert not FM_XML.info.proven
    assert _said(only, P.KIND) == [("person", {})]


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "x", "the file is empty"),
        (b"<html></html>", "x", "HTML page"),
        (b"<list></list>", "x", "no elements person or org"),
        (CATEGORY_1[:-20], "x", "not well-formed or cut off"),
        (CATEGORY_1, "category_2.xml", "is called category 2, but has the form of category 1"),
        (b"<list><org><org_name>A</org_name></org></list>", "x", "may be of category 1 or 2"),
    ],
)
def test_a_document_that_is_not_whole_is_refused(data, name, why):
    """Half a list would read as delistings."""
    with pytest.raises(SourceRefused, match=why):
        FM_XML.read(data, name, MARCH)


def test_an_unknown_section_is_set_aside():
    """It may hold entries that would go missing."""
    with pytest.raises(SourceSuspicious, match="ships"):
        FM_XML.read(b"<list><ships><ship>x</ship></ships></list>", "category_1", MARCH)


def test_persons_of_one_name_and_birth_are_told_apart_by_their_numbers_alone():
    """The mark in the key shows nothing of the number, and does not change with the order of rows."""
    persons = [
        f"<person><lname>A</lname><fname>B</fname><birthdate>01.01.1970</birthdate><iin>{number}</iin></person>"
        for number in ("11", "22")
    ]
    keys = [
        {reading.key for reading in _read(FM_XML, f"<list>{''.join(order)}</list>".encode(), "x")}
        for order in (persons, persons[::-1])
    ]

    assert keys[0] == keys[1]
    assert len(keys[0]) == 2
    assert all(key.startswith("a-b-1970-01-01-") and "11" not in key[15:17] for key in keys[0])
    with pytest.raises(SourceRefused, match="has the key"):
        _read(FM_XML, f"<list>{persons[0] * 2}</list>".encode(), "x")


# -- numbers


def test_the_number_codes_birth_and_check_digit():
    """Digits that fit say nothing; digits that do not are for a person to look at."""
    assert birth_of(IIN) == "1970-03-07"
    assert conflict(IIN, "1970-03-07") == conflict(IIN, "1970") == conflict(IIN, "") == ""
    assert conflict(IIN, "1971") == "codes another birth date than the printed one"
    assert conflict(IIN[:-1] + str((int(IIN[-1]) + 1) % 10), "") == "its check digit does not fit"
    assert conflict("1", "") == "not twelve digits"
    assert birth_of("991399300000") == ""


def test_a_number_that_contradicts_the_birth_date_is_told_and_unread():
    """Which of both is wrong is not for us to say."""
    data = CATEGORY_1.replace(b"07.03.1970", b"08.03.1970")
    first = _read(FM_XML, data, "x")[0]

    assert _said(first, P.IDENTIFIER)[0][0] == IIN
    assert [one.field for one in first.unread] == ["iin (codes another birth date than the printed one)"]


# -- JSON

ROW = {"lname": "ЗЕНДИН", "fname": "Иван", "birthdate": "07.03.1970", "iin": IIN, "correction": "исключен 01.02.2023"}


def _answer(rows, **more):
    return json.dumps({"data": rows, **more}, ensure_ascii=False).encode()


def test_the_acting_are_members_and_the_excluded_are_not():
    """Removal is stated here, not silence."""
    acting = _read(FM_JSON, _answer([ROW]), "category_1.person.acting.json")[0]
    excluded = _read(FM_JSON, _answer([ROW]), "category_1.person.excluded.json")[0]

    assert acting.key == excluded.key == "зендин-иван-1970-03-07"
    assert _said(acting, P.MEMBER) == [("kz-fm", {})]
    assert [(one.field, one.value) for one in acting.unread] == [("correction", "исключен 01.02.2023")]
    assert _said(excluded, P.MEMBER) == []
    assert _said(excluded, P.STATUS) == [("excluded", {})]
    assert _said(excluded, P.DELISTED_ON) == [("2023-02-01", {"printed": "исключен 01.02.2023"})]


def test_an_answer_says_which_line_it_is_of_and_whether_it_is_whole():
    """A page of a longer answer must not make absences."""
    row = {**ROW, "category": "sanction_category_2", "type": "person", "status": "acting"}

    whole, _ = FM_JSON.read(_answer([row], total=1), "x.json", MARCH)
    page, _ = FM_JSON.read(_answer([row], total=200), "x.json", MARCH)

    assert (whole.source, whole.complete) == ("kz-fm-json/2-person-acting", True)
    assert not page.complete
    assert FM_JSON.info.part_of(whole.source) is not None


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "x", "the file is empty"),
        (b"{", "x", "is no JSON, or cut off"),
        (b"[" * 100_000, "x", "is no JSON, or cut off"),
        (b'{"error": "no key"}', "x", "it holds no list of entries"),
        (b'{"data": []}', "x", "no entries"),
        (_answer([ROW]), "x", "does not say its category, kind or status"),
        (_answer([ROW, ROW], total=1), "category_1.person.acting", "says that there are 1"),
        (_answer([{**ROW, "status": "acting"}, {**ROW, "status": "excluded"}]), "x", "differ in status"),
    ],
)
def test_an_answer_that_is_none_is_refused(data, name, why):
    """An error message is no empty list."""
    with pytest.raises(SourceRefused, match=why):
        FM_JSON.read(data, name, MARCH)


def test_the_same_bytes_read_twice_say_the_same():
    """Statements are named by what they say."""
    assert _read(FM_XML, CATEGORY_1, "x") == _read(FM_XML, CATEGORY_1, "x")


def test_a_record_without_a_name_has_no_identity():
    """Nor has one that stands nowhere."""
    with pytest.raises(SourceRefused, match="has no name"):
        FM_XML.map(Record(place="person[1], category 1", fields=(("iin", "1"),)))
    with pytest.raises(SourceRefused, match="is no place"):
        FM_XML.map(Record(place="row 1", fields=(("org_name", "A"),)))
