"""What is told beside an exported file: of which dates it is, from which register, and by which sums it is known."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from tizim import __version__
from tizim.export.supplied import Supplied

ENDING: Final = ".export.json"
"""what the record's name has more than the file's"""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was written."""

    format: str
    file: str
    """its name"""
    rows: int
    """lines or rows without the head"""
    subjects: int
    bytes: int
    sha256: str
    sha1: str
    """which is what yente checks"""
    neutralised: int
    """cells of CSV that got an apostrophe, so that no spreadsheet runs them"""


class ListTold(msgspec.Struct, frozen=True, kw_only=True):
    """A list in an export, and how old what is held of it is."""

    id: str
    dataset: str
    title: str
    entities: int
    """those on it, in the whole register"""
    last_observed: dt.date | None
    stale: bool


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """How far the register's log went: its last row, and the hash of it."""

    sequence: int
    hash: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is an export of. Keys are relied on from outside: add, never rename."""

    tizim: str
    format: str
    file: str
    as_of: str
    known_at: dt.datetime
    basis: str
    head: Reached
    """of the register's log; `tizim verify` proves it"""
    data_version: str
    """that of the service's answers from the same data"""
    of_lists: tuple[str, ...]
    """the lists asked for; none for all"""
    rows: int
    subjects: int
    bytes: int
    sha256: str
    sha1: str
    neutralised: int
    lists: tuple[ListTold, ...]


def record(supplied: Supplied, written: Written) -> Record:
    """The record of a file."""
    about = supplied.about
    return Record(
        tizim=__version__, format=written.format, file=written.file, as_of=about.as_of,
        known_at=dt.datetime.fromisoformat(about.known_at), basis=about.basis, head=reached(supplied),
        data_version=about.version, of_lists=supplied.lists, rows=written.rows, subjects=written.subjects,
        bytes=written.bytes, sha256=written.sha256, sha1=written.sha1, neutralised=written.neutralised,
        lists=tuple(
            ListTold(
                id=one.list, dataset=one.name, title=one.title, entities=one.entities,
                last_observed=one.last_observed, stale=one.stale,
            )
            for one in supplied.datasets
            if one.list and not one.is_collection
        ),
    )  # fmt: skip


def reached(supplied: Supplied) -> Reached:
    """The head of the log up to which the register was read."""
    return Reached(sequence=supplied.head.sequence, hash=supplied.head.hash)


def metadata(supplied: Supplied) -> Mapping[str, str]:
    """The same in short, for a format that has a place for it."""
    about = supplied.about
    return {
        "tizim": __version__, "as_of": about.as_of, "known_at": about.known_at, "basis": about.basis,
        "head_sequence": str(supplied.head.sequence), "head_hash": supplied.head.hash, "data_version": about.version,
        "of_lists": ",".join(supplied.lists),
    }  # fmt: skip


def as_json(value: object) -> bytes:
    """A file of JSON that people may read too."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
