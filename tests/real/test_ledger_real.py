import csv
from collections import Counter
from pathlib import Path

import pytest

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.sources.catalogue import LISTS
from tizim.sources.ledger import SOURCE, bundle_only

pytestmark = pytest.mark.real

KINDS = ("designations", "organisations", "lists", "measures", "seed_claims")


@pytest.fixture(scope="module")
def folder(real_files: Path) -> Path:
    """The folder of the real ledger."""
    return real_files / "ledger"


@pytest.fixture(scope="module")
def files(folder: Path) -> dict[str, tuple[DocumentFacts, list[Record]]]:
    """Each of the five files as it is read."""
    return {kind: SOURCE.read((folder / f"{kind}.csv").read_bytes(), f"{kind}.csv") for kind in KINDS}


@pytest.fixture(scope="module")
def mapped(files) -> dict[str, list[EntryReading]]:
    """The entries of each file."""
    return {kind: list(SOURCE.readings(found)) for kind, (_, found) in files.items()}


@pytest.fixture(scope="module")
def acts(mapped) -> dict[str, Claim]:
    """The act of each row of designations.csv, by row_id."""
    return {
        reading.key: claim
        for reading in mapped["designations"]
        for claim in reading.claims
        if claim.property is Property.ACT
    }


def rows(folder: Path, kind: str) -> list[dict[str, str]]:
    """The rows of a file, read without tizim."""
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of(readings: list[EntryReading], wanted: Property) -> list[Claim]:
    """The claims of one property."""
    return [claim for reading in readings for claim in reading.claims if claim.property is wanted]


def test_every_row_is_read_and_nothing_is_unread(files, mapped):
    """The mapper knows each word of the present files: a new one must be seen, not swallowed."""
    entries = {kind: facts.entries for kind, (facts, _) in files.items()}

    assert entries == {
        "designations": 750,
        "organisations": 214,
        "lists": 44,
        "measures": 11,
        "seed_claims": 20,
    }
    assert {kind: len(readings) for kind, readings in mapped.items()} == entries
    assert [value for readings in mapped.values() for reading in readings for value in reading.unread] == []


def test_the_files_are_as_new_as_the_newest_day_they_name(files):
    """The annexes were read on 14 August 2026; the other files name older days."""
    dates = {kind: str(facts.date) for kind, (facts, _) in files.items()}

    assert dates == {
        "designations": "2026-08-14",
        "organisations": "2026-08-14",
        "lists": "2025-03-18",
        "measures": "2022-12-09",
        "seed_claims": "2024-06-04",
    }


def test_every_row_is_one_act_with_its_cells(folder, acts):
    """No row is lost and no cell is changed on the way."""
    counts = Counter(act.value for act in acts.values())

    assert counts == Counter({
        "listed": 382, "reviewed": 155, "on_list": 68, "delisted": 39, "proposed": 30, "renewed": 16,
        "decision_signed": 16, "amended": 14, "announced": 14, "annulled": 4, "confirmed": 3, "expired": 3,
        "suspended": 2, "appealed": 1, "effective": 1, "law_changed": 1, "appeal_allowed": 1,
    })  # fmt: skip
    same = {
        "name": "org_name_as_stated",
        "list": "list_id",
        "precision": "date_precision",
        "reference": "ref_no",
    }
    same |= {name: name for name in ("date", "date_kind", "date_until", "legal_act", "note", "source_class", "vk")}
    for row in rows(folder, "designations"):
        assert {facet: acts[row["row_id"]].facet(facet) for facet in same} == {
            facet: row[column] for facet, column in same.items()
        }


def test_only_aliases_inside_another_entry_have_a_carrier(acts):
    """One subject alone is listed, and delisted, inside the entry of another."""
    carriers = [(act.facet("list"), act.value, act.facet("carrier")) for act in acts.values() if act.facet("carrier")]

    assert sorted(carriers) == [("uk-tact", "amended", "Al-Qa'ida"), ("uk-tact", "delisted", "Al-Qa'ida")]


def test_only_undated_pages_about_undated_events_were_out_on_no_known_day(acts):
    """Every other source has a day by which it was out, and none lies after the files themselves."""
    without = {act.facet("source_title") for act in acts.values() if not act.facet("published")}

    assert without == {
        "AiF: FSB adds Mujahedin of Jamaat at-Tawhid wal-Jihad",
        "OFAC FAQ 930",
        "Terrorism Act 2000, Schedule 2 (plain view)",
        "czhr.kz: list of organisations recognised as terrorist (undated)",
        "dkindustry.co (da), citing RIA and the FSB database",
    }
    assert max(act.facet("published") for act in acts.values()) == "2026-08-14"


def test_a_source_was_out_before_the_event_only_where_it_tells_what_is_to_come(acts):
    """Two sources tell of a day ahead; any other would be a date misread."""
    early = [
        act.facet("date_kind")
        for act in acts.values()
        if act.facet("published") and act.facet("published") < act.facet("date")
    ]

    assert sorted(early) == ["expected_effective", "expiry"]


