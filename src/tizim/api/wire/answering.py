"""What the register itself says: ``/ask``, ``/lists``, ``/history``, ``/changes``, ``/decisions``."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

import msgspec

from tizim.answer import records, wire
from tizim.answer.ask import ask
from tizim.answer.behind import behind
from tizim.answer.changes import difference
from tizim.answer.history import history
from tizim.answer.members import members
from tizim.answer.official import official_list, parts_of
from tizim.answer.overview import overview
from tizim.answer.times import Asked as Dates
from tizim.answer.times import instant
from tizim.api.failing import for_the_web
from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Fault, Invalid, Refused, Reply, of
from tizim.audit.wire import decision as decision_told
from tizim.claims import wire as claims_wire
from tizim.claims.asking import claimed
from tizim.domain.dates import AsOf, Basis
from tizim.domain.decisions import Decision
from tizim.domain.lists import ListId
from tizim.errors import BadInput, Busy, NoRegister, NotFound, TizimError
from tizim.publish.since import Cursor, Reading, cursor, told_since
from tizim.register.view import View
from tizim.screen.snapshot import About

ROUTES: Final = frozenset({"ask", "lists", "history", "changes", "decisions"})
_LONGEST: Final = 300
"""signs of a name or an id"""
_PAGE: Final = 100
MOST_BEHIND: Final = 100
"""entities of which one answer tells what stands behind their listings"""
_MOST: Final = 1_000
_TODAY: Final = Dates()
Asking = Callable[[Dates], AbstractContextManager[tuple[View, AsOf]]]
"""opens a reading of the register, with the two times of a question"""


class Answering(msgspec.Struct, frozen=True, kw_only=True):
    """Answers questions about lists and those on them, from a register."""

    asking: Asking
    decisions: Callable[[], Sequence[Decision]]
    """the last word on each decision that was entered"""

    def answer(self, parts: Sequence[str], asked: Asked) -> Reply:
        """What stands at an address. Raises `Refused`."""
        try:
            match parts:
                case ["ask"]:
                    return of(self._ask(asked))
                case ["lists"]:
                    with self._asked(asked) as (view, at):
                        return of(wire.overview(overview(view, at)))
                case ["lists", list_id]:
                    with self._asked(asked) as (view, at):
                        return of(wire.members(members(view, ListId(_bounded(list_id)), at)))
                case ["lists", list_id, "diff"]:
                    return of(self._difference(_bounded(list_id), asked))
                case ["history", subject]:
                    return of(self._history(_bounded(subject), asked))
                case ["changes"]:
                    return of(self._changes(asked))
                case ["decisions"]:
                    return of(self._decisions(asked))
                case _:
                    raise Refused(404, "Not Found")
        except TizimError as error:
            raise refused(error) from None

    def _asked(self, asked: Asked) -> AbstractContextManager[tuple[View, AsOf]]:
        asked.checked()
        return self.asking(asked.dates() or _TODAY)

    def _ask(self, asked: Asked) -> dict[str, Any]:
        subject, list_id = _needed(asked, "subject", "list")
        with self._asked(asked) as (view, at):
            found = ask(view, subject, ListId(list_id), at)
            told = claimed(view, at, about=found.subject.id, list_id=found.list.id)
        return {**wire.answer(found), "claimed": [claims_wire.act(one) for one in told.acts]}

    def _history(self, subject: str, asked: Asked) -> dict[str, Any]:
        every = asked.flag("statements")
        with self._asked(asked) as (view, at):
            found = history(view, subject, at)
            told = wire.history(found)
            if every:
                told["entity"] = wire.entity(records.entity(view, found.subject, at))
                told["records_say"] = [wire.record(one) for one in records.statements(view, found.subject, at)]
        return told

    def _difference(self, list_id: str, asked: Asked) -> dict[str, Any]:
        first, second = _needed(asked, "from", "to")
        asked.checked()
        start, end = _day(first, "from"), _day(second, "to")
        dates = msgspec.structs.replace(asked.dates() or _TODAY, as_of=second)
        with self.asking(dates) as (view, at):
            return wire.difference(difference(view, ListId(list_id), start, end, at))

    def _changes(self, asked: Asked) -> dict[str, Any]:
        limit = asked.number("limit", _PAGE, _MOST)
        asked.checked()
        if limit < 1:
            raise BadInput("limit is 1 at least")
        dates = asked.dates() or _TODAY
        if dates.basis == Basis.PUBLISHED.value:
            raise BadInput("changes are followed by what was recorded: what is published as of a day can become more")
        with self.asking(msgspec.structs.replace(dates, basis=Basis.RECORDED.value)) as (view, at):
            last = view.last_learned()
            # What is recorded after this reading must not be taken for known, so the last moment read counts.
            known = at.known_at if last is None else min(at.known_at, last)
            upto = Reading(at.valid_at, known)
            wanted = self._since(asked.text("since").strip())
            if wanted.upto is not None and asked.dates() is not None and wanted.upto != upto:
                raise BadInput("this cursor is on its way through another reading: go on without dates")
            given = asked.text("list").strip()
            lists = sorted({given, *parts_of(view, ListId(_bounded(given)))}) if given else ()
            found = told_since(view, wanted, upto, limit, lists)
        return {
            "as_of": wire.as_of(found.upto.as_of), "since": wire.as_of(found.after.as_of) if found.after else None,
            "changes": found.changes, "more": found.more, "next": found.next.text,
        }  # fmt: skip

    def _decisions(self, asked: Asked) -> list[dict[str, Any]]:
        list_id, pending = asked.text("list").strip(), asked.flag("pending")
        with self._asked(asked) as (view, _):
            if list_id:
                official_list(view, ListId(_bounded(list_id)))  # one that there is
        return [
            decision_told(one)
            for one in self.decisions()
            if (not list_id or one.list == list_id) and (one.is_pending or not pending)
        ]

    def _since(self, text: str) -> Cursor:
        """A cursor, or all that became known after a day or a moment."""
        if not text:
            return Cursor()
        if len(text) >= len("2024-06-03") and text[:4].isdigit() and text[4] == "-":
            moment = instant(text, "since")
            return Cursor(Reading(moment.date(), moment))
        return cursor(text)

    def behind(self, subjects: Sequence[str], about: About) -> dict[str, Any]:
        """What stands behind the listings of *subjects*, as the snapshot that found them knew it, by their ids; none
        behind what is no subject of the register. Raises `Refused`.
        """
        if len(subjects) > MOST_BEHIND:
            raise Refused(400, f"Evidence is given for {MOST_BEHIND} entities at most: ask for fewer at once")
        dates = Dates(as_of=about.as_of or None, known_at=about.known_at or None, basis=about.basis or None)
        found: dict[str, Any] = {}
        try:
            with self.asking(dates) as (view, at):
                for subject in subjects:
                    try:
                        found[subject] = wire.behind(behind(view, subject, at))
                    except NotFound:  # a wallet, an address: it stands for nobody
                        found[subject] = None
        except TizimError as error:
            raise refused(error) from None
        return found


def _needed(asked: Asked, *names: str) -> list[str]:
    """Parameters without which there is no question. Raises `Refused`."""
    faults = [
        Fault("missing", ("query", name), "Field required", None) for name in names if not asked.text(name).strip()
    ]
    if faults:
        raise Invalid(faults)
    return [_bounded(asked.text(name).strip()) for name in names]


def _bounded(text: str) -> str:
    if len(text) > _LONGEST:
        raise Refused(414, f"A name or an id may have {_LONGEST} signs")
    if "\x00" in text:
        raise Refused(400, "A name has no sign of the number 0")
    return text


def _day(text: str, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{name} wants a day such as 2024-06-03, not '{text}'") from None


_STATUSES: Final[Mapping[type[TizimError], int]] = {NotFound: 404, NoRegister: 503, BadInput: 400, Busy: 503}


def refused(error: TizimError) -> Refused:
    """An error of the register as an answer. Raises it again where it is our fault."""
    status = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), None)
    if status is None:
        raise error
    return Refused(status, for_the_web(str(error)) or "there is no register here yet")
