"""A run: what lists, customers, clearances or policy changed since the last one is screened again, and told.

    what differs → customers that it can concern → their answers → hits, events and where it stands, in one transaction

then customers entered since, some thousands a transaction. Killed at any moment and called again, a run goes on where
it stood; what was kept was told. After it the hits are those that asking for every customer anew would give.
"""

import datetime as dt
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import sqlalchemy as sa

from tizim import deliver
from tizim.customers import Marks, Store, schema
from tizim.customers.clearances import Clearance, read_clearances
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput, Busy, Overtaken
from tizim.match.model import ALGORITHM
from tizim.match.tables import fingerprint
from tizim.screen.policy import Stale
from tizim.screen.searching import Limits, within
from tizim.screen.snapshot import Snapshot
from tizim.watch import blocks, events, watched
from tizim.watch.answering import Answer, Answering, Shown, Way, datasets_of
from tizim.watch.differing import Difference, Side, difference
from tizim.watch.events import Because, Event
from tizim.watch.watched import Watched
from tizim.watch.working import Ready, Workers, working

_STATE: Final = "screened"
_STORE: Final = "store"
_PIECE: Final = 500
"""customers that are answered together"""
_COMMITTED: Final = 20_000
"""customers entered that are kept in one transaction"""
_ENDING: Final = ".snapshot"

