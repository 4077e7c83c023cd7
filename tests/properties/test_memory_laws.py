"""What is remembered of a register answers as the register does: nothing is told faster than it is true."""

import datetime as dt
import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import NOON, a_claim, a_document, an_entry

from tizim.answer.calendar import due
from tizim.answer.evidence import copies_of
from tizim.answer.history import history
from tizim.answer.members import Part, Roll, members
from tizim.answer.overview import overview
from tizim.answer.sheets import initial, turnover
from tizim.answer.subjects import Clusters
from tizim.domain.dates import AsOf, Basis
from tizim.domain.listing import NOT_ENDED
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.errors import TizimError
from tizim.publish.finding import search
from tizim.publish.lately import lately
from tizim.publish.moves import moves_of
from tizim.register.archive import Archive
from tizim.register.protocol import DocumentBatch
from tizim.register.sql import SqlRegister
from tizim.register.view import View
from tizim.text import fold

LIST = ListId("us-ofac-cons")
LINES = ("us-ofac-cons-csv", "us-ofac-cons-xml", "us-ofac-enhanced-xml/search")
FIRST = dt.date(2020, 1, 1)
DAYS = 40
ENOUGH = settings(
    # Each example keeps and asks whole registers; continuous integration has little time.
    max_examples=2 if "TIZIM_TEST_SAME_EXAMPLES" in os.environ else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

days = st.integers(0, DAYS).map(lambda n: FIRST + dt.timedelta(days=n))
printed = st.one_of(st.just(""), days.map(str), days.map(lambda day: str(day)[:7]), st.just("2019"))
rows = st.tuples(st.sampled_from(["ABU", "BIN ABU", "Bin Đặng"]), printed, st.sampled_from(["us-ofac", "other"]))
documents = st.tuples(
    days, st.sampled_from(LINES), st.dictionaries(st.sampled_from("123"), rows, max_size=3), st.booleans()
)
plans = st.lists(documents, min_size=1, max_size=7, unique_by=lambda one: one[:2])
times = st.builds(
    AsOf,
    valid_at=days,
    known_at=st.one_of(
        st.integers(0, 8).map(lambda minutes: NOON + dt.timedelta(minutes=minutes)),
        days.map(lambda day: dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)),
    ),
    basis=st.sampled_from(list(Basis)),
)


def batch_of(plan) -> DocumentBatch:
    """A planned document of one of the lines; exports of the last line hold a part, and one of another may."""
    day, line, entries, partial = plan
    made = []
    for key, (name, listed_on, prefix) in sorted(entries.items()):
        claims = [a_claim(Property.LISTED_ON, listed_on)] if listed_on else []
        entry = an_entry(key, claims, on=LIST, name=name)
        made.append(msgspec.structs.replace(entry, subject=f"{prefix}:{key}"))
    complete = line != LINES[2] and not partial
    sha256 = hashlib.sha256(repr(plan).encode()).hexdigest()
    return a_document(str(day), made, source=line, complete=complete, sha256=sha256)


