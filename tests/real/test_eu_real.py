"""The European Union's file of 2016, read whole and looked at record by record.

In the table each claim stands beside the text of the file that it is made of. Numbers of documents of persons are
masked: every digit is a 9 there.
"""

import gzip
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property
from tizim.sources.eu import FSF_OLD

FILE = "lists/eu-fsf-old-xml/2016-02-11.xml.gz"
P = Property


@cache
def _bytes(folder: Path) -> bytes:
    return gzip.decompress((folder / FILE).read_bytes())


@cache
def _read(folder: Path) -> tuple[DocumentFacts, dict[str, Record], dict[str, EntryReading]]:
    facts, records = FSF_OLD.read(_bytes(folder), "2016-02-11.xml")
    return facts, {dict(r.fields)["@Id"]: r for r in records}, {e.key: e for e in FSF_OLD.readings(records)}


def _masked(text: str, prop: Property) -> str:
    return re.sub(r"\d", "9", text) if prop is Property.IDENTIFIER else text


def _check(record: Record, reading: EntryReading, row: tuple) -> None:
    """The raw text stands in the field of the *record*, and the claim in the *reading*."""
    _, field, raw, prop, value, facets = row
    printed = _masked(dict(record.fields)[field], prop)
    # Days and numbers of acts are no numbers of documents.
    claims = [
        (_masked(c.value, prop), {n: text if n.startswith("basis") else _masked(text, prop) for n, text in c.facets})
        for c in reading.claims
        if c.property is prop
    ]

    assert raw in printed
    assert (value, facets) in claims, claims


def _on(act: str, day: str) -> dict[str, str]:
    """The facets of a part that rests on another act than its entity."""
    return {"basis": act, "basis_date": day}


