import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused
from tizim.sources.un_sc import SOURCE as CONSOLIDATED
from tizim.sources.un_sc_committee import SOURCE

P = Property
# File, entries for persons and organisations, as noted when the files were collected.
DOCUMENTS = [
    ("1267-2014-11-19", 231, 70),
    ("1267-2014-11-24", 231, 70),
    ("1267-2014-12-12", 231, 70),
    ("1267-2015-01-02", 229, 70),
    ("1267-2015-01-23", 233, 70),
    ("1267-2015-02-02", 233, 70),
    ("1267-2015-02-11", 234, 70),
    ("1267-2015-02-19", 234, 70),
    ("1267-2015-03-17", 233, 71),
    ("1267-2015-03-26", 234, 71),
    ("1518-2015-03-17", 86, 208),
    ("1521-2015-03-17", 22, 30),
    ("1533-2015-03-17", 31, 9),
    ("1718-2015-03-17", 12, 20),
    ("1737-2015-03-17", 43, 78),
    ("1970-2014-10-31", 20, 2),
    ("1970-2015-03-17", 20, 2),
    ("1970-2015-03-27", 20, 2),
    ("1988-2015-03-27", 135, 5),
    ("2048-2015-03-17", 11, 0),
    ("751-2015-03-17", 13, 1),
]
FILES = [name for name, *_ in DOCUMENTS]
SAMPLED = [
    "1267-2014-11-19", "1988-2015-03-27", "1518-2015-03-17", "1970-2014-10-31", "751-2015-03-17", "1737-2015-03-17",
]  # fmt: skip