@contextmanager
def kept(plan: Sequence[object], folder: Path) -> Iterator[SqlRegister]:
    """A register in memory that keeps the plan in the order given, one document a minute after noon."""
    register = SqlRegister("sqlite://", Archive(folder))
    try:
        register.prepare()
        for number, one in enumerate(plan, start=1):
            register.append(batch_of(one), lambda number=number: NOON + dt.timedelta(minutes=number))
        yield register
    finally:
        register.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for archives that stay empty."""
    return tmp_path_factory.mktemp("archive")


def answers(view: View, as_of: AsOf) -> dict[str, object]:
    """What is told of the list and its subjects, or why nothing is."""

    def told(ask):
        try:
            return ask()
        except TizimError as error:
            return str(error)

    return {
        "members": told(lambda: members(view, LIST, as_of)),
        "overview": told(lambda: overview(view, as_of)),
        "history": told(lambda: history(view, "us-ofac:1", as_of)),
        "calendar": told(lambda: due(view, None, as_of)),
        "moves": told(lambda: moves_of(view, LIST, as_of)),
        "lately": told(lambda: lately(view, as_of, 10)),
        "found": told(lambda: search(view, "bin", as_of)),
    }


@given(plan=plans, asked=st.lists(times, min_size=2, max_size=6))
@ENOUGH
def test_what_is_remembered_of_other_days_and_times_changes_no_answer(folder, plan, asked):
    """Readers share what is remembered: the answer to one must not depend on what others asked before."""
    with kept(plan, folder) as register, register.view() as shared:
        for as_of in [*asked, *asked]:
            alone = View(shared._db)

            assert answers(shared, as_of) == answers(alone, as_of), as_of


@given(plan=plans, asked=st.lists(times, min_size=2, max_size=8))
@ENOUGH
def test_times_of_one_key_of_knowing_know_the_same(folder, plan, asked):
    """Answers are remembered by that key, so that it must tell apart whatever can be told apart."""
    with kept(plan, folder) as register, register.view() as view:
        by_key = {}
        for as_of in asked:
            at = msgspec.structs.replace(as_of, valid_at=FIRST)
            known = tuple(view.line(line, at).docs for line in LINES), tuple(view.names_of(view.all_subjects(), at))

            assert by_key.setdefault(view.knowledge(at), known) == known


@given(plan=plans, asked=st.lists(times, min_size=1, max_size=6))
@ENOUGH
def test_groups_are_on_the_list_as_the_rules_say(folder, plan, asked):
    """The quick way to who is on a list agrees with ``domain.listing``, also where several forms of it disagree."""
    with kept(plan, folder) as register, register.view() as view:
        for as_of in asked:
            copies = copies_of(view, LIST, as_of)
            if not copies:
                continue
            part = Part(view, LIST, copies, as_of, Clusters(view, as_of))
            for group in part._roster.groups:
                standing = part._standing(group)
                quick = part._around.shows(group)

                assert quick in {None, standing is not None and standing.now.status in NOT_ENDED}, (as_of, group.first)


@given(plan=plans, as_of=times)
@ENOUGH
def test_a_roll_told_in_parts_is_the_whole(folder, plan, as_of):
    """Pages by letter must show everyone once, and count whom they show."""
    with kept(plan, folder) as register, register.view() as view:
        whole = members(view, LIST, as_of).members
        roll = Roll(view, LIST, as_of)
        told = [one for letter in roll.initials for one in roll.under({letter}, fold)]

        assert roll.count == len(whole)
        assert sorted(map(repr, told)) == sorted(map(repr, whole))
        assert dict(roll.initials) == dict(Counter(initial(one.name) for one in whole))
        every = roll.under(roll.initials.keys(), fold)
        assert every == sorted(every, key=lambda one: (fold(one.name), one.reference, one.subject))
        assert [*roll.under(roll.initials.keys(), fold, 0, 2), *roll.under(roll.initials.keys(), fold, 2)] == every
        assert sorted(repr(place.member()) for place in roll.places()) == sorted(map(repr, whole))
        for one in whole:
            assert one in [place.member() for place in roll.places(set(one.keys))]


@given(plan=plans, as_of=times)
@ENOUGH
def test_what_came_and_went_between_two_copies_is_counted_as_the_copies_show_it(folder, plan, as_of):
    """It is counted from spans, without reading the copies."""
    with kept(plan, folder) as register, register.view() as view:
        for one in copies_of(view, LIST, as_of):
            for old, new in zip(one.line.docs, one.line.docs[1:], strict=False):
                before = {row.entry_id for row in view.headlines(one.source, [LIST], [old.moment], None)}
                after = {row.entry_id for row in view.headlines(one.source, [LIST], [new.moment], None)}

                assert turnover(view, LIST, one.source, old.moment, new.moment) == (
                    len(after - before), len(before - after),
                )  # fmt: skip


@given(plan=plans, asked=times)
@ENOUGH
def test_the_changes_of_a_list_are_what_its_copies_show(folder, plan, asked):
    """Each whole copy holds what the one before held, with the changes between the two."""
    with kept(plan, folder) as register, register.view() as view:
        lines = [one for one in copies_of(view, LIST, asked) if all(doc.complete for doc in one.line.docs)]
        if len(lines) != 1:
            return
        docs = lines[0].line.docs
        held = [
            Counter(row.subject for row in view.headlines(lines[0].source, [LIST], [doc.moment], None)) for doc in docs
        ]
        moves = {one.latest: one for one in moves_of(view, LIST, asked)}
        for number in range(1, len(docs)):
            move = moves.pop(docs[number].day, None)
            added = Counter(one.subject for one in move.added) if move else Counter()
            gone = Counter(one.subject for one in move.gone) if move else Counter()

            assert added == held[number] - held[number - 1]
            assert gone == held[number - 1] - held[number]
        assert not moves