_IRAQ = "http://eur-lex.europa.eu/LexUriServ/LexUriServ.do?uri=OJ:L:2004:180:0009:0019:EN:PDF"
# Drawn by random.Random(2016).sample over the ids, then oddities found by looking.
ROWS = [
    ("2110", "@Type", "E", P.KIND, "organisation", {}),
    ("2110", "@programme", "IRQ", P.PROGRAMME, "IRQ", {}),
    ("2110", "@legal_basis", "979/2004 (OJ L180)", P.LEGAL_BASIS, "979/2004 (OJ L180)",
     {"number": "979/2004", "date": "2004-05-14", "link": _IRAQ, "programme": "IRQ"}),
    ("2110", "NAME[1]/WHOLENAME", "STATE ORGANIZATION FOR ANIMAL PRODUCTION", P.NAME,
     "STATE ORGANIZATION FOR ANIMAL PRODUCTION", {}),
    ("2110", "NAME[2]/WHOLENAME", "STATE ORGANISATION FOR ANIMAL PRODUCTION", P.ALIAS,
     "STATE ORGANISATION FOR ANIMAL PRODUCTION", {"language": "en"}),
    ("2110", "ADDRESS[1]/STREET", "Zafaraniya Area, near Post Office", P.ADDRESS,
     "Zafaraniya Area, near Post Office, Baghdad, IRQ",
     {"street": "Zafaraniya Area, near Post Office", "city": "Baghdad", "country": "IRQ"}),
    ("2110", "@remark", "([IRAQ])", P.COMMENT, "([IRAQ])", {}),
    ("3080", "@Type", "P", P.KIND, "person", {}),
    ("3080", "NAME[1]/GENDER", "M", P.GENDER, "male", {}),
    ("3080", "NAME[4]/WHOLENAME", "Yasir Sab’awi Ibrahim Hasan Al-Tikriti", P.ALIAS,
     "Yasir Sab’awi Ibrahim Hasan Al-Tikriti", {}),
    ("3080", "BIRTH[1]/DATE", "1968-05-15", P.BIRTH_DATE, "1968-05-15", {}),
    ("3080", "BIRTH[2]/DATE", "1970", P.BIRTH_DATE, "1970", {}),
    ("3080", "BIRTH[2]/PLACE", "Baghdad", P.BIRTH_PLACE, "Baghdad, IRQ", {"city": "Baghdad", "country": "IRQ"}),
    ("3080", "PASSPORT/NUMBER", "999999 (other-Other identification number) ((expires 99.9.9999; name:", P.IDENTIFIER,
     "999999", {"type": "Other identification number", "country": "IRQ",
                "note": "expires 99.9.9999; name: ali thafir abdallah; date of birth: 9999; "
                        "place of birth: baghdad, iraq"}),
    ("983", "NAME[6]/WHOLENAME", "Meždunarodnyj Blagotvoritel'nyj Fond", P.ALIAS,
     "Meždunarodnyj Blagotvoritel'nyj Fond", {"language": "cs"}),
    ("983", "ADDRESS[3]/OTHER", "(former location\nformer location)", P.ADDRESS,
     "S. Roberts Road, Suite 1W, 60465, Palos Hills, Illinois, USA",
     {"street": "S. Roberts Road, Suite 1W", "postal_code": "60465", "city": "Palos Hills, Illinois",
      "country": "USA", "note": "former location"}),
    ("983", "ADDRESS[1]/OTHER", "(US Federal Employer Identification Number 99-9999999", P.IDENTIFIER, "99-9999999",
     {"type": "US Federal Employer Identification Number", "form": "prose"}),
    ("329", "NAME[1]/WHOLENAME", "Al-Qaida", P.NAME, "Al-Qaida", _on("1102/2009 (OJ L303)", "2009-11-18")),
    ("329", "NAME[24]/WHOLENAME", "Αλ Κάιντα", P.ALIAS, "Αλ Κάιντα",
     {"language": "el", "script": "Grek"} | _on("881/2002 (OJ L139)", "2002-05-29")),
    ("329", "NAME[41]/WHOLENAME", "Ал Кайда", P.ALIAS, "Ал Кайда",
     {"language": "bg", "script": "Cyrl"} | _on("1102/2009 (OJ L303)", "2009-11-18")),
    ("1101", "NAME[2]/WHOLENAME", "Jamal Lounici", P.ALIAS, "Jamal Lounici",
     {"given": "Jamal", "family": "Lounici"} | _on("1102/2009 (OJ L303)", "2009-11-18")),
    ("1101", "BIRTH/DATE", "1962-02-01", P.BIRTH_DATE, "1962-02-01", _on("374/2008 (OJ L113)", "2008-04-25")),
    ("1101", "CITIZEN/COUNTRY", "DZA", P.NATIONALITY, "DZA", _on("374/2008 (OJ L113)", "2008-04-25")),
    ("551", "NAME[3]/WHOLENAME", "Aiman Muhammed Rabi Al-Zawahiri", P.ALIAS, "Aiman Muhammed Rabi Al-Zawahiri",
     {"given": "Aiman", "middle": "Muhammed Rabi", "family": "Al-Zawahiri"}),
    ("551", "NAME[3]/FUNCTION", "(a) Leader of Al-Qaida, (b) Former operational", P.POSITION, "Leader of Al-Qaida", {}),
    ("551", "BIRTH/PLACE", "Giza", P.BIRTH_PLACE, "Giza, EGY",
     {"city": "Giza", "country": "EGY"} | _on("844/2007 (OJ L186)", "2007-07-18")),
    ("551", "PASSPORT[1]/NUMBER", "9999999 (other-Other identification number)", P.IDENTIFIER, "9999999",
     {"type": "Other identification number", "country": "EGY"} | _on("844/2007 (OJ L186)", "2007-07-18")),
    ("220", "@programme", "TERR", P.MEMBER, "eu-931", {}),
    ("220", "NAME[2]/WHOLENAME", "FARC", P.ALIAS, "FARC", _on("2003/902/EC (OJ L340)", "2003-12-22")),
    ("2150", "NAME/WHOLENAME", "STATE ENTERPRISE FOR MECHANICAL INDUSTRIES", P.NAME,
     "STATE ENTERPRISE FOR MECHANICAL INDUSTRIES", {}),
    ("2135", "ADDRESS/STREET", "Khullani Square, Khulafa St", P.ADDRESS, "Khullani Square, Khulafa St, Baghdad, IRQ",
     {"street": "Khullani Square, Khulafa St", "city": "Baghdad", "country": "IRQ"}),
    ("481", "@programme", "TAQA", P.MEMBER, "eu-881", {}),
    ("481", "ADDRESS[3]/COUNTRY", "MRT", P.ADDRESS, "MRT", {"country": "MRT"}),
    ("1104", "NAME/WHOLENAME", "Al-Haramain Foundation (Pakistan)", P.NAME, "Al-Haramain Foundation (Pakistan)",
     _on("180/2004 (OJ L28)", "2004-01-31")),
    ("561", "@programme", "AFG", P.MEMBER, "eu-753", {}),
    ("561", "NAME[1]/WHOLENAME", "Delawar, Shahabuddin", P.NAME, "Delawar, Shahabuddin",
     {"form": "family name first"} | _on("263/2012 (OJ L87)", "2012-03-24")),
    ("561", "NAME[2]/WHOLENAME", "Delawar, Shahabuddin", P.NAME, "Delawar, Shahabuddin",
     {"form": "family name first"} | _on("969/2007 (OJ L215)", "2007-08-18")),
    ("561", "BIRTH[3]/DATE", "1953", P.BIRTH_DATE, "1953", _on("263/2012 (OJ L87)", "2012-03-24")),
    ("561", "PASSPORT/NUMBER", "OA999999 (passport-National passport) ((passport))", P.IDENTIFIER, "OA999999",
     {"type": "National passport", "country": "AFG", "note": "passport"}),
    ("561", "@remark", "in regime 881/2002 (OJ L139) of programme TAQA", P.LEGAL_BASIS, "881/2002 (OJ L139)",
     {"number": "881/2002", "programme": "TAQA", "form": "prose"}),
    ("616", "NAME[3]/WHOLENAME", "Abdul Jalil Haqqani", P.ALIAS, "Abdul Jalil Haqqani",
     {"given": "Abdul Jalil", "family": "Haqqani"} | _on("1239/2007 (OJ L280)", "2007-10-24")),
    ("616", "BIRTH[1]/DATE", "1963 (approximative)", P.BIRTH_DATE, "1963", {"about": "circa"}),
    ("616", "BIRTH[2]/PLACE", "Arghandaab district, Kandahar province", P.BIRTH_PLACE,
     "Arghandaab district, Kandahar province, AFG",
     {"city": "Arghandaab district, Kandahar province", "country": "AFG"} | _on("969/2007 (OJ L215)", "2007-08-18")),
    ("1961", "NAME[8]/WHOLENAME", "Xasan Cabdilaahi Xirsi", P.REFERENCE, "1961", {}),
    ("1961", "BIRTH/DATE", "1944 (approximative)", P.BIRTH_DATE, "1944",
     {"about": "circa"} | _on("46/2008 (OJ L16)", "2008-01-19")),
    ("1", "NAME[1]/WHOLENAME", "Robert Gabriel Mugabe", P.NAME, "Robert Gabriel Mugabe",
     {"given": "Robert", "middle": "Gabriel", "family": "Mugabe"} | _on("898/2005 (OJ L153)", "2005-06-16")),
    ("1", "NAME[2]/FUNCTION", "president", P.POSITION, "president", _on("1643/2002 (OJ L247)", "2002-09-13")),
    ("1", "BIRTH[2]/PLACE", "Kutama", P.BIRTH_PLACE, "Kutama",
     {"city": "Kutama"} | _on("1643/2002 (OJ L247)", "2002-09-13")),
    ("505", "NAME[1]/TITLE", "Maulavi", P.TITLE, "Maulavi", {}),
    ("505", "PASSPORT[1]/NUMBER", "D 9999999 (passport-National passport) (passport no:\npassport no:)", P.IDENTIFIER,
     "D 9999999", {"type": "National passport", "country": "AFG", "note": "passport no:"}
     | _on("1189/2006 (OJ L214)", "2006-08-04")),
    ("1103", "ADDRESS/OTHER", "PHONE[021- 86611265, 021-86611266]", P.CONTACT, "021-86611266", {"kind": "phone"}),
    ("1103", "ADDRESS/OTHER", "FAX[021-8620174]", P.CONTACT, "021-8620174", {"kind": "fax"}),
    ("537", "@remark", "(Date of UN designation: 2002-01-11)", P.FEATURE, "2002-01-11",
     {"field": "date of UN designation"}),
    ("537", "ADDRESS/OTHER", "(AS AT FEB 2014)", P.ADDRESS, "TRIPOLI, LBY",
     {"city": "TRIPOLI", "country": "LBY", "note": "AS AT FEB 2014"}),
    ("1003", "NAME[5]/WHOLENAME", "Encep Nurjaman (birth name)", P.ALIAS, "Encep Nurjaman", {"kind": "birth name"}),
    ("1003", "NAME[10]/WHOLENAME", "Isomuddin, Nurjaman Riduan", P.ALIAS, "Isomuddin, Nurjaman Riduan",
     {"form": "family name first"} | _on("844/2007 (OJ L186)", "2007-07-18")),
    # Remarks that the file writes in XML comments.
    ("582", "BIRTH[2]/COMMENT", "between 1963 and 1968\nbetween 1963 and 1968", P.COMMENT, "between 1963 and 1968",
     {"of": "1963/1968", "part": "BIRTH"} | _on("1239/2007 (OJ L280)", "2007-10-24")),
    ("1083", "BIRTH[3]/COMMENT", "cherif said", P.COMMENT, "cherif said",
     {"of": "1970-01-25", "part": "BIRTH"}),
]  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}-{row[4][:20]}")
def test_entities_say_what_was_read_off_the_file(real_files, row):
    """Each line was read off the elements of the entity, one by one."""
    _, records, readings = _read(real_files)

    _check(records[row[0]], readings[row[0]], row)


