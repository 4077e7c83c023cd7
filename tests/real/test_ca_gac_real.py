import gzip
import random
from functools import cache
from pathlib import Path

import pytest
from tests.real.beside import Row, by_key, missing

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property
from tizim.sources.ca_gac import SOURCE
from tizim.text import fold


@cache
def _the_bytes(folder: Path) -> bytes:
    return gzip.decompress((folder / "lists" / "ca-sema" / "2025-05-25-commit.xml.gz").read_bytes())


@cache
def _the_document(folder: Path) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    facts, records = SOURCE.read(_the_bytes(folder), "sema-lmes.xml")
    return facts, records, {reading.key: reading for reading in SOURCE.readings(records)}


@cache
def _the_entries(folder: Path) -> dict[str, list[Record]]:
    _, records, readings = _the_document(folder)
    return by_key(records, dict(zip((record.place for record in records), readings, strict=True)))


ROWS: list[Row] = [
    # thirteen drawn by lot, then a person under two parts of a schedule, names in two languages, spellings in
    # brackets, alternative dates and labelled aliases
    (
        "sudan:organisation:defence-industries-system",
        "EntityOrShip",
        "Defence Industries System",
        "name",
        "Defence Industries System",
        {},
    ),
    ("sudan:organisation:defence-industries-system", "DateOfListing", "2024-04-12", "listed_on", "2024-04-12", {}),
    (
        "sudan:organisation:defence-industries-system",
        "Aliases",
        "itary Industry Corporation, Defense Industries Corporation and Defense Industry System Ara",
        "alias",
        "Defense Industries Corporation and Defense Industry System",
        {},
    ),
    (
        "sudan:organisation:defence-industries-system",
        "Country",
        "Sudan / Soudan",
        "programme",
        "Sudan",
        {"fr": "Soudan"},
    ),
    (
        "venezuela:person:el-aissami-maddah-tareck-zaidan",
        "LastName",
        "EL AISSAMI MADDAH",
        "name",
        "Tareck Zaidan EL AISSAMI MADDAH",
        {"family": "EL AISSAMI MADDAH"},
    ),
    ("venezuela:person:el-aissami-maddah-tareck-zaidan", "DateOfListing", "2017-09-22", "listed_on", "2017-09-22", {}),
    ("venezuela:person:el-aissami-maddah-tareck-zaidan", "Country", "Venezuela", "programme", "Venezuela", {}),
    ("syria:person:al-hamu-ahmad", "LastName", "al-Hamu", "name", "Ahmad al-Hamu", {"family": "al-Hamu"}),
    ("syria:person:al-hamu-ahmad", "DateOfListing", "2017-04-13", "listed_on", "2017-04-13", {}),
    ("syria:person:al-hamu-ahmad", "Country", "Syria / Syrie", "programme", "Syria", {"fr": "Syrie"}),
    (
        "sri-lanka:person:rajapaksa-mahinda",
        "LastName",
        "RAJAPAKSA",
        "name",
        "Mahinda RAJAPAKSA",
        {"family": "RAJAPAKSA"},
    ),
    ("sri-lanka:person:rajapaksa-mahinda", "DateOfListing", "2023-01-06", "listed_on", "2023-01-06", {}),
    ("sri-lanka:person:rajapaksa-mahinda", "Country", "Sri Lanka", "programme", "Sri Lanka", {}),
    (
        "ukraine:person:dobros-igor-borisovich",
        "LastName",
        "DOBROS",
        "name",
        "Igor Borisovich DOBROS",
        {"family": "DOBROS"},
    ),
    ("ukraine:person:dobros-igor-borisovich", "DateOfListing", "2022-04-26", "listed_on", "2022-04-26", {}),
    (
        "ukraine:person:dobros-igor-borisovich",
        "Aliases",
        "Игорь Борисович Доброс",
        "alias",
        "Игорь Борисович Доброс",
        {},
    ),
    ("ukraine:person:dobros-igor-borisovich", "Country", "Ukraine", "programme", "Ukraine", {}),
    ("russia:organisation:m-finans", "EntityOrShip", "M-Finans", "name", "M-Finans", {}),
    ("russia:organisation:m-finans", "DateOfListing", "2023-07-19", "listed_on", "2023-07-19", {}),
    (
        "russia:organisation:m-finans",
        "Aliases",
        'M-Finance; Общество с ограниченной ответственностью "М-Финанс”',
        "alias",
        "M-Finance",
        {},
    ),
    ("russia:organisation:m-finans", "Country", "Russia / Russie", "programme", "Russia", {"fr": "Russie"}),
    (
        "russia:organisation:jsc-the-berkakit-tommot-yakutsk-railway-lines-construction-directorate",
        "EntityOrShip",
        "JSC “The Berkakit-Tommot-Yakutsk Railway Line’s Construction Directorate”",
        "name",
        "JSC “The Berkakit-Tommot-Yakutsk Railway Line’s Construction Directorate”",
        {},
    ),
    (
        "russia:organisation:jsc-the-berkakit-tommot-yakutsk-railway-lines-construction-directorate",
        "DateOfListing",
        "2021-03-29",
        "listed_on",
        "2021-03-29",
        {},
    ),
    (
        "russia:organisation:jsc-the-berkakit-tommot-yakutsk-railway-lines-construction-directorate",
        "Country",
        "Russia / Russie",
        "programme",
        "Russia",
        {"fr": "Russie"},
    ),
    (
        "ukraine:person:gryaznova-olga-petrovna",
        "LastName",
        "GRYAZNOVA",
        "name",
        "Olga Petrovna GRYAZNOVA",
        {"family": "GRYAZNOVA"},
    ),
    (
        "ukraine:person:gryaznova-olga-petrovna",
        "Aliases",
        "Ольга Петровна ГРЯЗНОВА / Ольга Петрiвна ГРЯЗНОВА",
        "alias",
        "Ольга Петрiвна ГРЯЗНОВА",
        {},
    ),
    ("ukraine:person:gryaznova-olga-petrovna", "DateOfListing", "2022-04-26", "listed_on", "2022-04-26", {}),
    ("ukraine:person:gryaznova-olga-petrovna", "Country", "Ukraine", "programme", "Ukraine", {}),
    ("syria:person:hawrani-habib", "LastName", "Hawrani", "name", "Habib Hawrani", {"family": "Hawrani"}),
    ("syria:person:hawrani-habib", "DateOfListing", "2017-04-20", "listed_on", "2017-04-20", {}),
    ("syria:person:hawrani-habib", "Country", "Syria / Syrie", "programme", "Syria", {"fr": "Syrie"}),
    (
        "russia:organisation:khabarovsk-shipbuilding-yard-jsc",
        "EntityOrShip",
        "Khabarovsk Shipbuilding Yard JSC (al",
        "name",
        "Khabarovsk Shipbuilding Yard JSC",
        {},
    ),
    (
        "russia:organisation:khabarovsk-shipbuilding-yard-jsc",
        "EntityOrShip",
        "ing Yard JSC (also known as JSC Khabarovsk Shipbuilding Yard)",
        "alias",
        "JSC Khabarovsk Shipbuilding Yard",
        {},
    ),
    (
        "russia:organisation:khabarovsk-shipbuilding-yard-jsc",
        "DateOfListing",
        "2024-02-21",
        "listed_on",
        "2024-02-21",
        {},
    ),
    (
        "russia:organisation:khabarovsk-shipbuilding-yard-jsc",
        "Country",
        "Russia / Russie",
        "programme",
        "Russia",
        {"fr": "Russie"},
    ),
    ("iran:person:jalili-saeed:1965", "LastName", "Jalili", "name", "Saeed Jalili", {"family": "Jalili"}),
    ("iran:person:jalili-saeed:1965", "Aliases", "سعید جلیلی", "alias", "سعید جلیلی", {}),
    ("iran:person:jalili-saeed:1965", "DateOfListing", "2022-10-03", "listed_on", "2022-10-03", {}),
    ("iran:person:jalili-saeed:1965", "DateOfBirthOrShipBuildDate", "1965", "birth_date", "1965", {}),
    ("russia:vessel:north-sky:9953523", "EntityOrShip", "North Sky", "name", "North Sky", {}),
    ("russia:vessel:north-sky:9953523", "DateOfListing", "2025-02-21", "listed_on", "2025-02-21", {}),
    ("russia:vessel:north-sky:9953523", "ShipIMONumber", "9999999", "identifier", "9999999", {"type": "IMO number"}),
    ("russia:vessel:north-sky:9953523", "TitleOrShip", "LNG Tanker", "feature", "LNG Tanker", {"field": "vessel type"}),
    (
        "russia:person:kaburneev-eduard-valeryevich:1966",
        "LastName",
        "KABURNEEV",
        "name",
        "Eduard Valeryevich KABURNEEV",
        {"family": "KABURNEEV"},
    ),
    ("russia:person:kaburneev-eduard-valeryevich:1966", "DateOfListing", "2023-08-17", "listed_on", "2023-08-17", {}),
    ("russia:person:kaburneev-eduard-valeryevich:1966", "DateOfBirthOrShipBuildDate", "1966", "birth_date", "1966", {}),
    (
        "russia:person:kaburneev-eduard-valeryevich:1966",
        "Aliases",
        "Эдуард Валерьевич Кабурнеев",
        "alias",
        "Эдуард Валерьевич Кабурнеев",
        {},
    ),
    (
        "russia:person:menyailo-sergey-ivanovich",
        "LastName",
        "MENYAILO",
        "name",
        "Sergey Ivanovich MENYAILO",
        {"family": "MENYAILO"},
    ),
    ("russia:person:menyailo-sergey-ivanovich", "DateOfListing", "2014-05-12", "listed_on", "2014-05-12", {}),
    ("russia:person:menyailo-sergey-ivanovich", "Country", "Russia / Russie", "programme", "Russia", {"fr": "Russie"}),
    (
        "russia:person:menyailo-sergey-ivanovich:schedule-1-part-1-1",
        "LastName",
        "MENYAILO",
        "name",
        "Sergey Ivanovich MENYAILO",
        {"family": "MENYAILO"},
    ),
    (
        "russia:person:menyailo-sergey-ivanovich:schedule-1-part-1-1",
        "DateOfListing",
        "2021-03-21",
        "listed_on",
        "2021-03-21",
        {},
    ),
    (
        "russia:person:menyailo-sergey-ivanovich:schedule-1-part-1-1",
        "Country",
        "Russia / Russie",
        "programme",
        "Russia",
        {"fr": "Russie"},
    ),
    ("iran:organisation:hara-institute", "EntityOrShip", "Hara Institute/Institut Hara", "name", "Hara Institute", {}),
    (
        "iran:organisation:hara-institute",
        "EntityOrShip",
        "Hara Institute/Institut Hara",
        "alias",
        "Institut Hara",
        {"language": "fr"},
    ),
    (
        "iran:organisation:iranian-army",
        "EntityOrShip",
        "Iranian Army/Armée iranienne",
        "alias",
        "Armée iranienne",
        {"language": "fr"},
    ),
    (
        "iran:person:shahsavari-habib:1963-1964",
        "DateOfBirthOrShipBuildDate",
        "1963-1964",
        "birth_date",
        "1963/1964",
        {},
    ),
    (
        "iran:person:rahpeik-siamak:1963-or-1964",
        "DateOfBirthOrShipBuildDate",
        "1963 or 1964",
        "birth_date",
        "1964",
        {"printed": "1963 or 1964"},
    ),
    (
        "ukraine:person:dikiy-diky-aleksey-aleksandrovich",
        "LastName",
        "DIKIY (DIKY)",
        "name",
        "Aleksey Aleksandrovich DIKIY",
        {},
    ),
    (
        "ukraine:person:dikiy-diky-aleksey-aleksandrovich",
        "LastName",
        "DIKIY (DIKY)",
        "alias",
        "Aleksey Aleksandrovich DIKY",
        {},
    ),
    (
        "belarus:person:golovaty-ivan-ivanovich:1976",
        "Aliases",
        "Иван Иванович Головатый; Ivan Golovatyi",
        "alias",
        "Ivan Golovatyi",
        {"script": "Latn"},
    ),
    (
        "sudan:organisation:defence-industries-system",
        "Aliases",
        "Arabic: هيئة التصنيع الحربي, منظومة الصناعية الدفاعية",
        "alias",
        "منظومة الصناعية الدفاعية",
        {"language": "ar"},
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

    drawn = random.Random(11).sample(sorted(readings), 13)

    assert set(drawn) <= {row[0] for row in ROWS}


@pytest.mark.real
def test_every_record_is_an_entry_of_its_own(real_files):
    """4,759 records as counted when the file was collected; only two have one key, and are told apart."""
    facts, records, readings = _the_document(real_files)

    assert facts.entries == len(records) == len(readings) == 4759
    assert facts.date.isoformat() == "2025-03-20"
    assert [key for key in readings if ":schedule-" in key] == [
        "russia:person:menyailo-sergey-ivanovich:schedule-1-part-1-1"
    ]


@pytest.mark.real
def test_only_two_birth_dates_are_unread(real_files):
    """One gives a decade in words, one a month and a number that may be a year or a day."""
    _, _, readings = _the_document(real_files)

    unread = sorted(left.value for reading in readings.values() for left in reading.unread)

    assert unread == ["Sep-99", "born in the early 1970s"]


@pytest.mark.real
def test_every_word_of_the_aliases_is_in_some_name(real_files):
    """Names are parted, never cut: what is not said is a joining word or the label of a language."""
    labels = {"russian", "belarusian", "belarussian", "arabic", "or", "and", "also"}
    _, records, readings = _the_document(real_files)
    for record, reading in zip(records, readings.values(), strict=True):
        told = {w for c in reading.claims if c.property is Property.ALIAS for w in fold(c.value).split()}
        printed = " ".join(value for tag, value in record.fields if tag == "Aliases")
        assert set(fold(printed).split()) - labels <= told | labels, record.place
