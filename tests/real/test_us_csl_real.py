import gzip
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.real.beside import Row, by_key, missing

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.us_csl import SOURCE


@cache
def _the_bytes(folder: Path) -> bytes:
    return gzip.decompress((folder / "lists" / "us-csl" / "2025-commit.consolidated.csv.gz").read_bytes())


@cache
def _the_document(folder: Path) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    facts, records = SOURCE.read(_the_bytes(folder), "consolidated.csv")
    return facts, records, {reading.key: reading for reading in SOURCE.readings(records)}


@cache
def _the_older_document(folder: Path) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    """The copy of 2023 up to its last whole row: the row after it breaks off."""
    whole = _the_older_bytes(folder)
    facts, records = SOURCE.read(whole[: whole.rindex(b'\n"') + 1], "csl.csv")
    return facts, records, {reading.key: reading for reading in SOURCE.readings(records)}


def _the_older_bytes(folder: Path) -> bytes:
    return gzip.decompress((folder / "lists" / "us-csl" / "2019-2023-commit.csl.csv.gz").read_bytes())


@cache
def _the_entries(folder: Path) -> dict[str, list[Record]]:
    _, records, _ = _the_document(folder)
    return by_key(records, {record.place: SOURCE.map(record).key for record in records})


@cache
def _the_older_entries(folder: Path) -> dict[str, list[Record]]:
    _, records, _ = _the_older_document(folder)
    return by_key(records, {record.place: SOURCE.map(record).key for record in records})


