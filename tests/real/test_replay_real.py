"""Versions of one list kept one after another, held against the files as they are."""

import csv
import io
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from tests.makers import Ticking, a_register

from tizim.keep import Keeping, keep
from tizim.register.archive import Archive
from tizim.sources.catalogue import source

pytestmark = pytest.mark.real
STRIDE = 20
"""every so many versions one is kept: all 281 of them are kept by bench/lists.py"""
SDN = source("us-ofac-sdn-csv")


def versions(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of some versions, in the order in which they were published; the first five in a row."""
    with tarfile.open(folder / "lists" / "us-ofac-sdn-csv" / "sdn-history.tar.xz") as tar:
        members = sorted((one for one in tar if one.isfile()), key=lambda one: one.name)
        assert len(members) == 281
        for number, member in enumerate(members):
            if number < 5 or number % STRIDE == 0:
                file = tar.extractfile(member)
                assert file is not None
                yield Path(member.name).name, file.read()


def rows_of(data: bytes) -> dict[str, tuple[str, ...]]:
    """The rows of a main file by uid, read without tizim."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("windows-1252")
    return {row[0].strip(): tuple(row) for row in csv.reader(io.StringIO(text)) if len(row) > 1}


@pytest.fixture(scope="module")
def replayed(real_files, tmp_path_factory):
    """Every version with what keeping it reported, and a file of zero bytes kept between the third and the fourth."""
    folder = tmp_path_factory.mktemp("replay")
    register = a_register(folder)
    keeping = Keeping(register=register, archive=Archive(folder / "archive"), clock=Ticking())
    told = []
    for number, (name, data) in enumerate(versions(real_files)):
        path = folder / name
        path.write_bytes(data)
        report = keep(SDN, [path], keeping)
        told.append((rows_of(data), report.documents[0]))
        path.unlink()
        if number == 2:
            empty = folder / f"{name[:10]}T235959-empty.sdn.csv"
            empty.write_bytes(b"")
            nothing = keep(SDN, [empty], keeping).documents[0]
    yield told, nothing
    register.close()


@pytest.mark.slow
def test_every_version_is_kept_with_as_many_entries_as_it_has_rows(replayed):
    """A row that is lost would look like a delisting."""
    for rows, document in replayed[0]:
        assert document.outcome in {"kept", "unchanged"}, document.reason
        assert document.entries == len(rows)


@pytest.mark.slow
def test_the_added_and_the_gone_between_neighbours_are_those_of_the_files(replayed):
    """What keeping reports of a version is what a comparison of the two files shows."""
    told, _ = replayed
    for (before, _), (after, document) in pairwise(told):
        assert set(document.new_keys) == after.keys() - before.keys()
        assert set(document.absent_keys) == before.keys() - after.keys()


@pytest.mark.slow
def test_a_renamed_subject_is_an_amendment_of_the_same_subject(replayed):
    """The uid stays when the name changes: nobody left the list and nobody came."""
    told, _ = replayed
    renamed = 0
    for (before, _), (after, document) in pairwise(told):
        others = {key for key in before.keys() & after.keys() if before[key][1] != after[key][1]}
        real = {key for key in others if before[key][1].split() != after[key][1].split()}
        renamed += len(real)
        assert real <= set(document.changed_keys)
        assert not real & {*document.new_keys, *document.absent_keys}
    assert renamed


@pytest.mark.slow
def test_a_version_of_zero_bytes_between_two_others_is_refused_and_changes_nothing(replayed):
    """A failed fetch looks like a list from which everybody was taken."""
    told, nothing = replayed

    assert nothing.outcome == "refused"
    assert "empty" in nothing.reason
    assert told[3][1].absent < 1_000