Evidence = Callable[[Sequence[str]], Mapping[str, object]]
"""the statements and acts behind entities' listings"""


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """What a run works with."""

    store: Store
    marks: Marks
    folder: Path
    """where what can be made again is kept; it belongs to the customers' data"""
    now: dt.datetime
    workers: int
    evidence: Evidence
    days: int
    """after which events are deleted; 0: never"""
    tell: Callable[[str, int], None]
    """told what is being done, and how many customers are done"""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. Keys are relied on from outside: add, never rename."""

    data_version: str
    customers: int
    """those that are watched"""
    changed: int
    """entities that were changed in what they are compared by; 0 where every customer was asked anew"""
    screened: int
    """customers that were asked anew"""
    new: int
    changed_matches: int
    gone: int
    everybody: str
    """why every customer was asked anew; empty where not"""


class _State(msgspec.Struct, frozen=True, kw_only=True):
    """By what customers were screened last."""

    version: str
    way: Way
    made_by: str
    """the algorithm and its tables"""
    upto: int
    """the last customer that was screened"""
    clearances: dict[str, str]
    """by the mark of the customer what held of it, as a digest"""


class _Counts:
    """Counts what happens."""

    def __init__(self) -> None:
        self.screened = 0
        self.of: dict[events.What, int] = dict.fromkeys(events.What, 0)


def run(
    path: Path, way: Way, policy: PolicyVersion | None, tools: Tools
) -> Summary:  # fmt: skip
    """Bring hits up to date by the snapshot in a file.

    Raises `BadInput` where a policy cannot be followed, `Busy` if another process is at it on this machine,
    `Overtaken` if another machine was.
    """
    snapshot = Snapshot.open(path)
    store = tools.store
    store.prepare()
    tools = msgspec.structs.replace(tools, folder=tools.folder / _identity(store))
    with _locked(tools.folder):
        return _Run(snapshot, path, way, policy, tools, read_clearances(store)).run()


class _Run:
    """One run."""

    def __init__(
        self, snapshot: Snapshot, path: Path, way: Way, policy: PolicyVersion | None, tools: Tools,
        clearances: list[Clearance],
    ) -> None:  # fmt: skip
        self.snapshot = snapshot
        self._path = path
        self._way = way
        self._policy = policy
        self._tools = tools
        self._day = tools.now.date()
        self._clearances = clearances
        self._counts = _Counts()
        self._number, self._state = _read_state(tools.store)
        self._folder = tools.folder

    def run(self) -> Summary:
        snapshot, tools = self.snapshot, self._tools
        datasets = datasets_of(snapshot, self._way, self._policy)
        why, before, differs = self._differs(datasets)
        because = Because.WAY if why and self._state else Because.CUSTOMER
        answering = Answering(snapshot, self._way, self._policy, self._clearances, tools.marks, self._day)
        answering.warm()
        ready = Ready(answering=answering, before=before, differs=differs, warm=self._warm())
        kept = _keep(self._path, self._folder, snapshot.about.version)
        with working(tools.workers, ready) as workers:
            if why:
                self._put(0, [], Because.WAY)
            else:
                self._changes(workers, differs)
            self._others(workers, because)
            self._build(workers)
        if tools.days:
            events.delete_before(tools.store, tools.now - dt.timedelta(days=tools.days))
        for one in self._folder.glob(f"*{_ENDING}"):
            if one != kept:
                one.unlink(missing_ok=True)
        return Summary(
            data_version=snapshot.about.version, customers=watched.count(tools.store),
            changed=differs.changed if differs else 0, screened=self._counts.screened,
            new=self._counts.of[events.What.NEW], changed_matches=self._counts.of[events.What.CHANGED],
            gone=self._counts.of[events.What.GONE], everybody=why,
        )  # fmt: skip

    # -- what differs ------------------------------------------------------------------------------

    def _differs(self, datasets: frozenset[str]) -> tuple[str, Snapshot | None, Difference | None]:
        """Why every customer is to be asked anew, if so; else the lists as they were, and what differs."""
        state = self._state
        if state is None:
            return "nobody was screened yet", None, None
        if state.way != self._way:
            return "lists, scores or policy are others than in the last run", None, None
        if state.made_by != _made_by():
            return "names are compared in another way than in the last run", None, None
        if state.version == self.snapshot.about.version:
            return "", None, None
        try:
            before = Snapshot.open(_snapshot_of(self._folder, state.version))
        except BadInput:
            return "the lists of the last run are no longer here", None, None
        try:
            old = datasets_of(before, self._way, None if self._policy is None else _lenient(self._policy))
        except BadInput:
            return "the last run was against other lists", None, None
        found = difference(
            Side(snapshot=before, within=within(before, Limits(datasets=old))),
            Side(snapshot=self.snapshot, within=within(self.snapshot, Limits(datasets=datasets))),
        )
        if found is None:
            return "entities come in another order than in the last run", None, None
        return "", before, found

    def _warm(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        with self._tools.store.reading() as connection:
            found = connection.scalars(sa.select(schema.watch_warm.c.seq)).all()
        return np.sort(np.array(found, dtype=np.int64))

    # -- customers that were screened before ---------------------------------------------------------

    def _changes(self, workers: Workers, differs: Difference | None) -> None:
        """Ask those anew whom something can concern that changed."""
        assert self._state is not None  # noqa: S101 - else everybody is asked
        store, upto = self._tools.store, self._state.upto
        concerned: set[int] = set()
        if differs is not None and differs.changed:
            for found in workers.concerned(self._blocks(workers, upto)):
                concerned.update(found.tolist())
        with store.reading() as connection:
            if differs is not None and differs.listed:
                concerned.update(watched.numbers_of(connection, _with_hits_on(connection, differs.listed)))
            marks = _digests(self._clearances, self._day)
            was = self._state.clearances
            others = [mark for mark in marks.keys() | was.keys() if marks.get(mark) != was.get(mark)]
            cleared = {seq for seq in watched.numbers_of(connection, others) if seq <= upto}
        chosen = sorted(one for one in concerned | cleared if one <= upto)
        self._tools.tell("asking those whom a change concerns", len(chosen))
        pieces = (piece for piece in watched.numbered(store, chosen) if piece)
        answers = [one for some in workers.answers(pieces) for one in some]
        because = dict.fromkeys(cleared - concerned, Because.CLEARANCE)
        self._put(upto, answers, Because.LISTS, because)

    def _blocks(self, workers: Workers, upto: int) -> list[Path]:
        """The files of all blocks of customers that were screened, made where they are not there."""
        places = blocks.places(self._tools.store, upto)
        self._made(workers, [one for one in places if blocks.at_hand(self._folder, one) is None])
        return [path for one in places if (path := blocks.at_hand(self._folder, one)) is not None]

    def _build(self, workers: Workers) -> None:
        """Make blocks ready for the next change of a list."""
        places = blocks.places(self._tools.store, _everybody(self._tools.store))
        self._made(workers, places)
        blocks.clear(self._folder, places)

    def _made(self, workers: Workers, places: Iterable[blocks.Place]) -> None:
        missing = [one for one in places if not one.path(self._folder).exists()]
        store = self._tools.store

        def given() -> Iterator[tuple[Path, list[Watched]]]:
            for one in missing:
                yield one.path(self._folder), watched.between(store, one.first, one.last + 1)

        for done, _ in enumerate(workers.built(given()), 1):
            self._tools.tell("making customers' names ready", done * blocks.SIZE)

    # -- customers entered since ---------------------------------------------------------------------

    def _others(self, workers: Workers, because: Because) -> None:
        """Ask those who were not asked yet, some at a time."""
        assert self._state is not None  # noqa: S101 - it was put before
        done = 0
        while some := watched.after(self._tools.store, self._state.upto, _COMMITTED):
            pieces = (some[first : first + _PIECE] for first in range(0, len(some), _PIECE))
            answers = [one for piece in workers.answers(pieces) for one in piece]
            done += len(some)
            self._put(some[-1].seq, answers, because)
            self._tools.tell("asking customers", done)

    # -- keeping ---------------------------------------------------------------------------------------

    def _put(
        self, upto: int, answers: list[Answer], because: Because, other: Mapping[int, Because] | None = None
    ) -> None:
        """Keep answers, what became other, and where it stands, and have it sent. Raises `Overtaken`."""
        tools = self._tools
        state = _State(
            version=self.snapshot.about.version, way=self._way, made_by=_made_by(), upto=upto,
            clearances=_digests(self._clearances, self._day),
        )  # fmt: skip
        with tools.store.reading() as connection:
            was = _hits_of(connection, answers)
        told: list[tuple[str, Event]] = []
        for one in answers:
            why = (other or {}).get(one.seq, because)
            told += [
                (one.mark, event)
                for event in events.events_of(
                    one, was.get(one.mark, {}), why, self._way.policy, self.snapshot.about.version, tools.now
                )
            ]
        told = self._with_evidence(told)
        with tools.store.writing() as connection:
            self._number = _write_state(connection, self._number, state)
            there = _still(connection, answers)  # who was forgotten meanwhile stays forgotten
            told = [(mark, event) for mark, event in told if mark in there]
            _write_hits(connection, [one for one in answers if one.mark in there], was)
            events.put(connection, told)
            deliver.put(connection, [events.message_of(event) for _, event in told], tools.now)
        self._state = state
        self._counts.screened += len(answers)
        for _, event in told:
            self._counts.of[event.what] += 1

    def _with_evidence(self, told: list[tuple[str, Event]]) -> list[tuple[str, Event]]:
        wanted = dict.fromkeys(event.entity for _, event in told if event.what is not events.What.GONE)
        found = self._tools.evidence(list(wanted)) if wanted else {}
        return [
            (mark, msgspec.structs.replace(event, evidence=found.get(event.entity)))
            if event.what is not events.What.GONE
            else (mark, event)
            for mark, event in told
        ]


def _lenient(policy: PolicyVersion) -> PolicyVersion:
    """The policy for lists of the past, which nobody is answered from any longer."""
    return msgspec.structs.replace(policy, policy=msgspec.structs.replace(policy.policy, stale=Stale.ANSWER))


def _made_by() -> str:
    return f"{ALGORITHM} {fingerprint()}"


def _everybody(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.max(schema.watched.c.seq))) or 0)


def _digests(clearances: Iterable[Clearance], day: dt.date) -> dict[str, str]:
    """By the mark of each customer what was cleared of it and holds on a day, unless either side changes."""
    found: dict[str, list[str]] = {}
    for one in clearances:
        if one.ended is None and (one.until is None or day < one.until):
            found.setdefault(one.customer, []).append(f"{one.entity} {one.customer_print} {one.entity_print}")
    return {mark: hashlib.sha256("\n".join(own).encode()).hexdigest()[:24] for mark, own in found.items()}


def _with_hits_on(connection: sa.Connection, entities: Iterable[str]) -> set[str]:
    """Marks of customers of whom any of *entities* is found."""
    own, found = schema.watch_hit, set[str]()
    every = sorted(entities)
    for first in range(0, len(every), _PIECE):
        query = sa.select(own.c.customer).where(own.c.entity.in_(every[first : first + _PIECE]))
        found.update(connection.scalars(query))
    return found


_decode_shown: Final = msgspec.json.Decoder(Shown).decode
_decode_state: Final = msgspec.json.Decoder(_State).decode


def _hits_of(connection: sa.Connection, answers: Sequence[Answer]) -> dict[str, dict[str, Shown]]:
    """What was told last of those customers who are answered."""
    own = schema.watch_hit
    found: dict[str, dict[str, Shown]] = {}
    for first in range(0, len(answers), _PIECE):
        marks = [one.mark for one in answers[first : first + _PIECE]]
        for row in connection.execute(sa.select(own).where(own.c.customer.in_(marks))):
            found.setdefault(row.customer, {})[row.entity] = _decode_shown(row.body)
    return found


def _still(connection: sa.Connection, answers: Sequence[Answer]) -> set[str]:
    """Marks of those answered who are watched still, and told as they were asked."""
    own, found = schema.watched, set[str]()
    for first in range(0, len(answers), _PIECE):
        numbers = [one.seq for one in answers[first : first + _PIECE]]
        found.update(connection.scalars(sa.select(own.c.customer).where(own.c.seq.in_(numbers))))
    return found


def _write_hits(connection: sa.Connection, answers: Sequence[Answer], was: Mapping[str, Mapping[str, Shown]]) -> None:
    hit, warm = schema.watch_hit, schema.watch_warm
    for first in range(0, len(answers), _PIECE):
        some = answers[first : first + _PIECE]
        others = [one for one in some if was.get(one.mark, {}) != {shown.entity: shown for shown in one.hits}]
        old = [one.mark for one in others if one.mark in was]
        if old:
            connection.execute(sa.delete(hit).where(hit.c.customer.in_(old)))
        rows = [
            {"customer": one.mark, "entity": shown.entity, "body": msgspec.json.encode(shown).decode()}
            for one in others
            for shown in one.hits
        ]
        if rows:
            connection.execute(sa.insert(hit), rows)
        connection.execute(sa.delete(warm).where(warm.c.seq.in_([one.seq for one in some])))
        warmer = [{"seq": one.seq} for one in some if one.is_warm]
        if warmer:
            connection.execute(sa.insert(warm), warmer)


def _read_state(store: Store) -> tuple[int, _State | None]:
    own = schema.watch_state
    with store.reading() as connection:
        row = connection.execute(sa.select(own.c.number, own.c.body).where(own.c.name == _STATE)).one_or_none()
    if row is None:
        return 0, None
    try:
        return int(row.number), _decode_state(row.body)
    except msgspec.DecodeError:  # of another version: everybody is asked anew
        return int(row.number), None


def _identity(store: Store) -> str:
    """Names a store: what is kept beside it must never be taken for another's."""
    own = schema.watch_state
    with store.writing() as connection:
        found = connection.scalar(sa.select(own.c.body).where(own.c.name == _STORE))
        if found is None:
            found = secrets.token_hex(12)
            connection.execute(sa.insert(own).values(name=_STORE, number=0, body=found))
    return str(found)


