import datetime as dt
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property, facets
from tizim.sources.ae_eocn import SOURCE
from tizim.sources.protocol import Hints

P = Property
NAME = "lists/ae-local/2025-08-04-commit.LS1309232025.csv"
HINTS = Hints(instant=dt.datetime(2025, 8, 4, tzinfo=dt.UTC), by="by its file name")

LATIN, ARABIC = "الاسم الكامل (بالحروف اللاتينية)", "الاسم الكامل (بالحروف العربية)"
FAMILY_LATIN, FAMILY_ARABIC = "اسم العائلة (بالحروف اللاتينية)", "اسم العائلة (بالحروف العربية)"
BORN, BORN_AT, KNOWN_AS, NATIONALITY = "تاريخ الميلاد", "مكان الميلاد", "الاسم", "الجنسية"
COUNTRY, CITY, NUMBER, ACT = "الدولة", "المدينة", "رقم الوثيقة", "معلومات أخرى"
LATN, ARAB = {"script": "Latn"}, {"script": "Arab"}


def _decision(number: str, year: str) -> dict[str, str]:
    return {"kind": "Cabinet decision", "number": number, "date": year}


# Running number, column, what stands there, what is claimed. Numbers of documents have 9 for every digit.
EXPECTED = [
    ("41", LATIN, "KARIM MOHAMED MOHAMED ABDEL AZIZ", P.NAME, "KARIM MOHAMED MOHAMED ABDEL AZIZ", LATN),
    ("41", ARABIC, "كريم محمد محمد عبد العزيز ", P.ORIGINAL_NAME, "كريم محمد محمد عبد العزيز", ARAB),
    ("41", BORN_AT, "مصر", P.BIRTH_PLACE, "مصر", {}),
    ("41", ACT, "مدرج بموجب قرار مجلس الوزراء رقم (18) لسنة 2017", P.LEGAL_BASIS,
     "قرار مجلس الوزراء رقم (18) لسنة 2017", _decision("18", "2017")),
    ("76", LATIN, "MAS'UD NIKBAKHT", P.NAME, "MAS'UD NIKBAKHT", LATN),
    ("76", BORN, "01-01-1943", P.BIRTH_DATE, "1943-01-01", {}),
    ("76", NATIONALITY, "النمسا", P.NATIONALITY, "النمسا", {}),
    ("76", NUMBER, "9999999999999999", P.IDENTIFIER, "9999999999999999",
     {"type": "تأشيرة سياحية", "issuer": "دبي", "expires": "2005-01-20"}),
    ("61", FAMILY_ARABIC, "الذهباني", P.FEATURE, "الذهباني", {"field": "family name", **ARAB}),
    ("61", BORN, "15-07-1963", P.BIRTH_DATE, "1963-07-15", {}),
    ("61", ACT, "رقم (45) لسنة 2017", P.LEGAL_BASIS, "قرار مجلس الوزراء رقم (45) لسنة 2017", _decision("45", "2017")),
    ("80", BORN, "06-05-1982", P.BIRTH_DATE, "1982-05-06", {}),
    ("80", NUMBER, "U99999999", P.IDENTIFIER, "U99999999",
     {"type": "جواز سفر", "issuer": "ايران", "issued": "2015-12-24", "expires": "2020-12-23"}),
    ("17", LATIN, "ISMAIL MOHAMMED MOHAMMED AL-SALLABI", P.NAME, "ISMAIL MOHAMMED MOHAMMED AL-SALLABI", LATN),
    ("17", NATIONALITY, "ليبيا", P.NATIONALITY, "ليبيا", {}),
    ("38", FAMILY_LATIN, "AL-RAZAKI", P.FEATURE, "AL-RAZAKI", {"field": "family name", **LATN}),
    ("38", ARABIC, "محمد سعد عبد المطلب عبده الرازفي ", P.ORIGINAL_NAME, "محمد سعد عبد المطلب عبده الرازفي", ARAB),
    ("9", LATIN, "ABD AL-LATIF BIN ABDALLAH  SALIH MUHAMMAD AL-KAWARI", P.NAME,
     "ABD AL-LATIF BIN ABDALLAH SALIH MUHAMMAD AL-KAWARI", LATN),
    ("9", BORN, "28-09-1973", P.BIRTH_YEAR, "1973", {}),
    ("97", NUMBER, "99999999", P.IDENTIFIER, "99999999", {"type": "الرقم الموحد"}),
    ("97", ACT, "رقم (83) لسنة 2021", P.LEGAL_BASIS, "قرار مجلس الوزراء رقم (83) لسنة 2021", _decision("83", "2021")),
    ("135", BORN, "19/06/1989", P.BIRTH_DATE, "1989-06-19", {}),
    ("135", BORN_AT, "أبوظبي - الإمارات", P.BIRTH_PLACE, "أبوظبي - الإمارات", {}),
    ("135", ACT, "رقم (1) لسنة 2025", P.LEGAL_BASIS, "قرار مجلس الوزراء رقم (1) لسنة 2025", _decision("1", "2025")),
    ("64", COUNTRY, "اليمن", P.ADDRESS, "اليمن", {"country": "اليمن"}),
    ("64", LATIN, "KHALID SA'ID GHABISH AL-UBAYDI", P.NAME, "KHALID SA'ID GHABISH AL-UBAYDI", LATN),
    ("90", NATIONALITY, "باكستان ", P.NATIONALITY, "باكستان", {}),
    ("90", ARABIC, "حفيظ عبدالمجيدي", P.ORIGINAL_NAME, "حفيظ عبدالمجيدي", ARAB),
    ("121", LATIN, "Alaa khanfurah - Alaa abdulrazzaq ali khanfurah - Alaa Alkhanfurah", P.NAME,
     "Alaa khanfurah", LATN),
    ("121", LATIN, "- Alaa abdulrazzaq ali khanfurah -", P.ALIAS, "Alaa abdulrazzaq ali khanfurah", LATN),
    ("121", ARABIC, "علاء خنفورة أو  علاء عبدالرزاق علي خنفورة أو", P.ALIAS, "علاء عبدالرزاق علي خنفورة", ARAB),
    ("4", KNOWN_AS, "إبراهيم عيسى الحجي محمد الباكر (أبوخليل)", P.ALIAS, "أبوخليل", ARAB),
    ("4", BORN, "12-07-1977", P.BIRTH_DATE, "1977-07-12", {}),
    ("32", BORN, "1947", P.BIRTH_DATE, "1947", {}),
    ("56", BORN, "1983", P.BIRTH_YEAR, "1983", {}),
    ("82", ARABIC, "محمد إبراهيم أوهادي (جلال فهدي)", P.ORIGINAL_NAME, "محمد إبراهيم أوهادي", ARAB),
    ("82", ARABIC, "محمد إبراهيم أوهادي (جلال فهدي)", P.ALIAS, "جلال فهدي", ARAB),
    ("108", LATIN, "HAZEM MOHSEN FARHAN + HAZEM MOHSEN AL FARHAN", P.ALIAS, "HAZEM MOHSEN AL FARHAN", LATN),
    ("111", NATIONALITY, "إيراني", P.NATIONALITY, "إيراني", {}),
    ("122", ARABIC, "فادي سعيد كمار، فادي سعيد قمر", P.ALIAS, "فادي سعيد قمر", ARAB),
    ("138", NUMBER, "إماراتي رقم: FNJR99999\nبريطاني رقم: 999999999", P.IDENTIFIER, "999999999",
     {"type": "جواز السفر", "issuer": "الإمارات و بريطانيا", "country": "بريطاني"}),
    ("138", BORN, "27/02/1987", P.BIRTH_DATE, "1987-02-27", {}),
    ("139", NATIONALITY, "الإمارات ", P.NATIONALITY, "الإمارات", {}),
]  # fmt: skip