ROWS: list[Row] = [
    # fourteen drawn by lot, then three of the non-SDN lists, one of them printed twice
    (
        "sdn:29362",
        "name",
        "MUNOZ PEDROZA, Reinaldo Enrique",
        "name",
        "MUNOZ PEDROZA, Reinaldo Enrique",
        {"form": "family name first"},
    ),
    ("sdn:29362", "entity_number", "29362", "cross_reference", "29362", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    (
        "sdn:29362",
        "addresses",
        "C. Gil Fortoul, Centauro A, 5-D, Santa Monica, Caracas, Distrito Capital, 1040, VE",
        "address",
        "C. Gil Fortoul, Centauro A, 5-D, Santa Monica, Caracas, Distrito Capital, 1040, VE",
        {"country": "VE"},
    ),
    ("sdn:29362", "places_of_birth", "Caracas, Venezuela", "birth_place", "Caracas, Venezuela", {}),
    ("sdn:29362", "dates_of_birth", "1971-11-28", "birth_date", "1971-11-28", {}),
    ("sdn:11487", "name", "GRUPO GUADALEST S.A. DE C.V.", "name", "GRUPO GUADALEST S.A. DE C.V.", {}),
    ("sdn:11487", "entity_number", "11487", "cross_reference", "11487", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    ("sdn:11487", "ids", "MX, GGU999999B99, R.F.C.", "identifier", "GGU999999B99", {"country": "MX", "type": "R.F.C."}),
    (
        "sdn:11487",
        "addresses",
        "istrito Federal, 11560, MX; Naucalpan de Juarez, Estado de Mexico, MX",
        "address",
        "Naucalpan de Juarez, Estado de Mexico, MX",
        {"country": "MX"},
    ),
    ("sdn:11487", "programs", "SDNT", "programme", "SDNT", {}),
    ("sdn:35881", "name", "JSC MBDB ISKRA", "name", "JSC MBDB ISKRA", {}),
    ("sdn:35881", "ids", "RU, 9999999999, Ta", "identifier", "9999999999", {"country": "RU", "type": "Tax ID No."}),
    (
        "sdn:35881",
        "addresses",
        "Proezd Petrovsko-Razumovskii D. 28, Moscow, 127287, RU",
        "address",
        "Proezd Petrovsko-Razumovskii D. 28, Moscow, 127287, RU",
        {"country": "RU"},
    ),
    ("sdn:35881", "ids", "1946", "feature", "1946", {"field": "established"}),
    ("sdn:35881", "alt_names", "MKB ISKRA AO; IS", "alias", "MKB ISKRA AO", {}),
    (
        "sdn:16688",
        "name",
        "IVANOV, Sergei Borisovich",
        "name",
        "IVANOV, Sergei Borisovich",
        {"form": "family name first"},
    ),
    ("sdn:16688", "alt_names", "IVANOV, Sergei", "alias", "IVANOV, Sergei", {"form": "family name first"}),
    ("sdn:16688", "addresses", "Moscow, RU", "address", "Moscow, RU", {"country": "RU"}),
    ("sdn:16688", "places_of_birth", "St. Petersburg, Russia", "birth_place", "St. Petersburg, Russia", {}),
    ("sdn:16688", "dates_of_birth", "1953-01-31", "birth_date", "1953-01-31", {}),
    (
        "sdn:8099",
        "name",
        "RIHANI, Lotfi Ben Abdul Hamid Ben Ali",
        "name",
        "RIHANI, Lotfi Ben Abdul Hamid Ben Ali",
        {"form": "family name first"},
    ),
    ("sdn:8099", "entity_number", "8099", "cross_reference", "8099", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    ("sdn:8099", "alt_names", "ABDERRAHMANE", "alias", "ABDERRAHMANE", {}),
    (
        "sdn:8099",
        "ids",
        "9999-99-99, 9999-99-99, L 999999, Passport",
        "identifier",
        "L 999999",
        {"expires": "9999-99-99", "issued": "9999-99-99", "type": "Passport"},
    ),
    ("sdn:8099", "dates_of_birth", "1977-07-01", "birth_date", "1977-07-01", {}),
    ("sdn:34017", "name", "KO, Maung", "name", "KO, Maung", {"form": "family name first"}),
    ("sdn:34017", "addresses", "MM", "address", "MM", {"country": "MM"}),
    ("sdn:34017", "dates_of_birth", "1950-06-17", "birth_date", "1950-06-17", {}),
    ("sdn:34017", "entity_number", "34017", "cross_reference", "34017", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    ("sdn:34017", "title", "Mandalay Region Chief Minister", "position", "Mandalay Region Chief Minister", {}),
    ("ssi:19690", "name", "DRUZHBA, AO", "name", "DRUZHBA, AO", {}),
    (
        "ssi:19690",
        "alt_names",
        "DRUZHBA; AKTSIONERNOE OBSHCHESTVO 'DRUZHBA'",
        "alias",
        "AKTSIONERNOE OBSHCHESTVO 'DRUZHBA'",
        {},
    ),
    ("ssi:19690", "entity_number", "19690", "cross_reference", "19690", {"list": "us-ofac-cons", "source": "us-ofac"}),
    (
        "ssi:19690",
        "addresses",
        "Rogozinino, Moscow, 143397, RU",
        "address",
        "Rogozinino, Moscow, 143397, RU",
        {"country": "RU"},
    ),
    (
        "ssi:19690",
        "ids",
        "Government Gazette Number; 9999999999, Ta",
        "identifier",
        "9999999999",
        {"type": "Tax ID No."},
    ),
    ("sdn:35843", "name", "ALHASSAN, Ibrahim Ali", "name", "ALHASSAN, Ibrahim Ali", {"form": "family name first"}),
    ("sdn:35843", "addresses", "Abu Dhabi, AE", "address", "Abu Dhabi, AE", {"country": "AE"}),
    ("sdn:35843", "remarks", "(Linked To: BOKO HARAM)", "related_name", "BOKO HARAM", {"phrase": "Linked To"}),
    ("sdn:35843", "dates_of_birth", "1981-01-31", "birth_date", "1981-01-31", {}),
    ("sdn:35843", "ids", "NG, A99999999, Pa", "identifier", "A99999999", {"country": "NG", "type": "Passport"}),
    ("sdn:30851", "name", "IRAN COMBINE MANUFACTURING CO.", "name", "IRAN COMBINE MANUFACTURING CO.", {}),
    (
        "sdn:30851",
        "ids",
        "IR, 99999999999, Na",
        "identifier",
        "99999999999",
        {"country": "IR", "type": "National ID No."},
    ),
    (
        "sdn:30851",
        "remarks",
        "(Linked To: ASTAN QUDS RAZAVI)",
        "related_name",
        "ASTAN QUDS RAZAVI",
        {"phrase": "Linked To"},
    ),
    (
        "sdn:30851",
        "addresses",
        "Ghaem Magham Farahani St., Motahhari Intersection, Magnolia Alley #37, Tehran, IR",
        "address",
        "Ghaem Magham Farahani St., Motahhari Intersection, Magnolia Alley #37, Tehran, IR",
        {"country": "IR"},
    ),
    ("sdn:30851", "entity_number", "30851", "cross_reference", "30851", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    ("sdn:25425", "name", "TOSE-E MELLI INVESTMENT COMPANY", "name", "TOSE-E MELLI INVESTMENT COMPANY", {}),
    ("sdn:25425", "entity_number", "25425", "cross_reference", "25425", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    (
        "sdn:25425",
        "remarks",
        "(Linked To: TOSE-E MELLI GROUP INVESTMENT COMPANY)",
        "related_name",
        "TOSE-E MELLI GROUP INVESTMENT COMPANY",
        {"phrase": "Linked To"},
    ),
    (
        "sdn:25425",
        "alt_names",
        "NATIONAL DEVELOPMENT INVESTMENT COMPANY; TO",
        "alias",
        "NATIONAL DEVELOPMENT INVESTMENT COMPANY",
        {},
    ),
    (
        "sdn:25425",
        "addresses",
        "No. 1 St.North Didar.Blv Haghani, Tehran, IR; Nu",
        "address",
        "No. 1 St.North Didar.Blv Haghani, Tehran, IR",
        {"country": "IR"},
    ),
    ("dpl:saba-ambaye.1985-07-11", "name", "SABA AMBAYE", "name", "SABA AMBAYE", {}),
    (
        "dpl:saba-ambaye.1985-07-11",
        "addresses",
        "37 RUE DE LA QUINTINIE, PARIS, 75015, FR",
        "address",
        "37 RUE DE LA QUINTINIE, PARIS, 75015, FR",
        {"country": "FR"},
    ),
    (
        "dpl:saba-ambaye.1985-07-11",
        "federal_register_notice",
        "50 F.R. 29244 7/18/85",
        "legal_basis",
        "50 F.R. 29244",
        {"date": "1985-07-18", "kind": "Federal Register notice"},
    ),
    ("dpl:saba-ambaye.1985-07-11", "start_date", "1985-07-11", "effective_on", "1985-07-11", {}),
    ("dpl:saba-ambaye.1985-07-11", "remarks", "DUPLICATE DELTED", "status", "DUPLICATE DELTED", {}),
    ("ssi:19650", "name", "GAZPROM GAZNADZOR, OOO", "name", "GAZPROM GAZNADZOR, OOO", {}),
    (
        "ssi:19650",
        "addresses",
        "41 str. 1 prospekt Vernadskogo, Moscow, 119415, RU",
        "address",
        "41 str. 1 prospekt Vernadskogo, Moscow, 119415, RU",
        {"country": "RU"},
    ),
    ("ssi:19650", "alt_names", "GAZPROM GAZNADZOR; OB", "alias", "GAZPROM GAZNADZOR", {}),
    (
        "ssi:19650",
        "ids",
        "Directive Determination -; gaznadzor.gazprom.ru, We",
        "contact",
        "gaznadzor.gazprom.ru",
        {"kind": "website"},
    ),
    (
        "ssi:19650",
        "remarks",
        "spx#directives; (Linked To: PUBLIC JOINT STOCK COMPANY GAZPROM)",
        "related_name",
        "PUBLIC JOINT STOCK COMPANY GAZPROM",
        {"phrase": "Linked To"},
    ),
    (
        "sdn:22523",
        "name",
        "AL BINALI, Mohammed Isa Yousif Saqar",
        "name",
        "AL BINALI, Mohammed Isa Yousif Saqar",
        {"form": "family name first"},
    ),
    ("sdn:22523", "dates_of_birth", "1991-03-09", "birth_date", "1991-03-09", {}),
    ("sdn:22523", "entity_number", "22523", "cross_reference", "22523", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    ("sdn:22523", "places_of_birth", "Manama, Bahrain", "birth_place", "Manama, Bahrain", {}),
    ("sdn:22523", "alt_names", "l Salmi; Abu Issa Al-Selmy; Abu Al Silmi", "alias", "Abu Al Silmi", {}),
    (
        "sdn:7528",
        "name",
        "MUMBENGEGWI, Samuel Simbarashe Simbanenduku",
        "name",
        "MUMBENGEGWI, Samuel Simbarashe Simbanenduku",
        {"form": "family name first"},
    ),
    ("sdn:7528", "dates_of_birth", "1945-07-20", "birth_date", "1945-07-20", {}),
    (
        "sdn:7528",
        "addresses",
        "22 Stour Road, Vainona, Borrowdale, Harare, ZW",
        "address",
        "22 Stour Road, Vainona, Borrowdale, Harare, ZW",
        {"country": "ZW"},
    ),
    ("sdn:7528", "entity_number", "7528", "cross_reference", "7528", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    (
        "sdn:7528",
        "title",
        "Non-Constituency Member of Parliament",
        "position",
        "Non-Constituency Member of Parliament",
        {},
    ),
    ("cap:34616", "name", "ARIMERO HOLDING LIMITED", "name", "ARIMERO HOLDING LIMITED", {}),
    ("cap:34616", "entity_number", "34616", "cross_reference", "34616", {"list": "us-ofac-cons", "source": "us-ofac"}),
    (
        "cap:34616",
        "remarks",
        "(Linked To: PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA)",
        "related_name",
        "PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA",
        {"phrase": "Linked To"},
    ),
    ("cap:34616", "ids", "CY, C999999, Re", "identifier", "C999999", {"country": "CY", "type": "Registration Number"}),
    (
        "cap:34616",
        "addresses",
        "Agiou Andreou, 332, Partician Chambers, Limassol, 3035, CY",
        "address",
        "Agiou Andreou, 332, Partician Chambers, Limassol, 3035, CY",
        {"country": "CY"},
    ),
    ("cap:15268", "name", "BANK OF KUNLUN CO LTD", "name", "BANK OF KUNLUN CO LTD", {}),
    (
        "cap:15268",
        "alt_names",
        "KARAMAY URBAN CREDIT COOPERATIVES; KA",
        "alias",
        "KARAMAY URBAN CREDIT COOPERATIVES",
        {},
    ),
    ("cap:15268", "ids", "CKLBCNBJ, SWIFT/BIC", "identifier", "CKLBCNBJ", {"type": "SWIFT/BIC"}),
    ("cap:15268", "entity_number", "15268", "cross_reference", "15268", {"list": "us-ofac-cons", "source": "us-ofac"}),
    (
        "cap:15268",
        "addresses",
        "172 Xibin Rd, Ranghulu District, (Daqing, Heilongjiang Branch), Daqing, 163453, CN",
        "address",
        "172 Xibin Rd, Ranghulu District, (Daqing, Heilongjiang Branch), Daqing, 163453, CN",
        {"country": "CN"},
    ),
    ("cmic:30882", "name", "CHINA TELECOM CORPORATION LIMITED", "name", "CHINA TELECOM CORPORATION LIMITED", {}),
    ("cmic:30882", "entity_number", "30882", "cross_reference", "30882", {"list": "us-ofac-cons", "source": "us-ofac"}),
    (
        "cmic:30882",
        "ids",
        "imited.Co.Ltd, Issuer Name; ZCHA DE, Eq",
        "identifier",
        "ZCHA DE",
        {"type": "Equity Ticker"},
    ),
    (
        "cmic:30882",
        "ids",
        "ker; ZCH DE, Equity Ticker; 02 Aug 2021, Ef",
        "effective_on",
        "2021-08-02",
        {"printed": "02 Aug 2021", "programme": "CMIC"},
    ),
    (
        "cmic:30882",
        "ids",
        ", ISIN; CND10003ND87, ISIN; China Telecom Corp Ltd, Is",
        "alias",
        "China Telecom Corp Ltd",
        {"kind": "issuer name"},
    ),
]
OLDER: list[Row] = [
    # four drawn by lot, then a company that both copies hold
    (
        "sdn:10357",
        "name",
        "ZAMBADA NIEBLA, Monica del Rosario",
        "name",
        "ZAMBADA NIEBLA, Monica del Rosario",
        {"form": "family name first"},
    ),
    ("sdn:10357", "places_of_birth", "Culiacan, Sinaloa, Mexico", "birth_place", "Culiacan, Sinaloa, Mexico", {}),
    ("sdn:10357", "entity_number", "10357", "cross_reference", "10357", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    ("sdn:10357", "dates_of_birth", "1980-03-02; 1980-04-02", "birth_date", "1980-04-02", {}),
    (
        "sdn:10357",
        "addresses",
        ".V., Culiacan, Sinaloa, MX; c/o ESTABLO PUERTO RICO S.A. DE C.V., Culiacan, Sinaloa, MX; C",
        "address",
        "c/o ESTABLO PUERTO RICO S.A. DE C.V., Culiacan, Sinaloa, MX",
        {"country": "MX"},
    ),
    ("sdn:7670", "name", "CESIC-ROJS, Ljubo", "name", "CESIC-ROJS, Ljubo", {"form": "family name first"}),
    ("sdn:7670", "places_of_birth", "Posulje, Bosnia-Herzegovina", "birth_place", "Posulje, Bosnia-Herzegovina", {}),
    ("sdn:7670", "entity_number", "7670", "cross_reference", "7670", {"list": "us-ofac-sdn", "source": "us-ofac"}),
    ("sdn:7670", "dates_of_birth", "1958-02-20", "birth_date", "1958-02-20", {}),
    ("sdn:7670", "programs", "BALKANS", "programme", "BALKANS", {}),
    ("dpl:ghare-sabz-co.2019-07-08", "name", "GHARE SABZ CO.", "name", "GHARE SABZ CO.", {}),
    (
        "dpl:ghare-sabz-co.2019-07-08",
        "federal_register_notice",
        "84 F.R. 33913 7/16/2019",
        "legal_basis",
        "84 F.R. 33913",
        {"date": "2019-07-16", "kind": "Federal Register notice"},
    ),
    ("dpl:ghare-sabz-co.2019-07-08", "start_date", "2019-07-08", "effective_on", "2019-07-08", {}),
    (
        "dpl:ghare-sabz-co.2019-07-08",
        "addresses",
        "NO. 25, EAST FARJAM AVE., RESALAT SQUARE, TEHRAN, IR; NO",
        "address",
        "NO. 25, EAST FARJAM AVE., RESALAT SQUARE, TEHRAN, IR",
        {"country": "IR"},
    ),
    ("dpl:ghare-sabz-co.2019-07-08", "end_date", "2029-07-05", "expires_on", "2029-07-05", {}),
    ("ssi:18789", "name", "KONTSERN ORION OAO", "name", "KONTSERN ORION OAO", {}),
    ("ssi:18789", "ids", "Tax ID No., 9999999999; We", "identifier", "9999999999", {"type": "Tax ID No."}),
    (
        "ssi:18789",
        "remarks",
        "spx#directives; (Linked To: STATE CORPORATION ROSTEC)",
        "related_name",
        "STATE CORPORATION ROSTEC",
        {"phrase": "Linked To"},
    ),
    ("ssi:18789", "entity_number", "18789", "cross_reference", "18789", {"list": "us-ofac-cons", "source": "us-ofac"}),
    ("ssi:18789", "ids", "http://www.concern-orion.ru", "contact", "http://www.concern-orion.ru", {"kind": "website"}),
    ("cmic:30882", "name", "China Telecom Corporation Limited", "name", "China Telecom Corporation Limited", {}),
    ("cmic:30882", "entity_number", "30882", "cross_reference", "30882", {"list": "us-ofac-cons", "source": "us-ofac"}),
    (
        "cmic:30882",
        "ids",
        "quity Ticker, ZCH DE; ISIN, US9999999999; IS",
        "identifier",
        "US9999999999",
        {"type": "ISIN"},
    ),
    (
        "cmic:30882",
        "ids",
        "-03; Effective Date (CMIC), 2021-08-02",
        "effective_on",
        "2021-08-02",
        {"programme": "CMIC"},
    ),
    (
        "cmic:30882",
        "ids",
        "ation Limited; Issuer Name, China Telecom Corp Ltd; Is",
        "alias",
        "China Telecom Corp Ltd",
        {"kind": "issuer name"},
    ),
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

    drawn = random.Random(5).sample(sorted(readings), 14)

    assert set(drawn) <= {row[0] for row in ROWS}


@pytest.mark.real
@pytest.mark.parametrize("row", OLDER, ids=lambda row: f"{row[0]} {row[3]}")
def test_a_claim_of_the_other_layout_says_what_the_raw_text_says(real_files, row):
    """Papers stand there with their type in front: number, country, issue, expiry."""
    readings = _the_older_document(real_files)[2]

    assert missing(row, _the_older_entries(real_files), readings) == ""


@pytest.mark.real
def test_a_copy_that_breaks_off_is_refused_whole(real_files):
    """The copy of 2023 ends within a quoted address of its 4,227th row."""
    with pytest.raises(SourceRefused, match="line 4233: unexpected end of data"):
        SOURCE.read(_the_older_bytes(real_files), "csl.csv")


@pytest.mark.real
def test_rows_and_entries_are_counted(real_files):
    """A person at two addresses has two rows in some lists; a bank is printed twice in another."""
    facts, records, readings = _the_document(real_files)
    older, older_records, _ = _the_older_document(real_files)

    assert (len(records), facts.entries, len(readings)) == (14160, 14094, 14094)
    assert (len(older_records), older.entries) == (4226, 4173)
    assert facts.date.isoformat() == "2022-04-21"
    assert older.date.isoformat() == "2023-11-16"


@pytest.mark.real
def test_hardly_anything_is_unread(real_files):
    """Three start dates of the first century, and a paper whose type nobody could tell from its number."""
    unread = Counter(left.field for r in _the_document(real_files)[2].values() for left in r.unread)
    older = Counter(left.field for r in _the_older_document(real_files)[2].values() for left in r.unread)

    assert unread == {"start_date": 3, "ids": 1}
    assert older == {"ids": 1}


@pytest.mark.real
def test_every_row_of_ofac_names_its_entry_there(real_files):
    """The number is printed; that two entries are one is OFAC's word, kept as a cross reference."""
    lists = Counter(
        (claim.facet("source"), claim.facet("list"))
        for reading in _the_document(real_files)[2].values()
        for claim in reading.claims
        if claim.property is Property.CROSS_REFERENCE
    )

    assert lists == {("us-ofac", "us-ofac-sdn"): 10026, ("us-ofac", "us-ofac-cons"): 508}