LATN, ARAB, GOOD, LOW = {"script": "Latn"}, {"script": "Arab"}, {"quality": "good"}, {"quality": "low"}
# Key, place in the record, what stands there, what is claimed.
EXPECTED = [
    ("IQe.198", "FIRST_NAME", "AL-HUDA STATE COMPANY FOR RELIGIOUS TOURISM", P.NAME,
     "AL-HUDA STATE COMPANY FOR RELIGIOUS TOURISM", LATN),
    ("IQe.198", "DATAID", "6908333", P.DATA_ID, "6908333", {}),
    ("IQe.198", "ENTITY_ALIAS[3]/ALIAS_NAME", "AL-HODA FOR RELIGIOUS TOURISM COMPANY", P.ALIAS,
     "AL-HODA FOR RELIGIOUS TOURISM COMPANY", LATN),
    ("IQe.208", "LISTED_ON", "2006-05-12", P.LISTED_ON, "2006-05-12", {}),
    ("IQe.208", "ENTITY_ADDRESS/NOTE", "(Registered office address)", P.ADDRESS,
     "53/64 Chancery Lane, London WC2A 1QU, United Kingdom",
     {"street": "53/64 Chancery Lane", "city": "London WC2A 1QU", "country": "United Kingdom",
      "note": "(Registered office address)"}),
    ("QI.A.21.01", "REFERENCE_NUMBER", "QI.A.21.01.", P.REFERENCE, "QI.A.21.01", {}),
    ("QI.A.21.01", "REFERENCE_NUMBER", "QI.A.21.01.", P.REFERENCE, "QI.A.21.01.", {"spelling": "as printed"}),
    ("QI.A.21.01", "FOURTH_NAME", "ALI", P.NAME, "AHMED MOHAMMED HAMED ALI", LATN),
    ("QI.A.21.01", "DATAID", "111917", P.DATA_ID, "111917", {}),
    ("QI.A.21.01", "LISTED_ON", "2001-10-17T00:00:00", P.LISTED_ON, "2001-10-17", {}),
    ("QI.A.21.01", "NAME_ORIGINAL_SCRIPT", "احمد محمد حامد علي", P.ORIGINAL_NAME, "احمد محمد حامد علي", ARAB),
    ("QI.A.21.01", "LAST_DAY_UPDATED/VALUE[1]", "2007-07-02T00:00:00", P.AMENDED_ON, "2007-07-02", {}),
    ("QI.A.21.01", "INDIVIDUAL_ALIAS[6]/ALIAS_NAME", "Shieb, Ahmed", P.ALIAS, "Shieb, Ahmed", GOOD | LATN),
    ("QI.A.21.01", "INDIVIDUAL_ALIAS[7]/ALIAS_NAME", "Abu Fatima", P.ALIAS, "Abu Fatima", LOW | LATN),
    ("QI.A.21.01", "INDIVIDUAL_DATE_OF_BIRTH/DATE", "1967-01-13T00:00:00", P.BIRTH_DATE, "1967-01-13", {}),
    ("QI.A.21.01", "COMMENTS1", "resolution 1822 (2008) was concluded on 15 Jun. 2010.", P.REVIEWED_ON, "2010-06-15",
     {"resolution": "1822 (2008)"}),
    ("QE.M.139.14", "COMMENTS1", "led by Mokhtar Belmokhtar (QI.B.136.03).", P.RELATION, "QI.B.136.03",
     {"phrase": "led by", "name": "Mokhtar Belmokhtar"}),
    ("QE.M.139.14", "NAME_ORIGINAL_SCRIPT", "الموقعون بالدم", P.ORIGINAL_NAME, "الموقعون بالدم", ARAB),
    ("IQi.013", "FIRST_NAME", "IBRAHIM     ", P.NAME, "IBRAHIM AHMAD ABD AL-SATTAR MUHAMMED AL-TIKRITI", LATN),
    ("IQi.013", "INDIVIDUAL_DATE_OF_BIRTH/YEAR", "1950", P.BIRTH_YEAR, "1950", {}),
    ("QI.A.248.08", "INDIVIDUAL_ADDRESS[2]/STREET", "Barangay Tigib", P.ADDRESS,
     "Barangay Tigib, Ayungon, Negros Oriental, Philippines",
     {"street": "Barangay Tigib", "city": "Ayungon", "state": "Negros Oriental", "country": "Philippines"}),
    ("QI.A.248.08", "COMMENTS1", "Member of the Rajah Solaiman Movement (QE.R.128.08.).", P.RELATION, "QE.R.128.08",
     {"phrase": "member of", "name": "Rajah Solaiman Movement"}),
    ("IRe.059", "COMMENTS1", "[Old Reference # I.AC.50.20.12.12.(2)]", P.OLD_REFERENCE, "I.AC.50.20.12.12.(2)", {}),
    ("IRe.059", "LAST_DAY_UPDATED/VALUE", "2014-12-17", P.AMENDED_ON, "2014-12-17", {}),
    ("IQe.047", "ENTITY_ADDRESS/CITY", "Khadhumiya", P.ADDRESS, "P.O. Box 9114, Khadhumiya, Baghdad, Iraq",
     {"street": "P.O. Box 9114", "city": "Khadhumiya", "state": "Baghdad", "country": "Iraq"}),
    ("IRe.013", "COMMENTS1", "[Old Reference # E.29.I.4]", P.OLD_REFERENCE, "E.29.I.4", {}),
    ("IRe.013", "FIRST_NAME", "DOOSTAN INTERNATIONAL COMPANY (DICO)", P.NAME, "DOOSTAN INTERNATIONAL COMPANY (DICO)",
     LATN),
    ("IQe.120", "ENTITY_ALIAS/ALIAS_NAME", "STATE ENTERPRISE FOR AUTOMOTIVE INDUSTRIES", P.ALIAS,
     "STATE ENTERPRISE FOR AUTOMOTIVE INDUSTRIES", LATN),
    ("IQe.102", "ENTITY_ADDRESS/CITY", "Samawah", P.ADDRESS, "P.O. Box 5, Samawah, Iraq",
     {"street": "P.O. Box 5", "city": "Samawah", "country": "Iraq"}),
    ("IRe.040", "ENTITY_ADDRESS/STREET", "Corner of Imam Ali Highway and Babaei Highway", P.ADDRESS,
     "Corner of Imam Ali Highway and Babaei Highway, Tehran, Iran",
     {"street": "Corner of Imam Ali Highway and Babaei Highway", "city": "Tehran", "country": "Iran"}),
    ("IQe.124", "ENTITY_ADDRESS/CITY", "P.O. Box 11183", P.ADDRESS, "P.O. Box 11183, Baghdad, Iraq",
     {"city": "P.O. Box 11183", "state": "Baghdad", "country": "Iraq"}),
    ("TAi.009", "TITLE/VALUE", "Maulavi", P.TITLE, "Maulavi", {}),
    ("TAi.009", "DESIGNATION/VALUE", "Deputy Minister of Agriculture under the Taliban regime", P.POSITION,
     "Deputy Minister of Agriculture under the Taliban regime", {}),
    ("TAi.009", "INDIVIDUAL_DATE_OF_BIRTH/YEAR", "1953", P.BIRTH_DATE, "1953", {"type": "approximately"}),
    ("TAi.009", "LAST_DAY_UPDATED/VALUE[3]", "2011-11-29", P.AMENDED_ON, "2011-11-29", {}),
    ("IQe.101", "ENTITY_ADDRESS/CITY", "Basra", P.ADDRESS, "Basra, Iraq", {"city": "Basra", "country": "Iraq"}),
    ("IQe.140", "ENTITY_ADDRESS/CITY", "Alwiya, near Unknown Soldier, Saadoun Street", P.ADDRESS,
     "P.O. Box 5890, Alwiya, near Unknown Soldier, Saadoun Street, Baghdad, Iraq",
     {"street": "P.O. Box 5890", "city": "Alwiya, near Unknown Soldier, Saadoun Street", "state": "Baghdad",
      "country": "Iraq"}),
    ("QE.L.96.03", "FIRST_NAME", "LASHKAR I JHANGVI (LJ)", P.NAME, "LASHKAR I JHANGVI (LJ)", LATN),
    ("QE.L.96.03", "COMMENTS1", "was concluded on 21 Jun. 2010.", P.REVIEWED_ON, "2010-06-21",
     {"resolution": "1822 (2008)"}),
    ("IQe.118", "ENTITY_ADDRESS/STATE_PROVINCE", "Nasiriyah", P.ADDRESS, "P.O. Box 38, Nasiriyah, Iraq",
     {"city": "P.O. Box 38", "state": "Nasiriyah", "country": "Iraq"}),
    ("LYi.016", "FIRST_NAME", "Saif al-Arab", P.NAME, "Saif al-Arab Qadhafi", LATN),
    ("LYi.016", "INDIVIDUAL_PLACE_OF_BIRTH/CITY", "Tripoli", P.BIRTH_PLACE, "Tripoli, Libya",
     {"city": "Tripoli", "country": "Libya"}),
    ("TAi.067", "THIRD_NAME", "PADSHAH KHAN", P.NAME, "SHER MOHAMMAD ABBAS STANEKZAI PADSHAH KHAN", LATN),
    ("TAi.067", "LISTED_ON", "2001-01-25", P.LISTED_ON, "2001-01-25", {}),
]  # fmt: skip


