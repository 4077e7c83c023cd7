"""What a person needs to see of a pair to judge it: both sides, and where they agree and differ."""

import enum

import msgspec

from tizim.answer import days
from tizim.answer.history import OnList, on_lists
from tizim.answer.profiles import Profile, profiles
from tizim.answer.subjects import subject
from tizim.domain.dates import AsOf
from tizim.register.view import View
from tizim.resolve.everyone import Side
from tizim.resolve.propose import Proposal
from tizim.text import fold


class Sign(enum.StrEnum):
    """How the two sides of a row stand to each other."""

    SAME = "="
    """they share something"""
    DIFFERENT = "≠"
    """both say something, and not the same"""
    NONE = "·"
    """only one says anything"""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said of one side, and whether the other side says it too."""

    text: str
    is_shared: bool


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What both sides say of one matter."""

    what: str
    sign: Sign
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A pair, ready to be looked at."""

    titles: tuple[str, str]
    ids: tuple[str, str]
    score: float
    judgement: str
    author: str
    rows: tuple[Row, ...]
    reasons: tuple[str, ...]


def card(view: View, proposal: Proposal, as_of: AsOf) -> Card:
    """The pair as known."""
    left, right = proposal.left, proposal.right
    known = profiles(view, {one.subject: one.keys for one in (left, right)}, as_of)
    one, other = known[left.subject], known[right.subject]
    pair = proposal.pair.names
    rows = (
        _row("names", _names(one), _names(other), alike=(pair.left, pair.right)),
        _row("kind", _kind(one), _kind(other)),
        _row("born", one.facts.birth_dates, other.facts.birth_dates),
        _row("gender", one.facts.genders, other.facts.genders),
        _row("countries", one.facts.countries, other.facts.countries),
        _row("numbers", one.facts.identifiers, other.facts.identifiers),
        _row("lists", _lists(view, left, as_of), _lists(view, right, as_of), is_compared=False),
    )
    return Card(
        titles=(left.name, right.name), ids=(", ".join(left.keys), ", ".join(right.keys)), score=proposal.score,
        judgement=proposal.judgement, author=proposal.author,
        rows=tuple(row for row in rows if row.left or row.right), reasons=proposal.reasons,
    )  # fmt: skip


def _names(one: Profile) -> tuple[str, ...]:
    return (*one.strong_names, *(name.text for name in one.names if name.is_weak))


def _kind(one: Profile) -> tuple[str, ...]:
    return () if one.kind.value == "unknown" else (one.kind.value,)


def _row(
    what: str,
    left: tuple[str, ...],
    right: tuple[str, ...],
    *,
    alike: tuple[str, str] = ("", ""),
    is_compared: bool = True,
) -> Row:
    """A row; *alike*: the two that are most alike, which come first."""
    mine, theirs = ({_plain(text) for text in side} for side in (left, right))
    both = mine & theirs if is_compared else set()
    sign = Sign.NONE
    if is_compared and left and right:
        sign = Sign.SAME if both else Sign.DIFFERENT
    return Row(what=what, sign=sign, left=_cells(left, both, alike[0]), right=_cells(right, both, alike[1]))


def _cells(texts: tuple[str, ...], both: set[str], first: str) -> tuple[Cell, ...]:
    """Each text once, however often it is written with other capitals or marks."""
    ordered = sorted(texts, key=lambda text: (text != first, _plain(text) not in both))
    once = {_plain(text): text for text in reversed(ordered)}
    return tuple(Cell(text=text, is_shared=key in both) for key, text in reversed(once.items()))


def _plain(text: str) -> str:
    return fold(text) or text


def _lists(view: View, side: Side, as_of: AsOf) -> tuple[str, ...]:
    """Each list with its number there, its state on the day and since when."""
    found = on_lists(view, subject(view, side.keys, (), as_of), as_of)
    return tuple(_on_list(one) for one in found)


def _on_list(one: OnList) -> str:
    numbers = f" {', '.join(one.references)}" if one.references else ""
    if one.state is None:
        return f"{one.list}{numbers}: not on it on the day"
    begun = f"; begun {days.day(one.state.since)}" if one.state.since else ""
    return f"{one.list}{numbers}: {one.state.status.value.replace('_', ' ')}{begun}"
