"""The quick way to a list's members agrees with the rules of ``domain.listing``, whatever the documents say."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.makers import NOON, a_claim, a_document, an_entry

from tizim.answer.history import history
from tizim.answer.members import members
from tizim.domain.dates import AsOf, Basis, PartialDate
from tizim.domain.listing import NOT_ENDED, Evidence, ListingState, state
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.register.archive import Archive
from tizim.register.protocol import DocumentBatch
from tizim.register.sql import SqlRegister
from tizim.register.view import View

LISTS = ("un-1267", "un-1988")
KEYS = ("QDi.001", "QDi.002")
FIRST = dt.date(2020, 1, 1)
DAYS = 75


class Row(msgspec.Struct, frozen=True):
    """What one document says of one entry."""

    on: str
    listed_on: str
    name: str


class Copy(msgspec.Struct, frozen=True):
    """A planned document: the minute of its day, and its rows by key."""

    day: dt.date
    minute: int
    rows: tuple[tuple[str, Row], ...]

    @property
    def place(self) -> tuple[dt.date, int]:
        """Its place in document time."""
        return self.day, self.minute


days = st.integers(0, DAYS).map(lambda n: FIRST + dt.timedelta(days=n))
printed = st.one_of(
    st.just(""),
    days.map(lambda day: day.isoformat()),
    days.map(lambda day: day.isoformat()[:7]),
    st.sampled_from(["2019", "2020", "2019-12", "2019-12-31", "2004-07-16"]),
)
rows = st.builds(
    Row,
    on=st.sampled_from([LISTS[0], LISTS[0], LISTS[0], LISTS[1]]),
    listed_on=printed,
    name=st.sampled_from(["ABU", "ABU", "BIN"]),
)
copies = st.builds(
    Copy,
    day=days,
    minute=st.integers(0, 3),
    rows=st.dictionaries(st.sampled_from(KEYS), rows).map(lambda made: tuple(sorted(made.items()))),
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Copy, ...]:
    """Documents in the order in which they are kept; rows are often the same from one to the next."""
    made = draw(st.lists(copies, min_size=1, max_size=6, unique_by=lambda copy: copy.place))
    steady = draw(st.booleans())
    if steady:
        usual = dict(draw(copies).rows)
        made = [Copy(one.day, one.minute, tuple((key, usual.get(key, row)) for key, row in one.rows)) for one in made]
    return tuple(made)


def batch_of(copy: Copy) -> DocumentBatch:
    """The planned document as a batch."""
    entries = [
        an_entry(key, [a_claim(Property.LISTED_ON, row.listed_on)] if row.listed_on else [], on=row.on, name=row.name)
        for key, row in copy.rows
    ]
    made = a_document(copy.day.isoformat(), entries, sha256=hashlib.sha256(repr(copy).encode()).hexdigest())
    instant = dt.datetime.combine(copy.day, dt.time(1, copy.minute), tzinfo=dt.UTC)
    return msgspec.structs.replace(made, facts=msgspec.structs.replace(made.facts, instant=instant))


@contextmanager
def kept(plan: Sequence[Copy], folder: Path) -> Iterator[View]:
    """A view of a register in memory that keeps the plan in the order given, one document a minute after noon."""
    register = SqlRegister("sqlite://", Archive(folder))
    try:
        register.prepare()
        for number, copy in enumerate(plan, start=1):
            register.append(batch_of(copy), lambda number=number: NOON + dt.timedelta(minutes=number))
        with register.view() as view:
            yield view
    finally:
        register.close()


def known(plan: Sequence[Copy], as_of: AsOf) -> list[Copy]:
    """The documents that were known, in document time; of several of one day the last, which speaks for its end."""
    if as_of.basis is Basis.RECORDED:
        out = [
            copy for number, copy in enumerate(plan, start=1) if NOON + dt.timedelta(minutes=number) <= as_of.known_at
        ]
    else:
        out = [copy for copy in plan if copy.day <= as_of.known_at.date()]
    return sorted(out, key=lambda copy: copy.place)


def row_of(copy: Copy, key: str, on: str) -> Row | None:
    """The entry's row on the list in a document."""
    row = dict(copy.rows).get(key)
    return row if row is not None and row.on == on else None


def by_the_rules(plan: Sequence[Copy], key: str, on: str, as_of: AsOf) -> ListingState | None:
    """The state by ``domain.listing`` from all evidence that the known documents give."""
    docs = known(plan, as_of)
    own = [row for copy in docs if (row := row_of(copy, key, on)) is not None]
    if not own:
        return None
    evidence = [Evidence.of_printed_date(PartialDate.parse(text)) for text in {row.listed_on for row in own} if text]
    last_of_day = {copy.day: copy for copy in docs}
    evidence += [Evidence.of_copy(day, seen=row_of(copy, key, on) is not None) for day, copy in last_of_day.items()]
    return state(evidence, as_of.valid_at)


times = st.one_of(
    st.builds(
        AsOf,
        valid_at=days,
        known_at=st.integers(0, 7).map(lambda minutes: NOON + dt.timedelta(minutes=minutes)),
        basis=st.just(Basis.RECORDED),
    ),
    st.builds(
        AsOf,
        valid_at=days,
        known_at=days.map(lambda day: dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)),
        basis=st.just(Basis.PUBLISHED),
    ),
)
ENOUGH = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for archives that stay empty."""
    return tmp_path_factory.mktemp("archive")


@given(plan=plans(), asked=st.lists(times, min_size=1, max_size=8))
@ENOUGH
def test_the_quick_members_are_those_of_the_rules(folder, plan, asked):
    """Speed must not change an answer: ``domain.listing`` is the authority on every state."""
    with kept(plan, folder) as view:
        for as_of in asked:
            for on in LISTS:
                found = {
                    one.reference: (one.status, one.since, one.last_observed)
                    for one in members(view, ListId(on), as_of).members
                }
                expected = {
                    key: (now.status, now.since, now.last_observed)
                    for key in KEYS
                    if (now := by_the_rules(plan, key, on, as_of)) is not None and now.status in NOT_ENDED
                }
                for status, *_ in expected.values():
                    event(status)

                assert found == expected, (on, as_of)


@given(plan=plans(), asked=st.lists(times, min_size=1, max_size=8))
@ENOUGH
def test_the_history_of_an_entry_is_that_of_the_rules(folder, plan, asked):
    """Thinning the copies to those at the edges must lose nothing that a state rests on."""
    with kept(plan, folder) as view:
        for as_of in asked:
            for key in {key for copy in plan for key, _ in copy.rows}:
                found = {one.list: one.state for one in history(view, key, as_of).lists if one.state is not None}

                assert found == {on: now for on in LISTS if (now := by_the_rules(plan, key, on, as_of)) is not None}, (
                    key,
                    as_of,
                )


@given(plan=plans(), asked=times)
@ENOUGH
def test_a_member_is_called_what_the_copy_nearest_before_the_day_calls_it(folder, plan, asked):
    """A later file's spelling is not the one that stood on the day."""
    with kept(plan, folder) as view:
        docs = known(plan, asked)
        earlier = [copy for copy in docs if copy.day <= asked.valid_at]
        for on in LISTS:
            for one in members(view, ListId(on), asked).members:
                row = row_of(earlier[-1], one.reference, on) if earlier else None
                printed = [row] if row else [r for copy in docs if (r := row_of(copy, one.reference, on))]

                assert one.name in {r.name for r in printed}
                assert one.listed_on in {r.listed_on for r in printed}
