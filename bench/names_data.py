"""The data that names are fitted on and measured with: pairs, lists, queries, each with what is true of it.

Everything comes from the folder of real files (TIZIM_REAL_FILES, else ../shared); see docs/reference/matching.md.
"""

import csv
import gzip
import hashlib
import importlib.util
import os
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


def real_files() -> Path:
    """The folder of real files."""
    return Path(os.environ.get("TIZIM_REAL_FILES", str(ROOT.parent / "shared")))


class Pair(NamedTuple):
    """Two names and whether they are the same."""

    left: str
    right: str
    schema: str
    same: bool
    tier: str
    state: str
    group: str


class Listed(NamedTuple):
    """One name of a list."""

    key: str
    schema: str
    name: str
    primary: bool


class Query(NamedTuple):
    """A name to look for, and the subjects that are right."""

    name: str
    right: frozenset[str]
    even: bool
    """whether the reference's SHA-256 ends in an even digit: only these may be fitted on"""


@cache
def list_names() -> ModuleType:
    """The generator of large lists."""
    spec = importlib.util.spec_from_file_location("list_names", real_files() / "bench" / "list_names.py")
    assert spec is not None  # noqa: S101 - the path is a Python file
    assert spec.loader is not None  # noqa: S101 - a file has a loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def pairs() -> tuple[Pair, ...]:
    """The development half of the labelled pairs."""
    with (real_files() / "bench" / "name_pairs_dev_review.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Pair(
                row["name1"],
                row["name2"],
                row["schema"],
                row["is_match"] == "true",
                row["quality"],
                row["label_state"],
                row["case_group"],
            )
            for row in csv.DictReader(rows)
        )


def _plain(path: Path, folder: Path) -> Path:
    """A file unpacked, if need be."""
    if path.suffix != ".gz":
        return path
    target = folder / path.name.removesuffix(".gz")
    target.write_bytes(gzip.decompress(path.read_bytes()))
    return target


@cache
def un_names() -> tuple[Listed, ...]:
    """Names of the UN list of 2026-02-27."""
    with tempfile.TemporaryDirectory() as folder:
        path = _plain(real_files() / "lists" / "un-sc" / "2026-02-27.xml.gz", Path(folder))
        return tuple(Listed(*row) for row in list_names().un_names(path))


@cache
def sdn_names() -> tuple[Listed, ...]:
    """Names of the SDN list of 2022-01-31."""
    with tempfile.TemporaryDirectory() as folder:
        csvs = real_files() / "lists" / "us-ofac-sdn-csv"
        sdn = _plain(csvs / "2022-01-31-commit.sdn.csv.gz", Path(folder))
        return tuple(Listed(*row) for row in list_names().sdn_names(sdn, csvs / "2022-01-31-commit.alt.csv"))


def both_lists() -> tuple[Listed, ...]:
    """UN and SDN together: some 25,000 names."""
    return un_names() + sdn_names()


@cache
def references() -> dict[str, str]:
    """Reference number by key of the UN names."""
    root = ET.fromstring(gzip.decompress((real_files() / "lists" / "un-sc" / "2026-02-27.xml.gz").read_bytes()))  # noqa: S314 - an official file
    return {
        "un-" + one.findtext("DATAID", "").strip(): one.findtext("REFERENCE_NUMBER", "").strip()
        for tag in ("INDIVIDUAL", "ENTITY")
        for one in root.iter(tag)
    }


def is_even(key: str) -> bool:
    """Whether a UN entry may be fitted on, by the SHA-256 of its reference."""
    return int(hashlib.sha256(references()[key].encode()).hexdigest()[-1], 16) % 2 == 0


def _column(name: str, column: str = "full_name") -> list[str]:
    with (real_files() / "bench" / name).open(encoding="utf-8", newline="") as rows:
        return [row[column] for row in csv.DictReader(rows)]


@cache
def same_persons() -> dict[str, frozenset[str]]:
    """For a UN key all keys of both lists with the same primary or other Latin name: one person in two lists."""
    by_name: dict[str, set[str]] = {}
    for row in both_lists():
        by_name.setdefault(_sorted(row.name), set()).add(row.key)
    found: dict[str, set[str]] = {}
    for row in un_names():
        found.setdefault(row.key, set()).update(by_name[_sorted(row.name)])
    return {key: frozenset(keys) for key, keys in found.items()}


def _sorted(name: str) -> str:
    return " ".join(sorted("".join(c.lower() if c.isalnum() else " " for c in name).split()))


def un_queries(*, treated: bool) -> list[tuple[str, frozenset[str]]]:
    """UN persons as queries, development half: the name and the UN keys that have it as primary name."""
    by_name: dict[str, set[str]] = {}
    for row in un_names():
        if row.primary:
            by_name.setdefault(_sorted(row.name), set()).add(row.key)
    kind = "treated" if treated else "untreated"
    asked = _column(f"positives_un_{kind}_dev.csv")
    plain = _column("positives_un_untreated_dev.csv")
    return [
        (name, frozenset(by_name[_sorted(listed)]))
        for name, listed in zip(asked, plain, strict=True)
        if _sorted(listed) in by_name
    ]


def negatives(which: str) -> list[str]:
    """Invented names of persons who are on no list: ``global`` or ``us``."""
    return _column(f"negatives_{which}_dev.csv")


def _script_letters(name: str) -> Iterator[str]:
    return (c for c in name if c.isalpha())


def original_queries() -> list[Query]:
    """Original-script names of UN persons (the element NAME_ORIGINAL_SCRIPT)."""
    root = ET.fromstring(gzip.decompress((real_files() / "lists" / "un-sc" / "2026-02-27.xml.gz").read_bytes()))  # noqa: S314 - an official file
    found = []
    for one in root.iter("INDIVIDUAL"):
        name = " ".join((one.findtext("NAME_ORIGINAL_SCRIPT") or "").split())
        if any(ord(c) > 0x24F for c in _script_letters(name)):
            key = "un-" + one.findtext("DATAID", "").strip()
            found.append(Query(name, frozenset({key}), is_even(key)))
    return found


def alias_queries() -> list[Query]:
    """Latin aliases of UN persons of two words or more."""
    return [
        Query(row.name, frozenset({row.key}), is_even(row.key))
        for row in un_names()
        if row.schema == "Person" and not row.primary and len(row.name.split()) > 1
        and not any(ord(c) > 0x24F for c in _script_letters(row.name))
    ]  # fmt: skip


def primary_list() -> list[Listed]:
    """Primary names only, of both lists."""
    return [row for row in both_lists() if row.primary]


def language_pairs() -> dict[str, list[Pair]]:
    """The project's own pairs by language (bench/names)."""
    found = {}
    for path in sorted((ROOT / "bench" / "names").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            found[path.stem] = [
                Pair(row["name1"], row["name2"], row["schema"], row["is_match"] == "true", "MEDIUM", "ok", row["kind"])
                for row in csv.DictReader(rows)
            ]
    return found
