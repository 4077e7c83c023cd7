"""The score of two subjects as one: by all their names, and by what else is known of both."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from tizim.answer.profiles import Profile
from tizim.domain.names import Kind
from tizim.match.compare import compare_names
from tizim.match.entities import Reason, adjusted
from tizim.screen.screener import Screener

SCHEMA_OF: Final[Mapping[Kind, str]] = {
    Kind.PERSON: "Person",
    Kind.ORGANISATION: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.UNKNOWN: "LegalEntity",
}
"""FollowTheMoney's schema by which names of each kind are compared"""
_MOST_NAMES = 16
"""names of one subject that are looked up: beyond these come spellings of spellings"""
_CANDIDATES = 6
"""subjects that one name brings"""
_LEAST = 0.35
"""names that score less bring no candidate; what is known besides names lifts none of them to a match"""
_SURE = 0.9
"""names that score this much are the same name"""
_SHORTEST_INITIALS, _SMALL_WORD = 2, 3
_TIES = 3
"""main names of each side that are compared with each other"""


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Two names, one of each subject, and how likely they are the same."""

    left: str
    right: str
    score: float


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two subjects, how likely they are one, and why."""

    left: str
    right: str
    score: float
    names: Names
    """the two names that are most alike"""
    main: float
    """how alike their main names are"""
    alike: int
    """how many names of the left one are names of the right one"""
    reasons: tuple[Reason, ...]
    """what is known besides names, and what it adds"""

    def turned(self) -> "Pair":
        """The same pair seen from the other side."""
        names = Names(left=self.names.right, right=self.names.left, score=self.names.score)
        return msgspec.structs.replace(self, left=self.right, right=self.left, names=names)

    @property
    def rank(self) -> tuple[float, float, int, str]:
        """Sorts candidates of one subject, best first."""
        return (-round(self.score, 3), -round(self.main, 2), -self.alike, self.right)


class Comparer:
    """Looks subjects up among others. Immutable; the others' index is built once."""

    def __init__(self, others: Mapping[str, Profile]) -> None:
        self._others = others
        self._printed: dict[tuple[str, str], str] = {}
        named = []
        for one, it in others.items():
            names = list(it.strong_names)
            for name in it.strong_names:
                bare = without_initials(name)
                if bare != name:
                    names.append(bare)
                    self._printed.setdefault((one, bare), name)
            if names:
                named.append((one, SCHEMA_OF[it.kind], names))
        self._screener = Screener.build(named)

    def candidates(
        self, one: Profile, *, least: float = _LEAST, but: Iterable[str] = (), most: int = _CANDIDATES
    ) -> list[Pair]:
        """Subjects that *one* may be, best first; none of those in *but*, nor itself. One name brings *most*."""
        schema = SCHEMA_OF[one.kind]
        left_out = {*but, one.subject}
        met: dict[str, list[Names]] = defaultdict(list)
        for name in [called.text for called in one.names if not called.is_weak][:_MOST_NAMES]:
            for match in self._screener.match(without_initials(name), schema, limit=most, threshold=_LEAST):
                if match.id not in left_out:
                    right = self._printed.get((match.id, match.name), match.name)
                    met[match.id].append(Names(left=name, right=right, score=match.score))
        pairs = (self._pair(one, self._others[other], names) for other, names in met.items())
        return sorted((pair for pair in pairs if pair.score >= least), key=lambda pair: pair.rank)

    def pair(self, one: Profile, other: Profile) -> Pair | None:
        """Two given subjects; nothing if neither has a name to compare."""
        schema = SCHEMA_OF[one.kind]
        names = [
            Names(left=mine, right=theirs, score=compare_names(mine, theirs, schema))
            for mine in one.strong_names[:_MOST_NAMES]
            for theirs in other.strong_names[:_MOST_NAMES]
        ]
        return self._pair(one, other, names) if names else None

    def _pair(self, one: Profile, other: Profile, names: list[Names]) -> Pair:
        best = max(names, key=lambda two: two.score)
        judged = adjusted(best.score, one.facts, other.facts)
        return Pair(
            left=one.subject, right=other.subject, score=judged.score, names=best, main=_main(one, other),
            alike=len({two.left for two in names if two.score >= _SURE}), reasons=judged.reasons,
        )  # fmt: skip


def _main(one: Profile, other: Profile) -> float:
    """How alike the main names of two subjects are that are most alike."""
    schema = SCHEMA_OF[one.kind]
    most = 0.0
    for mine in one.main_names[:_TIES]:
        for theirs in other.main_names[:_TIES]:
            most = max(most, compare_names(without_initials(mine), without_initials(theirs), schema))
            if most == 1:
                return most
    return most


def without_initials(name: str) -> str:
    """*name* without its own initials in brackets at the end, as of *Defence Industries Organisation (DIO)*: lists
    print them as they please. What else stands in brackets stays.
    """
    if not name.endswith(")"):
        return name
    bare, bracket, short = name[:-1].rpartition("(")
    signs = "".join(sign for sign in short.casefold() if sign.isalnum())
    words = re.split(r"[^\w]+", bare.casefold())
    if not bracket or len(signs) < _SHORTEST_INITIALS or not bare.strip():
        return name
    initials = "".join(word[0] for word in words if word)
    core = "".join(word[0] for word in words if len(word) > _SMALL_WORD)
    return bare.strip() if signs in {initials, core} else name


def like_names(one: Profile, other: Profile) -> float:
    """How alike the two names of two subjects are that are most alike."""
    schema = SCHEMA_OF[one.kind if one.kind is not Kind.UNKNOWN else other.kind]
    return max(
        (
            compare_names(mine, theirs, schema)
            for mine in one.strong_names[:_MOST_NAMES]
            for theirs in other.strong_names[:_MOST_NAMES]
        ),
        default=0.0,
    )
