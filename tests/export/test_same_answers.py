"""Who loads an export gets the register's own answers for the same dates: in each format, as far as it can be asked."""

import csv
import datetime as dt
import io
import json

import pytest

from tizim.answer.members import members
from tizim.answer.times import Asked, as_of
from tizim.export import Output, export, from_view
from tizim.screen import from_files
from tizim.screen.from_register import snapshot
from tizim.screen.subjects import status_of

from .conftest import NOW

LISTS = ("un-1267", "un-1988")
DATES = [
    Asked(as_of="2024-03-01"),  # before anything is held
    Asked(as_of="2024-04-01"),  # before one left and another came
    Asked(as_of="2024-05-15"),
    Asked(as_of="2024-06-10"),
    Asked(as_of="2024-06-10", known_at="2024-05-10", basis="published"),  # the last copy was not out
]
NAMES = ("Anvar Testov", "Tester Anvar", "أنور", "Test Group", "Gone From It", "Nobody At All")


@pytest.fixture(params=DATES, ids=lambda one: f"{one.as_of} {one.known_at or ''}".strip())
def asked(request, register):
    """The register at two dates: a view, the dates, and what it says itself: by list and subject the state."""
    with register.view() as view:
        at = as_of(request.param, view, NOW)
        own = {(one.list, one.subject): status_of(one) for each in LISTS for one in members(view, each, at).members}
        yield view, at, own


@pytest.fixture
def loaded(asked, register):
    """The bytes of a format at these dates."""
    view, at, _ = asked

    def of(form):
        file = io.BytesIO()
        given = from_view(view, at, "v", register.head(), with_statements=form == "statements")
        export(given, [Output(format=form, name="f", file=file)], raw=True)
        return file.getvalue()

    return of


def lists_of(entities):
    """By list and subject the state, from entities in the model's form."""
    return {
        (own["programId"][0], own["entity"][0]): own["status"][0]
        for own in (one["properties"] for one in entities if one["schema"] == "Sanction")
    }


def rows(data):
    """Rows of CSV by the names of their columns."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_entities_tell_the_same_states(asked, loaded):
    """Every listing of the day is there with its state, and no other."""
    assert lists_of(map(json.loads, loaded("ftm").splitlines())) == asked[2]


def test_entities_that_are_screened_against_give_the_same_matches(asked, loaded, tmp_path):
    """As `tizim serve --entities` loads them: the same subjects with the same scores and facts."""
    view, at, own = asked
    path = tmp_path / "entities.ftm.json"
    path.write_bytes(loaded("ftm"))
    left_out = []

    there = from_files.snapshot([from_files.EntityFile(path=path, dataset="x")], NOW, left_out)
    here = snapshot(view, at, "v", "")

    assert not left_out
    assert found(there) == found(here)
    assert any(found(here).values()) == bool(own)


def found(made):
    """For each name whom it may be, and how sure, and what is told of them."""
    return {
        (name, schema): [
            (made.id(int(one.id)), one.name, one.score, made.entity(int(one.id)).properties)
            for one in made.screener.match(name, schema, 5, 0.5)
        ]
        for name in NAMES
        for schema in ("Person", "Organization")
    }


def test_statements_tell_the_same_states(asked, loaded):
    """Put together by what they are about, and by the days between which documents say so."""
    view, at, own = asked
    told = rows(loaded("statements"))

    stated: dict[str, dict[str, list[str]]] = {}
    for row in told:
        if row["schema"] == "Sanction":
            stated.setdefault(row["canonical_id"], {}).setdefault(row["prop"], []).append(row["value"])
    known = {doc.day for doc in view.documents() if at.basis.value == "recorded" or doc.day <= at.known_at.date()}

    assert lists_of({"schema": "Sanction", "properties": one} for one in stated.values()) == own
    days = {row[when] for row in told if row["origin"] for when in ("first_seen", "last_seen")}
    assert {dt.date.fromisoformat(one) for one in days} <= known


def test_targets_and_records_for_comparison_name_the_same_subjects_on_the_same_lists(asked, loaded):
    """In a cell for all lists; what belongs to a subject is beside it."""
    own = {(each.replace("-", "_"), subject) for each, subject in asked[2]}

    targets = [(row["dataset"], row["id"]) for row in rows(loaded("targets")) if row["schema"] != "CryptoWallet"]
    senzing = [(one["DATASETS"], one["RECORD_ID"]) for one in map(json.loads, loaded("senzing").splitlines())]

    for told in (targets, senzing):
        assert {(each, subject) for cell, subject in told for each in cell.split(";")} == own


def test_a_table_tells_the_same_states(asked, loaded):
    """Read by the library that other programs read it with."""
    pq = pytest.importorskip("pyarrow.parquet")

    table = pq.read_table(io.BytesIO(loaded("parquet"))).to_pylist()

    assert lists_of({**one, "properties": dict(one["properties"])} for one in table) == asked[2]
