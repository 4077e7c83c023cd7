"""Proposals: which subjects of the register may be one, how likely, and what speaks for and against it.

Every subject is looked up in an index of all others; nothing is compared with everything. A proposal becomes a
judgement only when a person or a stated threshold accepts it (`accepted`, `judgements_of`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from tizim.answer.official import parts_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.match.model import ALGORITHM, MATCH_THRESHOLD
from tizim.register.view import Tie, View
from tizim.resolve.choose import Verdict, choose
from tizim.resolve.everyone import Everyone, Side, everyone
from tizim.resolve.pairs import Comparer, Pair
from tizim.sources.judgements import Judged, Judgements

MATCHER: Final = f"{ALGORITHM} (matcher)"
"""the author of judgements that no person made"""
Progress = Callable[[str, int, int], None]
"""told what is at hand, how many are done and how many there are"""
_MOST = 24
"""subjects that one name brings: one on each of many lists, and namesakes"""
_TOLD_EVERY = 50
"""subjects looked up between two signs of progress"""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Two subjects that may be one; the id of the left one sorts first."""

    left: Side
    right: Side
    score: float
    judgement: str
    """*same* if each is the other's one counterpart, else *unsure*; what a person says instead, once one has"""
    reasons: tuple[str, ...]
    """what speaks for and against it, in words"""
    pair: Pair
    """how they were compared; its left one is ours"""
    judged: Tie | None
    """a judgement of *unsure* that stands on the two"""

    @property
    def grounds(self) -> str:
        """The reasons as one text."""
        return "; ".join(self.reasons)

    @property
    def author(self) -> str:
        """Whose word the judgement is."""
        return MATCHER if self.judged is None else self.judged.author


def propose(
    view: View,
    as_of: AsOf,
    *,
    lists: Sequence[str] | None = None,
    subjects: Collection[str] | None = None,
    least: float = MATCH_THRESHOLD,
    progress: Progress | None = None,
) -> list[Proposal]:
    """Pairs of subjects that score *least* or more, best first; those that were judged *unsure* come last.

    *lists*: only subjects that are or were on one of them are looked up; *subjects*: only those of these records;
    both among all others. Left out are pairs that a judgement or a printed number ties, that a judgement calls
    *different*, and those of one line of documents: two entries of one publisher are two.
    Raises `NotFound` for a list that there is not.
    """
    wanted = None if lists is None else {part for one in lists for part in parts_of(view, ListId(one))}
    told = progress or _nothing
    told("reading names", 0, 0)
    known = everyone(view, as_of)
    asked = [
        one
        for one, side in known.sides.items()
        if (wanted is None or not wanted.isdisjoint(side.lists))
        and (subjects is None or not set(side.keys).isdisjoint(subjects))
    ]
    if not asked:
        return []
    told("making the index", 0, len(asked))
    search = _Search(known, min(least, MATCH_THRESHOLD), told)
    search.look_up(asked)
    if len(asked) < len(known.sides):  # what their counterparts are nearest to is known only if those are looked up
        for _ in range(2):
            search.look_up(search.partners())
    told("", len(asked), len(asked))
    return _proposals(known, search, set(asked), least)


def _nothing(_what: str, _done: int, _total: int) -> None:
    pass


class _Search:
    """Pairs found so far, each from the side or sides that were looked up."""

    def __init__(self, known: Everyone, least: float, told: Progress) -> None:
        self._known = known
        self._least = least
        self._told = told
        self._comparer = Comparer(known.profiles)
        self._done: set[str] = set()
        self.found: dict[str, dict[str, Pair]] = defaultdict(dict)
        """by the one looked up and the other; what only the other side found stands turned"""

    def look_up(self, subjects: Iterable[str]) -> None:
        """Find the candidates of those not looked up yet."""
        todo = [one for one in subjects if one not in self._done]
        for number, one in enumerate(todo):
            if number % _TOLD_EVERY == 0:
                self._told("looking up", number, len(todo))
            own = self._known.profiles[one]
            for pair in self._comparer.candidates(own, least=self._least, most=_MOST):
                if self._may_be(one, pair.right):
                    self.found[one][pair.right] = pair
                    self.found[pair.right].setdefault(one, pair.turned())
        self._done |= set(todo)

    def partners(self) -> list[str]:
        """Those that a subject looked up may be, by a score that makes a match."""
        return sorted({
            other
            for one in self._done
            for other, pair in self.found.get(one, {}).items()
            if pair.score >= MATCH_THRESHOLD
        })  # fmt: skip

    def _may_be(self, one: str, other: str) -> bool:
        mine, theirs = self._known.sides[one], self._known.sides[other]
        if not set(mine.lines).isdisjoint(theirs.lines):
            return False
        return set(mine.apart).isdisjoint(theirs.keys)

    def pairs(self) -> Iterator[Pair]:
        """Each pair once, its left one being the one that sorts first, as the side saw it that saw it better."""
        for one, others in self.found.items():
            for other, pair in others.items():
                if one < other:
                    back = self.found[other][one]
                    yield pair if pair.score >= back.score else back.turned()