def test_what_was_known_of_kazakhstans_delisting_grew_source_by_source(acts):
    """The story's order of knowing: no source of June 2024 may stand under December 2023."""
    delisting = [
        (act.facet("published"), act.facet("source_title").split(",")[0].split(":")[0])
        for act in acts.values()
        if act.facet("conflict_group") == "kz-taliban" and act.value == "delisted"
    ]

    assert sorted(delisting) == [
        ("2023-12-29", "Amu TV (from RFE/RL Kazakh service)"),
        ("2023-12-29", "mgorod.kz 2023-12-29"),
        ("2023-12-31", "VOI"),
        ("2024-06-03", "newsweb.ru 2024-06-03 (from Lenta)"),
        ("2024-06-06", "bes.media 2024-06-06 on Ilyashev"),
    ]


def test_every_un_number_is_a_judgement(folder, mapped):
    """Each number of the files ties its subject to the UN's entry, in both files alike."""
    by_row = {(row["org_id"], row["ref_no"]) for row in rows(folder, "designations") if row["ref_no"]}
    by_organisation = {(row["org_id"], row["un_ref"]) for row in rows(folder, "organisations") if row["un_ref"]}

    judged = {
        kind: {
            (reading.subject.removeprefix("ledger:"), claim.facet("with").removeprefix("un-sc:"))
            for reading in mapped[kind]
            for claim in reading.claims
            if claim.property is Property.JUDGEMENT
        }
        for kind in ("designations", "organisations")
    }

    assert judged == {"designations": by_row, "organisations": by_organisation}
    assert (len(of(mapped["designations"], Property.JUDGEMENT)), len(by_organisation)) == (277, 99)


def test_every_name_is_an_alias_of_its_organisation(folder, mapped):
    """The 1,003 names are kept, with their scripts, and two subjects are persons."""
    aliases = of(mapped["organisations"], Property.ALIAS)

    assert Counter(claim.value for claim in aliases) == Counter(row["name"] for row in rows(folder, "organisations"))
    assert Counter(claim.facet("script") for claim in aliases) == {
        "Latn": 875,
        "Cyrl": 67,
        "Arab": 60,
        "Grek": 1,
    }
    assert sum(claim.facet("quality") == "low" for claim in aliases) == 4
    assert sum(claim.facet("stated_by") == "un-sc" for claim in aliases) == 568
    assert Counter(claim.value for claim in of(mapped["organisations"], Property.KIND)) == {
        "organisation": 212,
        "person": 2,
    }


def test_only_what_may_ship_is_bundled(files):
    """660 statements, 923 names of 207 organisations, all rules and measures; no claim of the stories."""
    kept = {kind: bundle_only(found) for kind, (_, found) in files.items()}

    names = [field for record in kept["organisations"] for field, _ in record.fields if field.endswith("/name")]
    assert {kind: len(found) for kind, found in kept.items()} == {
        "designations": 660,
        "organisations": 207,
        "lists": 44,
        "measures": 11,
        "seed_claims": 0,
    }
    assert len(names) == 923


def test_what_ships_makes_only_claims_that_the_whole_makes(files, mapped):
    """The starter's statements must not stand beside those of the full files."""
    whole = {(reading.key, claim.identity) for kind in KINDS for reading in mapped[kind] for claim in reading.claims}

    shipped = {
        (reading.key, claim.identity)
        for _, found in files.values()
        for reading in SOURCE.readings(bundle_only(found))
        for claim in reading.claims
    }

    assert shipped < whole


def test_the_catalogue_has_every_list_the_files_speak_of(real_files, folder):
    """A list that is not in the catalogue makes its rows unread."""
    with (real_files / "list-ids.csv").open(encoding="utf-8", newline="") as file:
        spoken_of = {row["list_id"]: row["issuer"] for row in csv.DictReader(file)}
    for kind in ("lists", "designations"):
        spoken_of |= {row["list_id"]: row["jurisdiction"] for row in rows(folder, kind)}

    known = {list_id: made.jurisdiction for list_id, made in LISTS.items()}
    assert {list_id: known.get(list_id) for list_id in spoken_of} == spoken_of


def test_the_subjects_a_regime_names_are_organisations_of_the_ledger(folder):
    """The catalogue and the ledger must mean the same subject by the same id."""
    organisations = {row["org_id"] for row in rows(folder, "organisations")}

    named = {subject for made in LISTS.values() for subject in made.about}

    assert named == {"taliban", "al-qaida", "isil"}
    assert named <= organisations


def test_the_claims_of_the_stories_are_about_the_taliban_or_a_topic(mapped):
    """Fourteen of the twenty claims join what is known of the movement."""
    subjects = Counter(reading.subject for reading in mapped["seed_claims"])

    assert subjects == {
        "ledger:taliban": 14,
        "topic:reaction": 3,
        "topic:recognition": 1,
        "topic:KZ-AF relations": 1,
        "topic:the document": 1,
    }