def _write_state(connection: sa.Connection, number: int, state: _State) -> int:
    """Note where it stands. Raises `Overtaken` if another process did so since it was read."""
    own = schema.watch_state
    body = msgspec.json.encode(state).decode()
    if number == 0:
        there = connection.scalar(sa.select(own.c.number).where(own.c.name == _STATE))
        if there is None:
            connection.execute(sa.insert(own).values(name=_STATE, number=1, body=body))
            return 1
    change = sa.update(own).where(own.c.name == _STATE, own.c.number == number)
    if not connection.execute(change.values(number=number + 1, body=body)).rowcount:
        raise Overtaken("another machine is bringing hits up to date: nothing of this run was kept since then")
    return number + 1


def way_of(store: Store) -> Way | None:
    """By what customers were screened last; none if they were not."""
    if not store.exists():
        return None
    store.prepare()
    _, state = _read_state(store)
    return None if state is None else state.way


# -- files ---------------------------------------------------------------------------------------------


def _snapshot_of(folder: Path, version: str) -> Path:
    return folder / f"{hashlib.sha256(version.encode()).hexdigest()[:24]}{_ENDING}"


def _keep(path: Path, folder: Path, version: str) -> Path:
    """Keep the lists of a run, so that the next can tell what differs. Raises `BadInput` where that cannot be."""
    kept = _snapshot_of(folder, version)
    if kept.exists():
        return kept
    half = kept.with_suffix(".half")
    try:
        half.unlink(missing_ok=True)
        try:
            os.link(path, half)
        except OSError:  # on another disk, or none that can link
            shutil.copyfile(path, half)
        half.replace(kept)
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror or error}") from None
    return kept


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder. Raises `Busy` if another process holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise BadInput(f"no folder can be made at {folder}: {error.strerror or error}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy("another process is bringing hits up to date: try again when it is done") from None
        yield
