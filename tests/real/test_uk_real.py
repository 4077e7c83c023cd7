"""The lists of the United Kingdom, read whole and looked at record by record.

In the tables each claim stands beside the text of the file that it is made of. Numbers of documents of persons are
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
from tizim.sources.protocol import Source
from tizim.sources.uk import OFSI_CONLIST, SANCTIONS_LIST_SEARCH

CONLIST = "lists/uk-ofsi-conlist/2014-04-02.sanctionsconlist.csv.gz"
EXPORT = "lists/uk-sanctions-list-search/2025-08-11.ods"
P = Property


@cache
def _bytes(folder: Path, file: str) -> bytes:
    data = (folder / file).read_bytes()
    return gzip.decompress(data) if file.endswith(".gz") else data


@cache
def _read(folder: Path, file: str) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    source: Source = OFSI_CONLIST if file is CONLIST else SANCTIONS_LIST_SEARCH
    facts, records = source.read(_bytes(folder, file), Path(file).name)
    return facts, records, {reading.key: reading for reading in source.readings(records)}


def _masked(text: str, prop: Property) -> str:
    return re.sub(r"\d", "9", text) if prop is Property.IDENTIFIER else text


def _check(records: list[Record], reading: EntryReading, row: tuple) -> None:
    """The raw text stands in the field of one of the *records*, and the claim in the *reading*."""
    _, field, raw, prop, value, facets = row
    printed = {_masked(text, prop) for record in records for name, text in record.fields if name == field}
    claims = [
        (_masked(c.value, prop), {name: _masked(text, prop) for name, text in c.facets})
        for c in reading.claims
        if c.property is prop
    ]

    assert any(raw in text for text in printed), printed
    assert (value, facets) in claims, claims


# -- the consolidated list of 2014 -----------------------------------------------------------------

IDENTIFICATION = {"type": "national identification"}
# Drawn by random.Random(2014).sample over the keys, then the oddities that the notes on the format name.
ROWS_OF_2014 = [
    ("8809", "Name 6", "KHALISTAN ZINDABAD FORCE", P.NAME, "KHALISTAN ZINDABAD FORCE", {}),
    ("8809", "Name 6", "KZF", P.ALIAS, "KZF", {}),
    ("8809", "Other Information", "EU listing only.", P.AUTHORITY, "EU", {"printed": "EU listing only"}),
    ("8809", "Listed On", "23/12/2005", P.LISTED_ON, "2005-12-23", {}),
    ("12741", "Name 6", "NATIONAL IRANIAN OIL COMPANY (NIOC)", P.NAME, "NATIONAL IRANIAN OIL COMPANY (NIOC)", {}),
    ("12741", "Address 3", "P.O. Box 1863 and 2501", P.ADDRESS,
     "First Central Building, Taleghan St, P.O. Box 1863 and 2501, Tehran, 1593657919, Iran",
     {"street": "First Central Building, Taleghan St, P.O. Box 1863 and 2501", "city": "Tehran",
      "postal_code": "1593657919", "country": "Iran"}),
    ("12741", "Address 1", "NIOC HQ", P.ADDRESS,
     "NIOC HQ, National Iranian Oil Company Hafez Crossing, Taleghani Avenue, Tehran, Iran",
     {"street": "NIOC HQ, National Iranian Oil Company Hafez Crossing, Taleghani Avenue", "city": "Tehran",
      "country": "Iran"}),
    ("12741", "Other Information", "EU Listed. Not UN.", P.AUTHORITY, "EU", {"printed": "EU Listed. Not UN"}),
    ("8072", "Group Type", "Entity", P.KIND, "organisation", {}),
    ("8072", "Regime", "Iraq", P.PROGRAMME, "Iraq", {}),
    ("8072", "Last Updated", "21/02/2013", P.AMENDED_ON, "2013-02-21", {}),
    ("12649", "Name 6", "LARIJANI", P.NAME, "Sadeq LARIJANI", {}),
    ("12649", "DOB", "00/08/1961", P.BIRTH_DATE, "1961-08", {}),
    ("12649", "DOB", "00/00/1960", P.BIRTH_DATE, "1960", {}),
    ("12649", "Town of Birth", "Najaf", P.BIRTH_PLACE, "Najaf, Iraq", {"city": "Najaf", "country": "Iraq"}),
    ("12649", "Position", "Head of the Judiciary", P.POSITION, "Head of the Judiciary", {}),
    ("12168", "Name 6", "YARMALITSKI", P.NAME, "Siarhei Uladzimiravich YARMALITSKI", {}),
    ("12168", "Name 2", "Vladimirovich", P.ALIAS, "Sergei Vladimirovich ERMOLITSKI", {}),
    ("12168", "Group Type", "Individual", P.KIND, "person", {}),
    ("11918", "DOB", "20/04/1971", P.BIRTH_DATE, "1971-04-20", {}),
    ("11918", "Name 1", "Natallia", P.NAME, "Natallia Mikhailauna PYKINA", {}),
    ("11918", "Town of Birth", "Rakov", P.BIRTH_PLACE, "Rakov", {"city": "Rakov"}),
    ("12845", "Name 1", "KY'ONG-SU", P.NAME, "KY'ONG-SU RA", {}),
    ("12845", "Other Information", "Annex IV. UN Listing.", P.AUTHORITY, "UN", {"printed": "UN Listing"}),
    ("8174", "Address 6", "Iskandariya-Babylon", P.ADDRESS, "PO Box 138, Iskandariya-Babylon, Iraq",
     {"street": "PO Box 138", "city": "Iskandariya-Babylon", "country": "Iraq"}),
    ("6935", "Other Information", "UN Ref QE.A.1.01.", P.CROSS_REFERENCE, "QE.A.1.01",
     {"list": "un-1267", "source": "un-sc"}),
    ("6935", "Country", "Philippines", P.ADDRESS, "Philippines", {"country": "Philippines"}),
    ("8906", "Name 6", "NAVUMAU ", P.NAME, "Uladzimir Uladzimiravich NAVUMAU", {}),
    ("6953", "Title", "Mullah", P.TITLE, "Mullah", {}),
    ("6953", "Nationality", "Afghan", P.NATIONALITY, "Afghan", {}),
    ("6953", "Position", "(3) Head of Ariana Afghan Airlines under the Taliban regime", P.POSITION,
     "Head of Ariana Afghan Airlines under the Taliban regime", {}),
    ("6953", "Other Information", "Also referred to as Akhund, Allahdad and Shahidwror.", P.ALIAS, "Shahidwror",
     {"form": "prose", "quality": "low"}),
    # Two dates of birth: the remark does not say which of them is about right.
    ("6953", "Other Information", "DOB is approximate.", P.BIRTH_DATE, "1953", {}),
    ("7127", "Other Information", "UN Ref TI.E.63.01.", P.CROSS_REFERENCE, "TI.E.63.01",
     {"list": "un-1988", "source": "un-sc"}),
    ("7127", "Other Information", "Reportedly deceased in 2005", P.COMMENT,
     "UN Ref TI.E.63.01. Reportedly deceased in 2005", {}),
    ("7416", "Name 3", "Abdelfattah", P.NAME, "Abdelhalim Hafed Abdelfattah REMADNA", {}),
    ("12840", "Other Information", "Email addresses Fdlr@fmx.de, fldrrse@yahoo.fr, fdlr@gmx.net", P.CONTACT,
     "fldrrse@yahoo.fr", {"kind": "e-mail"}),
    # Numbered lists in cells, with spans of numbers and dashes for nothing.
    ("6894", "Country of Birth", "(1)-(2) Indonesia", P.BIRTH_PLACE, "Korleko-Lombok Timur, Indonesia",
     {"city": "Korleko-Lombok Timur", "country": "Indonesia"}),
    ("6894", "NI Number", "no 9999999999999999", P.IDENTIFIER, "9999999999999999", IDENTIFICATION),
    ("7877", "Town of Birth", "(1) Manzil Tmim (2)-(6) -", P.BIRTH_PLACE, "Manzil Tmim, Tunisia",
     {"city": "Manzil Tmim", "country": "Tunisia"}),
    ("7877", "Country of Birth", "(6) Lebanon", P.BIRTH_PLACE, "Lebanon", {"country": "Lebanon"}),
    ("7877", "Passport Details", "G999999 (Tunisian). Issued on 9 June 9999. Expired on 99 May 9999", P.IDENTIFIER,
     "G999999", {"type": "passport", "country": "Tunisian", "note": "Issued on 9 June 9999. Expired on 99 May 9999"}),
    ("8920", "Country of Birth", "(1) (2) (4) Libyan Arab Jamahirya (3) Morocco", P.BIRTH_PLACE,
     "Bendasi, Libyan Arab Jamahirya", {"city": "Bendasi", "country": "Libyan Arab Jamahirya"}),
    ("8920", "Country of Birth", "(3) Morocco", P.BIRTH_PLACE, "Morocco", {"country": "Morocco"}),
    ("7059", "Nationality", "(1) German (2) Moroccan", P.NATIONALITY, "Moroccan", {}),
    ("7059", "Passport Details", "(9) Provisional 99999999 (German) issued by the city of Hamburg", P.IDENTIFIER,
     "99999999", {"type": "passport", "detail": "Provisional", "country": "German",
                  "note": "issued by the city of Hamburg"}),
    ("7059", "NI Number", "BPA 9999999999", P.IDENTIFIER, "BPA 9999999999", IDENTIFICATION),
    # One group under two regimes, each with a date of its own.
    ("6995", "Listed On", "08/11/2001", P.LISTED_ON, "2001-11-08", {"programme": "Al-Qaida"}),
    ("6995", "Listed On", "28/04/2010", P.LISTED_ON, "2010-04-28", {"programme": "Somalia"}),
    ("6995", "DOB", "00/00/1935", P.BIRTH_DATE, "1935", {"about": "circa"}),
    ("6995", "Title", "Colonel/Shaykh/Sheikh", P.TITLE, "Shaykh", {}),
    ("12703", "Other Information", "Mob +93-797-059059", P.CONTACT, "+93-797-059059", {"kind": "phone"}),
    ("11985", "Other Information", "IMO No 9999999", P.IDENTIFIER, "9999999", {"type": "IMO number", "form": "prose"}),
    ("11985", "Other Information", "Business Registration Document # HRA999999 (Germany)", P.IDENTIFIER, "HRA999999",
     {"type": "business registration", "country": "Germany", "form": "prose"}),
    ("10657", "Other Information", "UN Ref E.29.I.11.", P.CROSS_REFERENCE, "E.29.I.11",
     {"list": "un-1737", "source": "un-sc"}),
]  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("row", ROWS_OF_2014, ids=lambda row: f"{row[0]}-{row[1]}-{row[4][:20]}")
def test_records_of_2014_say_what_was_read_off_the_file(real_files, row):
    """Each line was read off the rows of the group, field by field."""
    _, records, readings = _read(real_files, CONLIST)

    _check([r for r in records if dict(r.fields)["Group ID"] == row[0]], readings[row[0]], row)


@pytest.mark.real
def test_the_list_of_2014_has_the_rows_and_groups_that_a_plain_count_finds(real_files):
    """A check that shares nothing with the reader: group ids at the ends of lines."""
    facts, records, readings = _read(real_files, CONLIST)
    ids = re.findall(r",(\d+)\r?$", _bytes(real_files, CONLIST).decode("windows-1252"), re.MULTILINE)

    assert str(facts.date) == "2014-04-02"
    assert len(records) == len(ids) == 8_950
    assert facts.entries == len(readings) == len(set(ids)) == 2_297
    assert set(readings) == set(ids)


@pytest.mark.real
def test_the_regimes_of_2014_are_counted(real_files):
    """Members of each regime, as the rows print them."""
    _, records, readings = _read(real_files, CONLIST)
    printed = {(dict(r.fields)["Regime"], dict(r.fields)["Group ID"]) for r in records}
    said = {(c.value, key) for key, reading in readings.items() for c in reading.claims if c.property is P.PROGRAMME}

    assert said == printed
    assert len({key for regime, key in said if regime == "Afghanistan"}) == 134


@pytest.mark.real
def test_nothing_of_2014_is_unread_but_a_day_that_never_was(real_files):
    """29 February 1969, in two rows."""
    _, _, readings = _read(real_files, CONLIST)
    unread = Counter((left.field, left.value) for reading in readings.values() for left in reading.unread)

    assert unread == {("DOB", "29/02/1969"): 2}


@pytest.mark.real
def test_every_group_has_one_name_and_a_kind(real_files):
    """Prime aliases are repeated for dates of birth, addresses and regimes, never with another name."""
    _, _, readings = _read(real_files, CONLIST)

    for reading in readings.values():
        assert len({c.value for c in reading.claims if c.property is P.NAME}) == 1
        assert len([c for c in reading.claims if c.property is P.KIND]) == 1


@pytest.mark.real
def test_numbers_of_the_un_are_found_wherever_the_prose_gives_them(real_files):
    """All but eight: three misprints, and a form of 2012 that the list itself prints for two groups alike."""
    _, records, readings = _read(real_files, CONLIST)
    marked = {
        dict(record.fields)["Group ID"]
        for record in records
        if re.search(r"UN R(?:ef|EF)", dict(record.fields).get("Other Information", ""))
    }
    found = {
        key
        for key, reading in readings.items()
        if any(c.property is P.CROSS_REFERENCE and c.facet("source") == "un-sc" for c in reading.claims)
    }

    assert found <= marked
    assert marked - found == {"8353", "10907", "11743"} | {"12251", "12274", "12276", "12277", "12492"}


# -- the export of 2025 ----------------------------------------------------------------------------

FIRST = {"form": "family name first"}
OFSI = {"of": "OFSI group"}
# Drawn by random.Random(2025).sample over the keys, then oddities found by looking.
ROWS_OF_2025 = [
    ("RUS2626", "Name", "BYSTROV Igor Borisovich", P.NAME, "BYSTROV Igor Borisovich", FIRST),
    ("RUS2626", "OFSI Group ID", "16878", P.REFERENCE, "16878", OFSI),
    ("CAF0027", "Regime Name", "Central African Republic", P.PROGRAMME, "Central African Republic", {}),
    ("CAF0027", "Date Designated", "07-11-2024", P.LISTED_ON, "2024-11-07", {}),
    ("YEM0007", "Designation source", "UN", P.AUTHORITY, "UN", {}),
    ("YEM0007", "Date Designated", "09-11-2021", P.LISTED_ON, "2021-11-09", {}),
    ("RUS1897", "Sanctions Imposed", 'Transport sanctions: see "Other information"', P.IMPOSED_MEASURE,
     'Transport sanctions: see "Other information"', {}),
    ("GIM0012", "Name", "Al-Kasaoui Yassine Al Maghribi", P.NAME, "Al-Kasaoui Yassine Al Maghribi", FIRST),
    ("GIM0012", "Date Designated", "23-07-2025", P.LISTED_ON, "2025-07-23", {}),
    ("RUS2379", "Type", "Ship", P.KIND, "vessel", {}),
    ("RUS2379", "Name", "SAGAR VIOLET", P.NAME, "SAGAR VIOLET", {}),
    ("RUS2379", "Sanctions Imposed", 'Shipping sanctions: (see "Other information")', P.IMPOSED_MEASURE,
     'Shipping sanctions: (see "Other information")', {}),
    ("AFG0004", "Type", "Entity", P.KIND, "organisation", {}),
    ("AFG0004", "Name", "RAHAT LTD.", P.NAME, "RAHAT LTD.", {}),
    ("AFG0004", "Date Designated", "21-11-2012", P.LISTED_ON, "2012-11-21", {}),
    ("RUS0938", "Designation source", "UK", P.AUTHORITY, "UK", {}),
    ("RUS0974", "Sanctions Imposed", "Trust Services Sanctions", P.IMPOSED_MEASURE, "Trust Services Sanctions", {}),
    ("RUS2734", "Name", "MIRES", P.NAME, "MIRES", {}),
    ("IRQ0066", "OFSI Group ID", "7584", P.REFERENCE, "7584", OFSI),
    ("IRQ0066", "Name", "AL-TIKRITI ALI HASSAN AL-MAJID", P.NAME, "AL-TIKRITI ALI HASSAN AL-MAJID", FIRST),
    ("BEL0057", "Sanctions Imposed", "Technical assistance related to aircraft", P.IMPOSED_MEASURE,
     "Technical assistance related to aircraft", {}),
    ("RUS1039", "Type", "Individual", P.KIND, "person", {}),
    ("RUS1194", "Date Designated", "13-04-2022", P.LISTED_ON, "2022-04-13", {}),
    ("CYB0027", "Regime Name", "Cyber", P.PROGRAMME, "Cyber", {}),
    ("AQD0236", "Sanctions Imposed", "Arms embargo, Asset freeze, Travel Ban", P.IMPOSED_MEASURE, "Arms embargo", {}),
    ("AQD0236", "Unique ID", "AQD0236", P.REFERENCE, "AQD0236", {}),
    ("BEL0063", "Name", "Dana Holdings a.k.a Dana Astra", P.NAME, "Dana Holdings", {}),
    ("BEL0063", "Name", "Dana Holdings a.k.a Dana Astra", P.ALIAS, "Dana Astra", {}),
    ("RUS1815", "Sanctions Imposed", ", Asset freeze", P.IMPOSED_MEASURE, "Asset freeze", {}),
    ("RUS2534", "Sanctions Imposed", "-, Asset freeze", P.IMPOSED_MEASURE, "Asset freeze", {}),
    ("BEL0174", "OFSI Group ID", "16744", P.REFERENCE, "16744", OFSI),
    ("GUB0009", "Designation source", "UK|UN", P.AUTHORITY, "UK", {}),
    ("GUB0009", "Designation source", "UK|UN", P.AUTHORITY, "UN", {}),
    ("AFG0012", "Name", "ABDUL ZAHIR Shams  Ur-Rahman", P.NAME, "ABDUL ZAHIR Shams Ur-Rahman", FIRST),
    ("DPR0075", "Designation source", "UN", P.AUTHORITY, "UN", {}),
]  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("row", ROWS_OF_2025, ids=lambda row: f"{row[0]}-{row[1]}-{row[4][:20]}")
def test_records_of_2025_say_what_was_read_off_the_file(real_files, row):
    """Each line was read off the row of the entry, cell by cell."""
    _, records, readings = _read(real_files, EXPORT)

    _check([r for r in records if dict(r.fields)["Unique ID"] == row[0]], readings[row[0]], row)


@pytest.mark.real
def test_the_export_has_the_entries_that_were_counted_when_it_was_collected(real_files):
    """5302 ids, each once; groups of OFSI join some of them to one subject."""
    facts, _, readings = _read(real_files, EXPORT)
    kinds = Counter(c.value for r in readings.values() for c in r.claims if c.property is P.KIND)

    assert str(facts.date) == "2025-08-11"
    assert facts.entries == len(readings) == 5_302
    assert kinds == {"person": 3_754, "organisation": 1_087, "vessel": 461}
    assert len({reading.subject for reading in readings.values()}) == 5_286
    assert {readings[key].subject for key in ("INU0011", "IRN0058", "SYR0161")} == {"uk-ofsi:10638"}


@pytest.mark.real
def test_nothing_of_the_export_is_unread_and_two_entries_lack_a_name(real_files):
    """BEL0174 and RUS1467 have an empty cell where the name stands."""
    _, _, readings = _read(real_files, EXPORT)

    assert not [left for reading in readings.values() for left in reading.unread]
    nameless = {key for key, r in readings.items() if not any(c.property is P.NAME for c in r.claims)}
    assert nameless == {"BEL0174", "RUS1467"}


@pytest.mark.real
def test_every_measure_is_known_by_its_words(real_files):
    """A dash or nothing between commas is no measure."""
    _, _, readings = _read(real_files, EXPORT)
    measures = Counter(c.value for r in readings.values() for c in r.claims if c.property is P.IMPOSED_MEASURE)

    assert measures["Asset freeze"] == 4_846
    assert measures["De-flag"] == 15
    assert len(measures) == 18
    assert not {"", "-"} & measures.keys()


@pytest.mark.real
def test_both_lists_speak_of_the_same_subjects(real_files):
    """Group numbers of 2014 are still those of 2025, so an entry's history goes on."""
    then = {reading.subject for reading in _read(real_files, CONLIST)[2].values()}
    now = {reading.subject for reading in _read(real_files, EXPORT)[2].values()}

    assert "uk-ofsi:6935" in then & now
    assert len(then & now) > 500
