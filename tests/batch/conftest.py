"""A small list, customers of whom some are on it, and a way to screen them in this process."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from tizim.batch.local import Local
from tizim.batch.running import Job, Supply, run
from tizim.batch.terms import Terms
from tizim.screen.from_files import EntityFile, snapshot

LISTED = [
    {
        "id": "p1", "schema": "Person",
        "properties": {"name": ["Anvar Testov", "Анвар Тестов"], "birthDate": ["1971-05-06"]},
    },
    {
        "id": "p2", "schema": "Person",
        "properties": {"name": ["Salman bin Ahmed al-Tamimi"], "passportNumber": ["X1234567"]},
    },
    {"id": "o1", "schema": "Organization", "properties": {"name": ["Acme Bank", "Acme Banque"]}},
    {"id": "v1", "schema": "Vessel", "properties": {"name": ["Ocean Star"], "imoNumber": ["IMO9074729"]}},
    {
        "id": "s1", "schema": "Sanction",
        "properties": {"entity": ["p1"], "authorityId": ["TZi.001"], "program": ["Testing"]},
    },
]  # fmt: skip
MORE = [{"id": "q1", "schema": "Person", "properties": {"name": ["Anvar Testow"]}}]
FIRST = ("Anwar", "Salman", "Owen", "Jamila", "Pieter", "Huda", "Lotte", "Tariq")
LAST = ("Testov", "al-Tamimi", "Bakker", "Example", "Nobody", "Jansen", "Acme Bank", "Ocean Star")


def lists_in(folder: Path) -> list[EntityFile]:
    """Two lists, as files in *folder*."""
    found = []
    for name, entities in (("one", LISTED), ("two", MORE)):
        path = folder / f"{name}.ftm.json"
        path.write_text("".join(json.dumps(one) + "\n" for one in entities), encoding="utf-8")
        found.append(EntityFile(path=path, dataset=name))
    return found


def customers(count: int) -> list[tuple[str, str]]:
    """Ids and names of customers, of whom some are listed."""
    return [(f"c{at}", f"{FIRST[at % 8]} {LAST[at * 7 // 3 % 8]}") for at in range(count)]


def a_file(path: Path, rows, head=("customer_id", "name")) -> str:
    """A CSV of *rows*."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return str(path)


@pytest.fixture(scope="session")
def saved(tmp_path_factory):
    """The file of a snapshot of both lists, and its version."""
    folder = tmp_path_factory.mktemp("lists")
    made = snapshot(lists_in(folder), dt.datetime(2026, 11, 26, tzinfo=dt.UTC), [])
    path = folder / "lists.snapshot"
    made.save(path)
    return path, made.about.version


@pytest.fixture
def screen(saved):
    """Screens a file; gives the outcome. What was said besides is in ``screen.notices``."""
    path, version = saved

    def screened(input_, output, *, engine=None, version=version, tell=lambda _: None, **more):
        job = Job(
            input=str(input_), output=str(output), terms=more.pop("terms", None) or Terms(schema="Person"), **more
        )
        supply = Supply(version=version, against="files", snapshot=lambda: path)
        return run(job, supply, engine or Local(1), tell, screened.notices.append)

    screened.notices = []
    return screened


def read(path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