def _the_bytes(folder: Path, name: str) -> bytes:
    return (folder / "lists" / "un-sc-committee" / f"{name}.xml").read_bytes()


@cache
def _the_document(folder: Path, name: str) -> tuple[DocumentFacts, list[Record], dict[str, EntryReading]]:
    facts, records = SOURCE.read(_the_bytes(folder, name), f"{name}.xml")
    return facts, records, {reading.key: reading for reading in SOURCE.readings(records)}


def _sampled(folder: Path) -> dict[str, tuple[Record, EntryReading]]:
    found: dict[str, tuple[Record, EntryReading]] = {}
    for name in SAMPLED:
        _, records, readings = _the_document(folder, name)
        found |= {key: (record, reading) for record, (key, reading) in zip(records, readings.items(), strict=True)}
    return found


@pytest.mark.parametrize(("name", "persons", "organisations"), DOCUMENTS)
def test_a_document_is_of_its_committee_and_has_the_entries_counted(real_files, name, persons, organisations):
    """Committee, day and numbers as noted when the files were collected, by other means than this reader."""
    committee, _, day = name.partition("-")
    facts, _, readings = _the_document(real_files, name)

    kinds = Counter(c.value for r in readings.values() for c in r.claims if c.property is P.KIND)
    part = SOURCE.info.part_of(facts.source)
    assert facts.source == f"un-sc-committee/{committee}"
    assert str(facts.date) == day
    assert facts.entries == len(readings) == persons + organisations
    assert (kinds["person"], kinds["organisation"]) == (persons, organisations)
    assert part is not None
    assert part.band[0] <= facts.entries <= part.band[1]
    assert {c.value for r in readings.values() for c in r.claims if c.property is P.MEMBER} == set(part.lists)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_unread(real_files, name):
    """The mapper of the consolidated list understands every field."""
    _, _, readings = _the_document(real_files, name)

    assert [(r.key, left) for r in readings.values() for left in r.unread] == []