@cache
def _the_document(folder: Path) -> tuple[DocumentFacts, list[Record], list[EntryReading]]:
    facts, records = SOURCE.read((folder / NAME).read_bytes(), "LS1309232025.csv", HINTS)
    return facts, records, list(SOURCE.readings(records))


def _masked(text: str, prop: Property) -> str:
    return re.sub(r"\d", "9", text) if prop is P.IDENTIFIER else text


def test_the_sheet_has_the_persons_that_were_counted_by_other_means(real_files):
    """155 persons, and nothing said of the sheets that were not saved with it."""
    facts, _, readings = _the_document(real_files)

    kinds = Counter(c.value for r in readings for c in r.claims if c.property is P.KIND)
    assert facts.source == "ae-local/sheet"
    assert facts.entries == len(readings) == 155
    assert kinds == {"person": 155}
    assert not facts.complete
    assert facts.title == "Local terrorist list of the UAE (one sheet), dated by its file name, 2025-08-04"


def test_every_person_is_a_member_by_a_decision(real_files):
    """Eleven decisions of 2017 to 2025, with the persons that each put on the list."""
    _, _, readings = _the_document(real_files)

    acts = Counter(
        (c.facet("number"), c.facet("date")) for r in readings for c in r.claims if c.property is P.LEGAL_BASIS
    )
    assert all(any(c.property is P.MEMBER and c.value == "ae-cab" for c in r.claims) for r in readings)
    assert acts == {
        ("18", "2017"): 49, ("83", "2021"): 34, ("44", "2025"): 15, ("1", "2025"): 11, ("45", "2017"): 10,
        ("53", "2017"): 10, ("50", "2018"): 9, ("28", "2017"): 6, ("24", "2018"): 6, ("9", "2023"): 3,
        ("51", "2020"): 2,
    }  # fmt: skip


def test_nothing_is_unread(real_files):
    """Every cell of the sheet is understood."""
    _, _, readings = _the_document(real_files)

    assert [(r.key, left) for r in readings for left in r.unread] == []


@pytest.mark.parametrize(("number", "column", "raw", "prop", "value", "pairs"), EXPECTED)
def test_what_stands_in_a_record_is_what_is_claimed(real_files, number, column, raw, prop, value, pairs):
    """Each row was read by a person in the sheet: what is printed there, and what it says."""
    _, records, readings = _the_document(real_files)
    record, reading = next(
        (record, reading)
        for record, reading in zip(records, readings, strict=True)
        if record.place.endswith(f"[{number}]")
    )

    assert raw in _masked(dict(record.fields)[column], prop)
    assert (value, facets(**pairs)) in [
        (_masked(claim.value, prop), claim.facets) for claim in reading.claims if claim.property is prop
    ]


def test_the_records_checked_are_a_sample_drawn_by_lot_and_the_odd_ones(real_files):
    """Nobody chose the records that happen to work."""
    _, records, readings = _the_document(real_files)
    number_of = {reading.key: re.sub(r".*\[(\d+)\]", r"\1", reading.place) for reading in readings}

    drawn = {number_of[key] for key in random.Random(20250804).sample([r.key for r in readings], 12)}
    checked = {number for number, *_ in EXPECTED}

    assert drawn <= checked
    assert len(checked) == 21
    assert len(records) == len(number_of)
