"""A reading of the register that begins with an earlier one: what rests on the same is not worked out again.

Who is on which list is asked anew; the log tells of which records documents say anything else. Of everybody else
entities are what they were, but for when they were last seen and the states of their listings.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from tizim.answer.members import Member
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import ListId, OfficialList
from tizim.register.view import View
from tizim.screen.readings import Begun, Reading, Readings
from tizim.screen.spans import Span, Times, midnight_text
from tizim.screen.subjects import Footing, Subject, status_of


def begun_by(view: View, as_of: AsOf, lists: Mapping[ListId, OfficialList]) -> Begun | None:
    """The end of the log that is read, where the reading tells of all of it; and what its lists are called."""
    learned = view.last_learned()
    if as_of.basis is not Basis.RECORDED or (learned is not None and learned > as_of.known_at):
        return None
    told = repr([(one.id, one.name, one.jurisdiction) for one in lists.values()])
    return Begun(
        sequence=view.shared.head, hash=view.hash_of(view.shared.head),
        lists=hashlib.sha256(told.encode()).hexdigest(),
    )  # fmt: skip


class Earlier(NamedTuple):
    """A reading of the same register before, and the records of which it says something else since."""

    reading: Reading
    touched: frozenset[str]


def earlier_of(view: View, begun: Begun, day: dt.date, readings: Readings) -> Earlier | None:
    """The reading with which one of *day* begins, if any kept is one of the same register and can be used."""
    for reading in readings.begun(day):
        before = reading.foot.begun
        if (
            before is None
            or before.lists != begun.lists
            or before.sequence > begun.sequence
            or view.hash_of(before.sequence) != before.hash
            or not reading.is_sound()
        ):
            continue
        touched = view.touched(before.sequence)
        if touched is not None:
            return Earlier(reading, touched)
    return None


def renewed(
    subject: str, rows: Sequence[Member], earlier: Earlier, newest: Callable[[str], str | None]
) -> Subject | None:
    """A subject as it was told before, seen last when it was seen last by now; ``None`` where it must be worked out."""
    before = earlier.reading.footing(subject)
    if before is None or before.newest is None or before.listings != _digest(rows):
        return None
    if any(not earlier.touched.isdisjoint(row.keys) for row in rows):
        return None
    times = [before.ended, *map(newest, before.lines)]
    last = max((one for one in times if one is not None), default=None)
    if last is None:
        return None
    now = Footing(before.listings, last, before.ended, before.lines, _observed(rows), _states(rows))
    lines = earlier.reading.lines_of(subject)
    if now != before:
        own = zip(lines[1 : len(rows) + 1], now.observed, before.states, now.states, strict=True)
        lines = [
            _seen_last(lines[0], last),
            *(_in_state(_seen_last(line, seen or last), old, new) for line, seen, old, new in own),
            *(_seen_last(line, last) for line in lines[len(rows) + 1 :]),
        ]
    return Subject(lines=lines, footing=now)


def _seen_last(line: bytes, time: str) -> bytes:
    """An entity, of which a time tells when it was last seen, with another such time. Within its values no quotation
    mark stands by itself, so a key is found as it is written.
    """
    start = line.rindex(_LAST_SEEN) + len(_LAST_SEEN)
    return line[:start] + time.encode() + line[start + len(time) :]


def _in_state(line: bytes, before: str, now: str) -> bytes:
    """A listing in another state."""
    if before == now:
        return line
    start = line.index(_STATE % before.encode())
    return line[:start] + line[start:].replace(_STATE % before.encode(), _STATE % now.encode(), 1)


_LAST_SEEN: Final = b'"last_seen":"'
_STATE: Final = b'"status":["%b"]'


def _digest(rows: Sequence[Member]) -> str:
    """Of all that entities tell of listings but their states, and when they were last observed."""
    told = [
        (row.list, row.name, row.kind, row.reference, row.since, row.listed_on, row.keys) for row in rows
    ]  # fmt: skip
    return hashlib.blake2b(_PACKED(told), digest_size=12).hexdigest()


_PACKED: Final = msgspec.msgpack.Encoder().encode


def _observed(rows: Sequence[Member]) -> tuple[str | None, ...]:
    return tuple([midnight_text(row.last_observed) for row in rows])


def _states(rows: Sequence[Member]) -> tuple[str, ...]:
    return tuple([status_of(row) for row in rows])


def footing(rows: Sequence[Member], seen: Iterable[Span], times: Times) -> Footing:
    """What the entities of a subject rest on, whose listings are *rows* and of whose claims documents tell so."""
    ended = [span.last for span in seen if not span.line]
    lines = dict.fromkeys(sorted(span.line for span in seen if span.line))
    return Footing(
        _digest(rows), times[1], midnight_text(max(ended, default=None)), tuple(lines), _observed(rows), _states(rows)
    )  # fmt: skip