@pytest.mark.real
def test_the_file_has_the_entities_that_were_counted_when_it_was_collected(real_files):
    """Whoever kept it cut it, which only its few programmes show."""
    facts, records, readings = _read(real_files)
    ids = re.findall(rb'<ENTITY Id="(\d+)"', _bytes(real_files))

    assert str(facts.date) == "2016-02-11"
    assert facts.entries == len(records) == len(readings) == len(ids) == 595
    assert set(readings) == {number.decode() for number in ids}
    assert {reading.subject for reading in readings.values()} == {f"eu-fsf:{number.decode()}" for number in ids}


@pytest.mark.real
def test_lists_and_kinds_are_those_of_a_plain_search(real_files):
    """Programme and type of each entity, counted without the reader."""
    _, _, readings = _read(real_files)
    plain = re.findall(rb'<ENTITY [^>]*Type="(.)"[^>]*programme="(\w+)"', _bytes(real_files))
    programmes = Counter(programme.decode() for _, programme in plain)
    kinds = Counter(kind.decode() for kind, _ in plain)

    members = Counter(c.value for r in readings.values() for c in r.claims if c.property is P.MEMBER)
    told = Counter(c.value for r in readings.values() for c in r.claims if c.property is P.KIND)

    assert members == {"eu-fsf": 595, "eu-881": 155, "eu-753": 108, "eu-931": 22}
    assert (members["eu-881"], members["eu-753"], members["eu-931"]) == (
        programmes["TAQA"], programmes["AFG"], programmes["TERR"],
    )  # fmt: skip
    assert told == {"person": kinds["P"], "organisation": kinds["E"]} == {"person": 319, "organisation": 276}


@pytest.mark.real
def test_nothing_is_unread_but_a_document_without_a_number(real_files):
    """One document of identity is *UNKNOWN*."""
    _, _, readings = _read(real_files)
    unread = [(key, left.field) for key, reading in readings.items() for left in reading.unread]

    assert [field for _, field in unread] == ["PASSPORT/COUNTRY", "PASSPORT/NUMBER"]
    assert len({key for key, _ in unread}) == 1


@pytest.mark.real
def test_every_name_of_the_file_is_told_with_its_act(real_files):
    """Each WHOLENAME of an entity is among its names, and each act among its legal bases."""
    _, records, readings = _read(real_files)

    for key, record in records.items():
        claims = readings[key].claims
        names = {c.value for c in claims if c.property in {P.NAME, P.ALIAS}}
        acts = {c.value for c in claims if c.property is P.LEGAL_BASIS}
        printed = {" ".join(v.split()) for n, v in record.fields if n.endswith("WHOLENAME")}
        assert {name.removesuffix(" (birth name)") for name in printed} == names
        assert {" ".join(v.split()) for n, v in record.fields if n.endswith("@legal_basis")} <= acts