@pytest.mark.parametrize("name", FILES)
def test_none_of_them_can_be_kept_as_the_consolidated_list(real_files, name):
    """It would tell that all other regimes' entries were gone."""
    with pytest.raises(SourceRefused, match="name un-sc-committee as its source"):
        CONSOLIDATED.read(_the_bytes(real_files, name), f"{name}.xml")


def test_the_number_of_the_database_ties_old_to_new_numbers_but_for_those_listed_last(real_files):
    """Entries of 2014 and 2015 got new numbers in the database too; of all others the old number holds the new."""
    old, new = (
        {
            c.value: key
            for key, r in _the_document(real_files, name)[2].items()
            for c in r.claims
            if c.property is P.DATA_ID
        }
        for name in ("1267-2015-02-19", "1267-2015-03-17")
    )

    both = old.keys() & new.keys()
    assert (len(old), len(new), len(both)) == (304, 304, 264)
    assert all(old[n].startswith(("QI.", "QE.")) and new[n].startswith(("QDi.", "QDe.")) for n in both)
    # QI.A.12.01 and QDi.012: the third part is the number.
    assert all(int(old[n].split(".")[2]) == int(new[n].split(".")[1]) for n in both)
    renumbered = {f"QD{k[1].lower()}.{int(k.split('.')[2]):03}": k for n, k in old.items() if n not in both}
    assert len(renumbered.keys() & set(new.values())) == 36
    assert {renumbered[k][-2:] for k in renumbered.keys() & set(new.values())} == {"14", "15"}


def test_subjects_are_those_of_the_consolidated_list(real_files):
    """An entry of a committee's list is the same subject there and here."""
    _, _, readings = _the_document(real_files, "1988-2015-03-27")

    assert {reading.subject for reading in readings.values()} == {f"un-sc:{key}" for key in readings}


@pytest.mark.parametrize(("key", "field", "raw", "prop", "value", "pairs"), EXPECTED)
def test_what_stands_in_a_record_is_what_is_claimed(real_files, key, field, raw, prop, value, pairs):
    """Each was read by a person in the document: what is printed there, and what it says."""
    record, reading = _sampled(real_files)[key]

    assert raw in dict(record.fields)[field]
    assert (value, facets(**pairs)) in [(c.value, c.facets) for c in reading.claims if c.property is prop]


def test_the_records_checked_are_a_sample_drawn_by_lot(real_files):
    """Nobody chose the records that happen to work."""
    drawn = set(random.Random(20141119).sample(list(_sampled(real_files)), 20))

    assert drawn == {key for key, *_ in EXPECTED}


def test_the_same_bytes_give_the_same_readings(real_files):
    """A statement's id rests on this."""
    facts, records = SOURCE.read(_the_bytes(real_files, FILES[0]), "again.xml")

    assert (facts, records, {r.key: r for r in SOURCE.readings(records)}) == _the_document(real_files, FILES[0])
