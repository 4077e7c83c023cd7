import gzip
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.real.beside import Row, by_key, missing

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property
from tizim.sources.au_dfat import SOURCE


@cache
def _the_bytes(folder: Path) -> bytes:
    packed = folder / "lists" / "au-dfat" / "2026-02-24.Australian_Sanctions_Consolidated_List.xlsx.gz"
    return gzip.decompress(packed.read_bytes())


@cache
def _the_document(folder: Path) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    facts, records = SOURCE.read(_the_bytes(folder), "list.xlsx")
    return facts, records, {reading.key: reading for reading in SOURCE.readings(records)}


@cache
def _the_entries(folder: Path) -> dict[str, list[Record]]:
    _, records, _ = _the_document(folder)
    return by_key(records, {record.place: SOURCE.map(record).key for record in records})


ROWS: list[Row] = [
    # twelve drawn by lot, then entries whose cells hold lists, remarks, other scripts and days in other forms
    ("3435", "Name of Individual or Entity", "Ko Chol Man", "name", "Ko Chol Man", {}),
    (
        "3435",
        "Additional Information",
        "KPi.069 Ko",
        "cross_reference",
        "KPi.069",
        {"list": "un-1718", "source": "un-sc"},
    ),
    ("3435", "Date of Birth", "1967-09-30", "birth_date", "1967-09-30", {}),
    (
        "3435",
        "Additional Information",
        "epresentative. Passport No: 999999999. Ge",
        "identifier",
        "999999999",
        {"type": "passport"},
    ),
    ("3435", "Name of Individual or Entity", "Ko Ch'o'l-man", "alias", "Ko Ch'o'l-man", {"quality": "good"}),
    ("7423", "Name of Individual or Entity", "Alexander Viktorovich USS", "name", "Alexander Viktorovich USS", {}),
    ("7423", "Place of Birth", "Novogorodka, Russia", "birth_place", "Novogorodka, Russia", {}),
    ("7423", "Date of Birth", "1954-11-03", "birth_date", "1954-11-03", {}),
    (
        "7423",
        "Name of Individual or Entity",
        "Aleksandr Viktorovich USS",
        "alias",
        "Aleksandr Viktorovich USS",
        {"quality": "good"},
    ),
    ("7233", "Name of Individual or Entity", "United World International", "name", "United World International", {}),
    (
        "7233",
        "Additional Information",
        "Websites: http://www.unitedworldint.com http://www.uwidata.com",
        "contact",
        "http://www.uwidata.com",
        {"kind": "website"},
    ),
    ("7233", "Committees", "Autonomous (Russia)", "programme", "Autonomous (Russia)", {}),
    ("7233", "Targeted Financial Sanction", "true", "imposed_measure", "Targeted Financial Sanction", {}),
    (
        "2688",
        "Name of Individual or Entity",
        "Serhiy Valeriyovich AKSYONOV",
        "name",
        "Serhiy Valeriyovich AKSYONOV",
        {},
    ),
    (
        "2688",
        "Place of Birth",
        "Beltsy (Bălți), now Republic of Moldova",
        "birth_place",
        "Beltsy (Bălți), now Republic of Moldova",
        {},
    ),
    (
        "2688",
        "Listing Information",
        "Listed on 19 Jun. 2014 (relisted on 16 Jun. 2017 and 10 June 2023)",
        "listed_on",
        "2014-06-19",
        {"printed": "19 Jun. 2014"},
    ),
    ("2688", "Date of Birth", "1972-11-26", "birth_date", "1972-11-26", {}),
    (
        "2688",
        "Name of Individual or Entity",
        "Sergei Valerievich AKSENOV",
        "alias",
        "Sergei Valerievich AKSENOV",
        {"quality": "good"},
    ),
    ("6547", "Name of Individual or Entity", "Tatyana Dyakonova", "name", "Tatyana Dyakonova", {}),
    ("6547", "Date of Birth", "1970-04-22", "birth_date", "1970-04-22", {}),
    ("6547", "Committees", "Autonomous (Ukraine)", "programme", "Autonomous (Ukraine)", {}),
    ("6547", "Citizenship", "Russia", "nationality", "Russia", {}),
    ("8738", "Name of Individual or Entity", "RUSSIAN UNIVERSAL BANK", "name", "RUSSIAN UNIVERSAL BANK", {}),
    (
        "8738",
        "Address",
        "Malyj Kazennyj per., d.14, Str.1, Moscow, 105064, Russia",
        "address",
        "Malyj Kazennyj per., d.14, Str.1, Moscow, 105064, Russia",
        {},
    ),
    ("8738", "Name of Individual or Entity", "RUSUNIVERSALBANK", "alias", "RUSUNIVERSALBANK", {"quality": "good"}),
    ("8738", "Committees", "Autonomous (Russia)", "programme", "Autonomous (Russia)", {}),
    ("7469", "Name of Individual or Entity", "LLC RT-Komplekt", "name", "LLC RT-Komplekt", {}),
    (
        "7469",
        "Additional Information",
        "State registration number: 9999999999999",
        "identifier",
        "9999999999999",
        {"type": "state registration number"},
    ),
    (
        "7469",
        "Address",
        "st. Fadeeva 429/1, Krasnodar, 350912, Russia",
        "address",
        "st. Fadeeva 429/1, Krasnodar, 350912, Russia",
        {},
    ),
    ("7469", "Committees", "Autonomous (Russia)", "programme", "Autonomous (Russia)", {}),
    ("697", "Name of Individual or Entity", "ADIL ABDALLAH MAHDI", "name", "ADIL ABDALLAH MAHDI", {}),
    ("697", "Name of Individual or Entity", "عادل عبد الله مهدي", "original_name", "عادل عبد الله مهدي", {}),
    ("697", "Additional Information", "IQi.052", "cross_reference", "IQi.052", {"list": "un-1518", "source": "un-sc"}),
    (
        "697",
        "Instrument of Designation",
        "Charter of the United Nations (Sanctions — Iraq) Regulations 2008",
        "legal_basis",
        "Charter of the United Nations (Sanctions — Iraq) Regulations 2008",
        {},
    ),
    ("697", "Date of Birth", "1945", "birth_date", "1945", {}),
    (
        "7557",
        "Name of Individual or Entity",
        "Public Joint Stock Company Polyus",
        "name",
        "Public Joint Stock Company Polyus",
        {},
    ),
    ("7557", "Name of Individual or Entity", "Polyus PJSC", "alias", "Polyus PJSC", {"quality": "good"}),
    (
        "7557",
        "Address",
        "3 bldg 1, Krasina St., Moscow, 123056, Russia",
        "address",
        "3 bldg 1, Krasina St., Moscow, 123056, Russia",
        {},
    ),
    (
        "7557",
        "Additional Information",
        "Website: https://polyus.com/en/; Co",
        "contact",
        "https://polyus.com/en/",
        {"kind": "website"},
    ),
    (
        "7375",
        "Name of Individual or Entity",
        "Denis Valentinovich MANTUROV",
        "name",
        "Denis Valentinovich MANTUROV",
        {},
    ),
    (
        "7375",
        "Name of Individual or Entity",
        "Denys Valentynovych MANTUROV",
        "alias",
        "Denys Valentynovych MANTUROV",
        {"quality": "good"},
    ),
    ("7375", "Date of Birth", "1969-02-23", "birth_date", "1969-02-23", {}),
    (
        "7375",
        "Place of Birth",
        "Murmansk, Murmansk Region, Russia",
        "birth_place",
        "Murmansk, Murmansk Region, Russia",
        {},
    ),
    ("2072", "Name of Individual or Entity", "Isfahan Optics Industries", "name", "Isfahan Optics Industries", {}),
    (
        "2072",
        "Address",
        "PO Box 81465 117, Isfahan, Iran; Kaveh Road, Isfahan",
        "address",
        "PO Box 81465 117, Isfahan, Iran",
        {},
    ),
    (
        "2072",
        "Listing Information",
        "he RBA Consolidated List as 2010IRN0101. Re",
        "old_reference",
        "2010IRN0101",
        {"list": "Reserve Bank of Australia"},
    ),
    (
        "2072",
        "Listing Information",
        "nctions Regulations 2011 on 2 March 2012 (F2",
        "listed_on",
        "2012-03-02",
        {"printed": "2 March 2012"},
    ),
    ("2072", "Name of Individual or Entity", "IOI", "alias", "IOI", {"quality": "low"}),
    ("7476", "Name of Individual or Entity", "AO NII-Vektor", "name", "AO NII-Vektor", {}),
    (
        "7476",
        "Address",
        "14 St. Academician Pavlova, Saint Petersburg, Russia",
        "address",
        "14 St. Academician Pavlova, Saint Petersburg, Russia",
        {},
    ),
    (
        "7476",
        "Name of Individual or Entity",
        'Joint Stock Company Scientific-Research Institute "Vektor"',
        "alias",
        'Joint Stock Company Scientific-Research Institute "Vektor"',
        {"quality": "good"},
    ),
    (
        "7476",
        "Additional Information",
        "Website: https://nii-vektor.ru/",
        "contact",
        "https://nii-vektor.ru/",
        {"kind": "website"},
    ),
    (
        "34",
        "Name of Individual or Entity",
        "Abdul Jalil Haqqani Wali Mohammad",
        "name",
        "Abdul Jalil Haqqani Wali Mohammad",
        {},
    ),
    (
        "34",
        "Instrument of Designation",
        "Charter of the United Nations (Sanctions—the Taliban) Regulation 2013",
        "legal_basis",
        "Charter of the United Nations (Sanctions—the Taliban) Regulation 2013",
        {},
    ),
    (
        "34",
        "Name of Individual or Entity",
        "Abdul Jalil Haqqani Wali Mohammad",
        "alias",
        "Abdul Jalil Haqqani",
        {"kind": "former name", "quality": "good"},
    ),
    (
        "34",
        "Additional Information",
        "resolution 1822 (2008) was concluded on 21 Jul. 2010",
        "reviewed_on",
        "2010-07-21",
        {"resolution": "1822 (2008)"},
    ),
    (
        "34",
        "Additional Information",
        "TAi.034 Pas",
        "cross_reference",
        "TAi.034",
        {"list": "un-1988", "source": "un-sc"},
    ),
    (
        "22",
        "Name of Individual or Entity",
        "Ubaidullah Akhund Yar Mohammad Akhund",
        "name",
        "Ubaidullah Akhund Yar Mohammad Akhund",
        {},
    ),
    ("22", "Additional Information", "itle: a) Mullah b) Hadji c) Maulavi. De", "title", "Maulavi", {}),
    ("22", "Date of Birth", "Approximately 1968, 1969", "birth_date", "1969", {}),
    (
        "22",
        "Additional Information",
        "ji c) Maulavi. Designation: Minister of Defence under the Taliban regime. He",
        "position",
        "Minister of Defence under the Taliban regime",
        {},
    ),
    (
        "22",
        "Additional Information",
        "resolution 1822 (2008) was concluded on 21 Jul. 2010",
        "reviewed_on",
        "2010-07-21",
        {"resolution": "1822 (2008)"},
    ),
    ("296", "Name of Individual or Entity", "Boubekeur Boulghiti", "name", "Boubekeur Boulghiti", {}),
    ("296", "Place of Birth", "Rouiba, Algiers, Algeria", "birth_place", "Rouiba, Algiers, Algeria", {}),
    (
        "296",
        "Additional Information",
        "resolution 2610 (2021) was concluded on 8 November 2022",
        "reviewed_on",
        "2022-11-08",
        {"resolution": "2610 (2021)"},
    ),
    (
        "296",
        "Name of Individual or Entity",
        "Abou Yasser El Djazairi",
        "alias",
        "Abou Yasser El Djazairi",
        {"quality": "low"},
    ),
    ("296", "Address", "Algeria", "address", "Algeria", {}),
    ("3580", "Name of Individual or Entity", "Ermias Alem", "name", "Ermias Alem", {}),
    ("3580", "Place of Birth", "Eritrea", "birth_place", "Eritrea", {}),
    (
        "3580",
        "Additional Information",
        "LYi.021. De",
        "cross_reference",
        "LYi.021",
        {"list": "un-1970", "source": "un-sc"},
    ),
    (
        "3580",
        "Instrument of Designation",
        "Charter of the United Nations (Sanctions — Libya) Regulations 2011",
        "legal_basis",
        "Charter of the United Nations (Sanctions — Libya) Regulations 2011",
        {},
    ),
    (
        "3580",
        "Listing Information",
        "Listed on: 7 Jun. 2018 (amended on 17 Sep. 2018)",
        "listed_on",
        "2018-06-07",
        {"printed": "7 Jun. 2018"},
    ),
    (
        "2672",
        "Name of Individual or Entity",
        "AL-NUSRAH FRONT FOR THE PEOPLE OF THE LEVANT",
        "name",
        "AL-NUSRAH FRONT FOR THE PEOPLE OF THE LEVANT",
        {},
    ),
    ("2672", "Name of Individual or Entity", "جبهة النصرة لأهل الشام", "original_name", "جبهة النصرة لأهل الشام", {}),
    (
        "2672",
        "Additional Information",
        "resolution 2368 (2017) was concluded on 15 November 2021",
        "reviewed_on",
        "2021-11-15",
        {"resolution": "2368 (2017)"},
    ),
    (
        "2672",
        "Name of Individual or Entity",
        "Jabhat Fath al Sham",
        "alias",
        "Jabhat Fath al Sham",
        {"quality": "good"},
    ),
    (
        "2672",
        "Listing Information",
        "ed by the 1267 Committee on 14 May 2014 ( a",
        "listed_on",
        "2014-05-14",
        {"printed": "14 May 2014"},
    ),
    ("1061", "Name of Individual or Entity", "HILARION DEL ROSARIO SANTOS", "name", "HILARION DEL ROSARIO SANTOS", {}),
    (
        "1061",
        "Listing Information",
        "8 (amended on 13 Dec. 2011, 25 Oct. 2016, 22",
        "amended_on",
        "2016-10-25",
        {"printed": "25 Oct. 2016"},
    ),
    ("1061", "Name of Individual or Entity", "Ahmad Islam Santos", "alias", "Ahmad Islam Santos", {"quality": "good"}),
    ("1061", "Additional Information", '"Amir"', "title", '"Amir"', {}),
    (
        "1061",
        "Instrument of Designation",
        "Charter of the United Nations (Sanctions—ISIL (Da’esh) and Al-Qaida) Regulations 2008",
        "legal_basis",
        "Charter of the United Nations (Sanctions—ISIL (Da’esh) and Al-Qaida) Regulations 2008",
        {},
    ),
    (
        "296",
        "Name of Individual or Entity",
        "(Previously listed as. In Arabic: أبوبكر الجزائري )",
        "alias",
        "أبوبكر الجزائري",
        {"kind": "former name", "language": "ar"},
    ),
    (
        "3580",
        "Name of Individual or Entity",
        "ኤርሚኣስ ግርማይ (Tigrinya)",
        "original_name",
        "ኤርሚኣስ ግርማይ",
        {"language": "ti"},
    ),
    (
        "2672",
        "Address",
        "a) Syrian Arab Republic (Operates in) b) Iraq (Support network)",
        "address",
        "Iraq (Support network)",
        {},
    ),
    ("1061", "Date of Birth", "12/03/1966", "birth_date", "1966-03-12", {}),
    ("1061", "Name of Individual or Entity", "Hilarion Santos, III (third)", "comment", "third", {}),
    ("23", "Date of Birth", "Between 1963 and 1968", "birth_date", "1963/1968", {"printed": "Between 1963 and 1968"}),
    ("169", "Additional Information", "QDi.012. Ration Card", "cross_reference", "QDi.012", {"list": "un-1267"}),
    ("169", "Additional Information", "Ration Card no. 9999999.", "identifier", "9999999", {"type": "ration card"}),
    (
        "275",
        "Listing Information",
        "Re-listed on: 16/09/2022, 13/09/2025: Charter",
        "reviewed_on",
        "2025-09-13",
        {"kind": "listed again", "printed": "13/09/2025"},
    ),
    ("1280", "Date of Birth", "15/03/1955, 06/03/1955", "birth_date", "1955-03-06", {}),
    (
        "1291",
        "Additional Information",
        "German passport number 9999999999 issued in Stadt Bonn, Germany",
        "identifier",
        "9999999999",
        {"type": "passport", "issued_in": "Stadt Bonn"},
    ),
    (
        "1291",
        "Additional Information",
        "German national identity card number 9999999999 issued",
        "identifier",
        "9999999999",
        {"type": "national identity card"},
    ),
    ("8228", "Additional Information", "Previous names include ASHER", "alias", "ASHER", {"kind": "former name"}),
    ("8228", "IMO Number", "9999999", "identifier", "9999999", {"type": "IMO number"}),
    ("8586", "Date of Birth", "1962,1963, 31 December 1961", "birth_date", "1962/1963", {"printed": "1962, 1963"}),
    ("8586", "Date of Birth", "1962,1963, 31 December 1961", "birth_date", "1961-12-31", {}),
]


