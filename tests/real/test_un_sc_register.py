"""The real copies of the UN list, kept into a register: what it then says is what the files hold."""

import gzip
import random
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.makers import Ticking
from tests.whole import WHOLE, some

from tizim.answer import wire
from tizim.answer.ask import ask
from tizim.answer.changes import difference
from tizim.answer.history import history
from tizim.answer.members import members
from tizim.domain.dates import AsOf, Basis
from tizim.domain.listing import Status
from tizim.domain.lists import ListId
from tizim.errors import NotFound
from tizim.keep.run import Keeping, KeepReport, keep
from tizim.keep.starter import load
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister
from tizim.register.view import View
from tizim.sources.catalogue import source

pytestmark = pytest.mark.real

UN, UN_SC = source("un-sc"), ListId("un-sc")
LATER = datetime(2027, 1, 1, tzinfo=UTC)
IRAN_OUT, IRAN_BACK = ("2015-03-27", "2017-06-20"), ("2025-08-02", "2025-11-15")
SUBJECTS = ("QDe.137", "QDi.343", "TAi.171", "KPe.068", "IRi.001", "IQi.074", "QDe.004")
ASKED = ("2010-06-01", "2015-03-16", "2016-05-05", "2018-06-15", "2020-11-25", "2024-10-01", "2025-09-01", "2026-12-31")


class Kept(msgspec.Struct, frozen=True):
    """A register with the copies in it, and what keeping them reported."""

    register: SqlRegister
    reports: tuple[KeepReport, ...]


def numbers_in(data: bytes) -> frozenset[str]:
    """The reference numbers of a copy, read without tizim: full stops at the end and the letters' case aside."""
    found = [
        (entry.findtext("REFERENCE_NUMBER") or "").strip().rstrip(".").casefold()
        for entry in ET.fromstring(data).iter()  # noqa: S314 - the real files were looked at
        if entry.tag in {"INDIVIDUAL", "ENTITY"}
    ]
    assert len(found) == len(set(found))
    return frozenset(found)


def folded(keys: Iterable[str]) -> frozenset[str]:
    """References for comparing with those of the files."""
    return frozenset(key.casefold() for key in keys)


def filled(folder: Path, runs: Iterable[Sequence[Path]], *, starter: bool = False) -> Kept:
    """A register that keeps *runs* of files one after another."""
    archive = Archive(folder / "archive")
    register = SqlRegister(f"sqlite:///{folder / 'register.sqlite'}", archive)
    register.prepare()
    clock = Ticking()
    if starter:
        load(register, clock)
    return Kept(
        register, tuple(keep(UN, run, Keeping(register=register, archive=archive, clock=clock)) for run in runs)
    )


@pytest.fixture(scope="module")
def files(real_files: Path) -> dict[str, Path]:
    """The copies by their day."""
    found = {path.name[:10]: path for path in sorted((real_files / "lists" / "un-sc").glob("*.xml.gz"))}
    assert len(found) == 23
    return found


@pytest.fixture(scope="module")
def plain(files: dict[str, Path]) -> dict[str, frozenset[str]]:
    """The numbers that each copy holds, by its day, read without tizim."""
    return {day: numbers_in(gzip.decompress(path.read_bytes())) for day, path in files.items()}