def _proposals(known: Everyone, search: _Search, asked: Collection[str], least: float) -> list[Proposal]:
    taken, against = _choices(known, search)
    found = []
    for pair in search.pairs():
        if pair.score < least or not (pair.left in asked or pair.right in asked):
            continue
        both = frozenset((pair.left, pair.right))
        one, other = known.sides[pair.left], known.sides[pair.right]
        judged = known.judged(one, other)
        judged = judged if judged is not None and judged.verdict == "unsure" else None
        if _by_one_alias(pair):
            against[both].add("one name of each is alike, but not written alike, and nothing else of them is")
        is_same = both in taken and both not in against and judged is None
        found.append(
            Proposal(
                left=one, right=other, score=round(pair.score, 4), judgement="same" if is_same else "unsure",
                reasons=_reasons(pair, sorted(against.get(both, ())), judged), pair=pair, judged=judged,
            )
        )  # fmt: skip
    found.sort(key=lambda one: (one.judged is not None, -one.score, one.left.subject, one.right.subject))
    return found


def _by_one_alias(pair: Pair) -> bool:
    """Whether all that speaks for a pair is one likeness of an alias: of those, most are chance."""
    if pair.names.score == 1 or pair.main >= MATCH_THRESHOLD or pair.alike > 1:
        return False
    return not any(reason.gain > 0 for reason in pair.reasons)


def _choices(known: Everyone, search: _Search) -> tuple[set[frozenset[str]], dict[frozenset[str], set[str]]]:
    """Which pairs are chosen, each line of documents beside each other one, and what speaks against which.

    The entries of one line are rivals for an entry of another; those of two lines may all be one subject.
    """
    ranked: dict[tuple[str, str], dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for one, others in search.found.items():
        for pair in others.values():
            for mine in known.sides[one].lines:
                for theirs in known.sides[pair.right].lines:
                    ranked[mine, theirs][one].append(pair)
    taken: set[frozenset[str]] = set()
    against: dict[frozenset[str], set[str]] = defaultdict(set)
    for rows in ranked.values():
        ordered = {one: sorted(pairs, key=lambda pair: pair.rank) for one, pairs in rows.items()}
        for one, choice in choose(ordered, known.profiles, known.profiles).items():
            best = choice.best
            if best is None:
                continue
            if choice.verdict is Verdict.SAME:
                taken.add(frozenset((one, best.right)))
            why = choice.why or f"“{known.sides[best.right].name}” ({best.right}) is nearer to one of them"
            for pair in ordered[one]:
                if pair.score >= MATCH_THRESHOLD and (choice.verdict is not Verdict.SAME or pair is not best):
                    against[frozenset((one, pair.right))].add(why)
    return taken, against


def _reasons(pair: Pair, against: Sequence[str], judged: Tie | None) -> tuple[str, ...]:
    """What the two have in common and what speaks against their being one."""
    names = pair.names
    said = [f"the names “{names.left}” and “{names.right}” score {names.score:.3f}", f"main names {pair.main:.3f}"]
    if pair.alike > 1:
        said.append(f"{pair.alike} names of one are names of the other")
    said += [reason.what for reason in pair.reasons if reason.gain >= 0]
    said += [f"against it: {reason.what}" for reason in pair.reasons if reason.gain < 0]
    said += [f"not clear: {why}" for why in against]
    if judged is not None:
        said.append(f"judged unsure by {judged.author}")
    return tuple(said)


def accepted(proposals: Iterable[Proposal], threshold: float) -> list[Proposal]:
    """Those to be taken as *same* at a score of *threshold* or more.

    None is among them that would make one subject, by way of others, of two entries of one line of documents or
    of two that were judged *different*: of such a chain the weakest is left to a person.
    """
    groups = _Groups()
    chosen = [one for one in proposals if one.judgement == "same" and one.score >= threshold]
    chosen.sort(key=lambda one: (-one.score, one.left.subject, one.right.subject))
    return [one for one in chosen if groups.joined(one.left, one.right)]


class _Groups:
    """Subjects that have been made one."""

    def __init__(self) -> None:
        self._group: dict[str, list[Side]] = {}

    def joined(self, one: Side, other: Side) -> bool:
        """Make the two one, unless that may not be."""
        mine = self._group.setdefault(one.subject, [one])
        theirs = self._group.setdefault(other.subject, [other])
        if mine is theirs:
            return True
        for left in mine:
            for right in theirs:
                if not set(left.lines).isdisjoint(right.lines) or not set(left.apart).isdisjoint(right.keys):
                    return False
        mine += theirs
        for side in theirs:
            self._group[side.subject] = mine
        return True


def judgements_of(proposals: Iterable[Proposal], author: str, method: str, now: dt.datetime) -> Judgements:
    """The document of what *author* says of pairs, each as its proposal has it; *method* is empty for a person."""
    return Judgements(
        author=author, method=method, at=now,
        judgements=tuple(
            Judged(
                left=one.left.subject, right=one.right.subject, verdict=one.judgement, grounds=one.grounds,
                score=one.score,
            )
            for one in proposals
        ),
    )  # fmt: skip
