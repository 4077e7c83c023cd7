"""The real UN files, kept: every addition and disappearance, in any order, with the same answers."""

import datetime as dt
import gzip
import random
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from tests.makers import Ticking, a_register

from tizim.answer import wire
from tizim.answer.changes import difference
from tizim.answer.members import members
from tizim.answer.times import Asked, as_of
from tizim.domain.lists import ListId
from tizim.keep import keep
from tizim.keep.starter import load
from tizim.sources.un_sc import SOURCE

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
DAYS = ["2010-01-01", "2015-03-14", "2015-11-30", "2018-06-10", "2023-10-01", "2024-10-01", "2025-10-01", "2026-03-01"]


def keys_of(path: Path) -> set[str]:
    """References of a file, read by other means than the reader under test."""
    root = ET.fromstring(gzip.decompress(path.read_bytes()))  # noqa: S314 - an official file, in a test
    found = set()
    for one in root.iter("REFERENCE_NUMBER"):
        text = (one.text or "").strip().rstrip(".")
        found.add(text[:2].upper() + text[2].lower() + text[3:])
    return found


@pytest.fixture
def files(real_files):
    """The 23 dated copies in order."""
    return sorted((real_files / "lists" / "un-sc").glob("*.xml.gz"))


def told(register):
    """What the register answers for a set of days, without the moments of recording."""
    found = []
    with register.view() as view:
        for day in DAYS:
            at = as_of(Asked(as_of=day), view, NOW)
            found.append(wire.members(members(view, ListId("un-sc"), at))["members"])
        at = as_of(Asked(), view, NOW)
        pair = dt.date(2023, 3, 27), dt.date(2024, 9, 21)
        found.append(wire.difference(difference(view, ListId("un-sc"), *pair, at)) | {"as_of": None})
    return found


@pytest.mark.slow
def test_every_addition_and_disappearance_between_neighbours_is_reproduced(files, tmp_path):
    """Kept in order, reports and differences equal the plain set differences of the files."""
    register = a_register(tmp_path)

    report = keep(SOURCE, files, register, register.archive, Ticking())

    assert [doc.outcome for doc in report.documents] == ["kept"] * len(files)
    before: set[str] = set()
    for path, doc in zip(files, report.documents, strict=True):
        now = keys_of(path)
        assert set(doc.new_keys) == now - before
        assert set(doc.absent_keys) == before - now
        before = now
    with register.view() as view:
        at = as_of(Asked(), view, NOW)
        for first, second in pairwise(files):
            pair = [dt.date.fromisoformat(path.name[:10]) for path in (first, second)]
            found = difference(view, ListId("un-sc"), *pair, at)
            assert {one.reference for one in found.added} == keys_of(second) - keys_of(first)
            assert {one.reference for one in found.gone} == keys_of(first) - keys_of(second)
        for path in files:
            shown = members(view, ListId("un-sc"), as_of(Asked(as_of=path.name[:10]), view, NOW))
            assert {one.reference for one in shown.members} == keys_of(path)
    assert register.verify().faults == ()


@pytest.mark.slow
def test_the_order_of_keeping_and_keeping_twice_change_no_answer(files, tmp_path):
    """Forward, backward, at random and twice: one file a run, so that the order is the caller's."""
    chance = random.Random(5)
    some = files[::2]
    mixed = chance.sample(some, len(some))
    answers = []
    for number, order in enumerate([some, some[::-1], [*mixed, *mixed]]):
        register = a_register(tmp_path / str(number))
        clock = Ticking()
        for path in order:
            keep(SOURCE, [path], register, register.archive, clock, accept_drop=True)
        answers.append(told(register))
        register.close()

    assert answers[1] == answers[0]
    assert answers[2] == answers[0]


@pytest.mark.slow
def test_keeping_the_very_files_after_the_starter_adds_what_was_missing_and_no_second_statement(files, tmp_path):
    """The starter's facts and the files' own are the same statements."""
    register = a_register(tmp_path)
    clock = Ticking()
    load(register, clock)
    with register.view() as view:
        names = [row.text for row in view.names_of(["un-sc:QDe.004"])]
        shown = wire.members(members(view, ListId("un-sc"), as_of(Asked(as_of="2020-11-25"), view, NOW)))["members"]

    report = keep(SOURCE, files[-2:], register, register.archive, clock)

    assert [doc.outcome for doc in report.documents] == ["kept", "kept"]
    with register.view() as view:
        assert [row.text for row in view.names_of(["un-sc:QDe.004"])] == names
        after = wire.members(members(view, ListId("un-sc"), as_of(Asked(as_of="2020-11-25"), view, NOW)))["members"]
    assert after == shown
    assert register.verify().faults == ()