@pytest.fixture(scope="module")
def in_order(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """All copies kept in one run, in the order of their dates."""
    made = filled(tmp_path_factory.mktemp("in-order"), [list(files.values())])
    yield made
    made.register.close()


def at(day: str, known: datetime = LATER, basis: Basis = Basis.RECORDED) -> AsOf:
    """The end of *day*, as known after all was kept."""
    return AsOf(valid_at=date.fromisoformat(day), known_at=known, basis=basis)


def shown(view: View, day: str, on: str = UN_SC) -> dict[str, Status]:
    """The members of a list by number."""
    return {one.reference: one.status for one in members(view, ListId(on), at(day)).members}


def changed(view: View, first: str, second: str) -> dict[str, frozenset[str]]:
    """What ``diff`` says, by number."""
    found = difference(view, UN_SC, date.fromisoformat(first), date.fromisoformat(second), at(second))
    return {
        "added": folded(one.reference for one in found.added),
        "gone": folded(one.reference for one in found.gone),
        "amended": folded(one.reference for one in found.amended),
    }


def answers(view: View, days: Iterable[str] = ASKED, *, lists: Sequence[str] = ("un-sc", "un-1988")) -> dict[str, Any]:
    """Answers as JSON for several days, without the moments of recording."""
    found: dict[str, Any] = {}
    for day in days:
        when = at(day)
        for on in lists:
            found[f"show {on} {day}"] = wire.members(members(view, ListId(on), when))
        for one in SUBJECTS:
            found[f"history {one} {day}"] = wire.history(history(view, one, when))
            found[f"ask {one} {day}"] = wire.answer(ask(view, one, ListId("un-1267"), when))
        found[f"diff {day}"] = (
            wire.difference(difference(view, UN_SC, date(2015, 3, 1), when.valid_at, when))
            if (when.valid_at >= date(2015, 3, 1))
            else None
        )
    return timeless(found)


def timeless(value: Any) -> Any:
    """Plain JSON without the moments at which a register recorded things."""
    if isinstance(value, dict):
        return {
            key: timeless(inner) for key, inner in value.items() if key not in {"recorded_at", "learnt", "known_at"}
        }
    return [timeless(inner) for inner in value] if isinstance(value, list) else value


# -- additions and disappearances ----------------------------------------------------------------------


def test_keeping_in_order_counts_what_the_files_differ_by(in_order, plain):
    """New and absent are the set differences of neighbours; an entry that comes back is new again."""
    documents = in_order.reports[0].documents

    assert [doc.outcome for doc in documents] == ["kept"] * 23
    assert [doc.date for doc in documents] == list(plain)
    assert [doc.entries for doc in documents] == [len(numbers) for numbers in plain.values()]
    held = [frozenset[str](), *plain.values()]
    for doc, (before, after) in zip(documents, pairwise(held), strict=True):
        assert folded(doc.new_keys) == after - before
        assert folded(doc.absent_keys) == before - after
        assert (doc.new, doc.absent) == (len(after - before), len(before - after))
        assert folded(doc.changed_keys) <= before & after


def test_diff_reproduces_every_addition_and_disappearance(in_order, plain):
    """Nothing that came or went between two neighbours is lost, nothing is invented, and keeping counted the same."""
    counted = {doc.date: folded(doc.changed_keys) for doc in in_order.reports[0].documents}

    with in_order.register.view() as view:
        for (first, before), (second, after) in pairwise(plain.items()):
            found = changed(view, first, second)

            assert found["added"] == after - before, (first, second)
            assert found["gone"] == before - after, (first, second)
            assert found["amended"] <= before & after
            assert found["amended"] == counted[second]


def test_on_the_day_of_a_copy_the_list_has_just_its_entries(in_order, plain):
    """A complete file of the day proves who was a member, whatever other files print."""
    with in_order.register.view() as view:
        for day, numbers in plain.items():
            found = shown(view, day)

            assert folded(found) == numbers, day
            assert set(found.values()) == {Status.LISTED}, day


def test_between_two_copies_what_both_have_is_listed_and_what_one_lacks_is_unknown(in_order, plain):
    """An end or a beginning without a day leaves the days between open."""
    with in_order.register.view() as view:
        found = {number.casefold(): status for number, status in shown(view, "2024-01-15").items()}

    before, after = plain["2023-03-27"], plain["2024-09-21"]
    assert {number for number in before & after if found[number] is not Status.LISTED} == set()
    assert {found[number] for number in before - after} == {Status.UNKNOWN}
    assert found.keys() <= before | after


def test_an_amendment_is_one_by_the_publishers_date_or_by_a_change_of_who_is_meant(in_order):
    """Editions that only rewrite comments, countries or layout amend nobody."""
    numbers = {
        ("2015-02-26", "2015-03-13"): 0, ("2017-06-20", "2017-06-30"): 0, ("2018-06-07", "2018-06-21"): 0,
        ("2020-11-23", "2020-12-01"): 0, ("2022-10-21", "2023-03-27"): 29, ("2025-11-15", "2025-11-29"): 0,
        ("2025-11-29", "2025-12-10"): 0, ("2025-12-10", "2026-02-27"): 0,
    }  # fmt: skip

    with in_order.register.view() as view:
        found = {days: len(changed(view, *days)["amended"]) for days in numbers}
        dated = difference(view, UN_SC, date(2022, 10, 21), date(2023, 3, 27), at("2023-03-27")).amended

    assert found == numbers
    assert all("amended_on" in {change.property for change in one.changes} for one in dated)


# -- one subject, whatever its number looks like ---------------------------------------------------------


def test_the_121_iran_entries_are_one_subject_each_with_two_periods(in_order, plain):
    """They went out by two copies and came back by one: both edges are intervals, not days."""
    back = {number for number in plain[IRAN_BACK[1]] - plain[IRAN_BACK[0]] if number.startswith("ir")}
    assert len(back) == 121
    early = back & plain[IRAN_OUT[0]] - plain[IRAN_OUT[1]]
    late = back & plain["2023-03-27"] - plain["2024-09-21"]
    assert (len(early), len(late)) == (37, 84)

    with in_order.register.view() as view:
        for number in sorted(back):
            found = history(view, number, at("2026-02-27"))
            (one,) = found.lists
            first, second = one.periods

            assert found.subject.id.casefold() == f"un-sc:{number}"
            assert (first.ended, first.end_status) == (
                "/".join(IRAN_OUT if number in early else ("2023-03-27", "2024-09-21")), Status.ABSENT,
            )  # fmt: skip
            assert (second.since, second.ended) == ("/".join(IRAN_BACK), "")
            assert one.state.status is Status.LISTED


def test_nobody_of_iran_is_shown_between_the_two_periods(in_order):
    """Two copies on both sides of the day lack them."""
    with in_order.register.view() as view:
        found = shown(view, "2024-10-01")

        assert [number for number in found if number.startswith("IR")] == []
        assert shown(view, "2024-10-01", "un-1737") == {}


@pytest.mark.parametrize(("spelt", "number"), [("TAI.171", "TAi.171"), ("QDi.343.", "QDi.343"), ("kpe.068", "KPe.068")])
def test_a_number_spelt_otherwise_or_a_new_dataid_is_the_same_subject(in_order, spelt, number):
    """The publisher's typing is no event: neither added nor gone."""
    with in_order.register.view() as view:
        (one,) = history(view, spelt, at("2026-02-27")).lists

    assert one.references == (number,)
    assert len(one.periods) == 1


def test_dataids_issued_anew_are_neither_additions_nor_disappearances(in_order, files):
    """Nine numbers have had two DATAIDs; each is still one subject."""
    ids: dict[str, set[str]] = {}
    for path in files.values():
        for entry in ET.fromstring(gzip.decompress(path.read_bytes())).iter():  # noqa: S314 - looked at
            if entry.tag in {"INDIVIDUAL", "ENTITY"}:
                number = (entry.findtext("REFERENCE_NUMBER") or "").strip().rstrip(".").casefold()
                ids.setdefault(number, set()).add((entry.findtext("DATAID") or "").strip())
    again = {number for number, found in ids.items() if len(found) > 1}
    assert "kpe.068" in again

    with in_order.register.view() as view:
        for number in sorted(again):
            found = history(view, number, at("2026-02-27"))

            assert [one.references[0].casefold() for one in found.lists] == [number]


def test_regimes_that_emptied_are_reported_and_not_refused(in_order, plain):
    """Iran went from 84 to none and Mali from 8 to none within one document each."""
    by_date = {doc.date: doc for doc in in_order.reports[0].documents}

    iran = {number for number in plain["2023-03-27"] if number.startswith("ir")}
    assert len(iran) == 84
    assert iran <= folded(by_date["2024-09-21"].absent_keys)
    mali = [
        (a, b)
        for a, b in pairwise(plain)
        if any(n.startswith("ml") for n in plain[a]) and not any(n.startswith("ml") for n in plain[b])
    ]
    ((_, day),) = mali
    assert by_date[day].outcome == "kept"


# -- the order of keeping --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("order", ["random, each twice", *(["reversed"] if WHOLE else [])])
def test_the_order_of_keeping_changes_no_answer(in_order, files, tmp_path, order):
    """Valid time is the documents' own; when a file came to hand is another matter."""
    paths = some(list(files.values()), 3)
    if order == "reversed":
        runs = [[path] for path in reversed(paths)]
    else:
        chance = random.Random(7)
        runs = [[path] for path in chance.sample(paths, len(paths)) for _ in range(2)]

    made = filled(tmp_path, runs)

    outcomes = [doc.outcome for report in made.reports for doc in report.documents]
    assert outcomes == (["kept", "unchanged"] * len(paths) if order != "reversed" else ["kept"] * len(paths))
    usual = in_order if WHOLE else filled(tmp_path / "usual", [paths])
    with usual.register.view() as one, made.register.view() as other:
        assert answers(one) == answers(other)
    assert made.register.verify().faults == ()
    made.register.close()
    if usual is not in_order:
        usual.register.close()


@pytest.mark.slow
def test_on_top_of_the_starter_nothing_changes_but_what_was_missing(in_order, files, tmp_path):
    """The starter's statements are those of the same files: keeping one adds its bytes and its rest, no second one."""
    paths = some(list(files.values()), 4)
    archive = Archive(tmp_path / "archive")
    register = SqlRegister(f"sqlite:///{tmp_path / 'register.sqlite'}", archive)
    register.prepare()
    clock = Ticking()
    load(register, clock)
    before = clock.now
    with register.view() as view:
        held = answers(view)
        then = known_then(view, before)
        claims = {(one.entry_id, one.claim_key) for one in view.claims(view.all_subjects())}

    report = keep(
        UN, random.Random(3).sample(paths, len(paths)), Keeping(register=register, archive=archive, clock=clock)
    )

    assert [doc.outcome for doc in report.documents] == ["kept"] * len(paths)
    with register.view() as view:
        every = [
            (one.entry_id, one.claim_key) for one in {c.claim_id: c for c in view.claims(view.all_subjects())}.values()
        ]
        assert len(every) == len(set(every))
        assert claims <= set(every)
        assert known_then(view, before) == then
        now = answers(view)
    told = [key for key in held if key.split()[0] in {"show", "history"}]
    assert [now[key] for key in told] == [held[key] for key in told]
    if WHOLE:  # every copy was kept, as in the other register
        with in_order.register.view() as view:
            plain = answers(view)
        assert {key: now[key] for key in plain if key.startswith("diff")} == {
            key: found for key, found in plain.items() if key.startswith("diff")
        }
    register.close()


def known_then(view: View, moment: datetime) -> dict[str, Any]:
    """Answers as recorded by *moment*."""
    found: dict[str, Any] = {}
    for day in ASKED:
        when = at(day, moment)
        found[f"show {day}"] = wire.members(members(view, UN_SC, when))
        for one in SUBJECTS:
            found[f"history {one} {day}"] = wire.history(history(view, one, when))
            found[f"ask {one} {day}"] = wire.answer(ask(view, one, ListId("un-1267"), when))
        if day > "2015-03-01":
            found[f"diff {day}"] = wire.difference(difference(view, UN_SC, date(2015, 3, 1), when.valid_at, when))
    return found


@pytest.mark.slow
def test_what_was_known_never_changes_as_older_and_newer_copies_come(files, tmp_path):
    """An answer given once stands, with its moment of knowing, for good."""
    archive = Archive(tmp_path / "archive")
    register = SqlRegister(f"sqlite:///{tmp_path / 'register.sqlite'}", archive)
    register.prepare()
    clock = Ticking()
    given: list[tuple[datetime, dict[str, Any]]] = []
    for path in random.Random(11).sample(list(files.values()), 9 if WHOLE else 5):
        keep(UN, [path], Keeping(register=register, archive=archive, clock=clock))
        with register.view() as view:
            given.append((clock.now, some_known(view, clock.now)))

    with register.view() as view:
        for moment, answer in given:
            assert some_known(view, moment) == answer
    register.close()


def some_known(view: View, moment: datetime) -> dict[str, Any]:
    """What was known at *moment* of some lists and subjects; a subject not known yet is left out."""
    found: dict[str, Any] = {}
    for day in ("2012-01-01", "2016-05-05", "2021-06-01", "2025-09-01"):
        when = at(day, moment)
        found[f"show {day}"] = wire.members(members(view, UN_SC, when))
        for one in SUBJECTS:
            try:
                made = wire.history(history(view, one, when))
            except NotFound:
                continue
            if made["lists"]:
                found[f"history {one} {day}"] = made
                found[f"ask {one} {day}"] = wire.answer(ask(view, one, ListId("un-1267"), when))
    return found
