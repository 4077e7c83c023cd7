"""What is told otherwise now than at an earlier reading, in pages that go on where the last one ended.

A follower has read everything up to one reading of the register: a day in the world and a moment of knowing. What it
is told next is the difference to a later reading, by the ids that changes keep. What was recorded at a moment never
becomes other, so the same cursor gives the same pages whenever it is asked, and whatever is kept meanwhile comes with
the next one: nothing is passed over, not even an act of last year that became known today, or one that was known
long ago and takes effect today.
"""

import base64
import binascii
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from tizim.domain.dates import AsOf, Basis
from tizim.errors import BadInput
from tizim.publish.changed import ALL, as_json, changes_of_span
from tizim.register.view import View

_LONGEST: Final = 1_000
"""signs of a cursor"""
_KNOWN: Final = 4
"""pairs of readings of which the difference is remembered"""

Place = tuple[str, str, str]
"""where a change stands among all: when the register last learned of it, the day in the world, its id"""


class Reading(msgspec.Struct, frozen=True):
    """A day in the world and a moment of knowing, by what was recorded."""

    valid_at: dt.date
    known_at: dt.datetime

    @property
    def as_of(self) -> AsOf:
        """As the register is read."""
        return AsOf(valid_at=self.valid_at, known_at=self.known_at, basis=Basis.RECORDED)


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """How far a follower has come: everything up to ``after``, and of what lies between it and ``upto`` all up to
    ``place``.
    """

    after: Reading | None = None
    """none: nothing yet"""
    upto: Reading | None = None
    """none: whatever is the newest when it is asked"""
    place: Place | None = None

    @property
    def text(self) -> str:
        """As it is handed out: it means something to the register alone."""
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")


_NONE: Final = "this is no cursor: begin without one, then give each time what the answer names 'next'"


def cursor(text: str) -> Cursor:
    """A cursor that was handed out. Raises `BadInput` for any other text."""
    if len(text) > _LONGEST:
        raise BadInput(_NONE)
    try:
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found = msgspec.json.decode(data, type=Cursor)
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise BadInput(_NONE) from None
    if any(one is not None and one.known_at.tzinfo is None for one in (found.after, found.upto)):
        raise BadInput(_NONE)
    return found


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what is told otherwise."""

    after: Reading | None
    upto: Reading
    changes: tuple[Mapping[str, Any], ...]
    next: Cursor
    more: bool
    """whether the next page can be had at once"""


def told_since(view: View, wanted: Cursor, upto: Reading, limit: int, lists: Sequence[str] = ()) -> Told:
    """The page after *wanted*, of *limit* changes at most; *lists*: only those of these lists.

    *upto* is the reading up to which it is told, unless the cursor is on its way to another.
    """
    end = wanted.upto or upto
    rows = _difference(view, wanted.after, end)
    left = [
        (place, row)
        for place, row in rows
        if (wanted.place is None or place > wanted.place) and (not lists or row["list"] in lists)
    ]
    page, more = left[:limit], len(left) > limit
    following = Cursor(wanted.after, end, page[-1][0] if page else wanted.place) if more else Cursor(end)
    return Told(
        after=wanted.after, upto=end, changes=tuple(row for _, row in page), next=following, more=more
    )  # fmt: skip


_Rows = Sequence[tuple[Place, Mapping[str, Any]]]


def _difference(view: View, after: Reading | None, upto: Reading) -> _Rows:
    known = (None, None) if after is None else (after.valid_at, view.knowledge(after.as_of))
    key = (*known, upto.valid_at, view.knowledge(upto.as_of))
    return view.shared.recent("difference of readings", key, lambda: _compared(view, after, upto), _KNOWN)


def _compared(view: View, after: Reading | None, upto: Reading) -> _Rows:
    before = {} if after is None else _at(view, after)
    now = _at(view, upto)
    found: list[tuple[Place, Mapping[str, Any]]] = []
    for name, row in now.items():
        was = before.get(name)
        if was != row:
            found.append((_place(name, row), {"id": name, "change": "new" if was is None else "amended", **row}))
    found += [
        (_place(name, row), {"id": name, "change": "withdrawn", **row})
        for name, row in before.items()
        if name not in now
    ]  # fmt: skip
    return sorted(found, key=lambda one: one[0])


def _place(name: str, row: Mapping[str, Any]) -> Place:
    return str(row["amended_at"]), str(row["latest"]), name


def _at(view: View, reading: Reading) -> dict[str, dict[str, Any]]:
    """Everything that a reading tells, by ids that stay."""
    return {":".join(one.key): as_json(one) for one in changes_of_span(view, reading.as_of, ALL)}