@pytest.mark.real
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[3]}")
def test_a_claim_says_what_the_raw_text_beside_it_says(real_files, row):
    """Twenty records and more, field by field, as a reader of the file would read them."""
    readings = _the_document(real_files)[2]

    assert missing(row, _the_entries(real_files), readings) == ""


@pytest.mark.real
def test_the_records_of_the_table_were_drawn_by_lot(real_files):
    """So that no record is in the table because it reads well."""
    _, _, readings = _the_document(real_files)

    drawn = random.Random(3).sample(sorted(readings), 12)

    assert set(drawn) <= {row[0] for row in ROWS}


@pytest.mark.real
def test_rows_and_entries_are_counted(real_files):
    """10,977 rows with the header, as noted when the file was collected; a row is a name."""
    facts, records, readings = _the_document(real_files)

    kinds = Counter(c.value for r in readings.values() for c in r.claims if c.property is Property.KIND)
    assert (len(records), facts.entries, len(readings)) == (10976, 3811, 3811)
    assert facts.instant.isoformat() == "2026-02-24T05:58:50+00:00"
    assert kinds == {"person": 2518, "organisation": 1031, "vessel": 262}


@pytest.mark.real
def test_hardly_anything_is_unread(real_files):
    """Two garbled birth dates, a row without a type, and reviews without a day."""
    _, _, readings = _the_document(real_files)

    unread = Counter(left.field for reading in readings.values() for left in reading.unread)

    assert unread == {"Date of Birth": 2, "Additional Information (review)": 4}


@pytest.mark.real
def test_the_taliban_entries_carry_their_numbers_of_the_un(real_files):
    """135 persons and 5 entities stand on the list of resolution 1988; the text prints the number of nearly each."""
    _, _, readings = _the_document(real_files)

    taliban = [r for r in readings.values() if any(c.value == "1988 (Taliban)" for c in r.claims)]
    numbered = {c.value for r in taliban for c in r.claims if c.facet("list") == "un-1988"}

    assert len(taliban) == 141
    assert len(numbered) == 140


@pytest.mark.real
def test_no_cross_reference_is_that_of_somebody_else(real_files):
    """Only the number at the head of the prose is the entry's own: those within it are of others."""
    _, _, readings = _the_document(real_files)

    several = {
        key: {c.value for c in reading.claims if c.property is Property.CROSS_REFERENCE}
        for key, reading in readings.items()
    }

    assert max(len(numbers) for numbers in several.values()) <= 2
